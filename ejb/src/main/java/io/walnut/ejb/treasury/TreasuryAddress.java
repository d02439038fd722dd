package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where money goes back to: {@code walnut.treasury.address}, or else the treasury key's. */
@ApplicationScoped
public class TreasuryAddress {
    @Inject
    private SenderKeys keys;
    @Inject
    @ConfigProperty(name = "walnut.treasury.address")
    private Optional<String> configured;

    /** Empty when neither is configured. */
    public Optional<Address> find() {
        return configured.map(Address::parse).or(() -> keys.address(Sender.TREASURY));
    }
}
