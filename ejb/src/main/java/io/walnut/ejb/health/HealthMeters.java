package io.walnut.ejb.health;

import io.walnut.ejb.health.PortalHealth.Found;
import io.walnut.ejb.health.PortalHealth.Wallet;
import io.walnut.ejb.metrics.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;

/** This node's figures, with its health as of now among them. */
@ApplicationScoped
public class HealthMeters {
    @Inject
    private PortalHealth health;

    /** Everything, in Prometheus' text format. */
    public void write(OutputStream out) throws IOException {
        Found found = health.find();
        Meters.up("database", found.database());
        Meters.up("chain", found.chain().status().equals("up"));
        Meters.up("iexec", found.iexec().up());
        if (found.chain().head() != null) {
            Meters.block("head", found.chain().head());
            Meters.block("finalized", found.chain().finalized());
        }
        wallet("relayer", found.relayer());
        wallet("treasury", found.treasury());
        wallet("requester", found.requester());
        wallet("requester_rlc", found.iexec().rlc());
        Meters.write(out);
    }

    private static void wallet(String name, Wallet wallet) {
        if (wallet.balance() != null) {
            Meters.wallet(name, wallet.balance().doubleValue(), "low".equals(wallet.status()));
        }
    }
}
