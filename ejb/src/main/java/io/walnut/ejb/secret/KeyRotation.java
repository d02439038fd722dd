package io.walnut.ejb.secret;

import io.walnut.ejb.shared.Troubles;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for a new sealing key in the key store and moves all secrets under it; at rest it reads one file's time. */
@Singleton
@Startup
@DependsOn("SealCheck")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KeyRotation {
    private static final System.Logger LOG = System.getLogger(KeyRotation.class.getName());
    private static final Troubles TROUBLES = new Troubles(KeyRotation.class);

    @EJB
    private Resealing resealing;
    @Inject
    private Sealer sealer;
    private Set<Integer> seen = Set.of();
    private int done;

    @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false)
    void tick() {
        TROUBLES.guard("sealing secrets under the newest key", this::rotate);
    }

    private void rotate() {
        sealer.refresh();
        if (!sealer.keyNumbers().equals(seen)) {
            seen = sealer.keyNumbers();
            LOG.log(System.Logger.Level.INFO, "sealing keys in use: {0}",
                seen.stream().map(number -> "walnut-" + number).collect(Collectors.joining(", ")));
        }
        int key = sealer.sealingKey();
        if (key == done) {
            return;
        }
        for (SealedColumn column : SealedColumn.ALL) {
            String after = "";
            do {
                after = resealing.resealSome(column, after);
            } while (after != null);
        }
        long stale = resealing.stale();
        if (stale == 0) {
            done = key;
            LOG.log(System.Logger.Level.INFO, "all secrets are sealed under the key walnut-{0}", key);
        } else {
            throw new IllegalStateException(stale + " secrets are still under an older key than walnut-" + key);
        }
    }
}
