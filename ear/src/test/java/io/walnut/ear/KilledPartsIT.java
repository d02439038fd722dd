package io.walnut.ear;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.devnet.launch.KillPlan;
import io.walnut.devnet.launch.KillRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code ./walnut kill}: portal, worker and chain are each killed once or more while links
 * are paid, and started again; then the books are held against the chain.
 */
class KilledPartsIT {
    private static final int KILLS = Integer.getInteger("walnut.it.kills", 4);
    private static final int LINKS = Integer.getInteger("walnut.it.links", 40);

    @Test
    void nothingIsLostAndNothingIsPaidTwice() {
        Path dir = Path.of(System.getProperty("walnut.it.dir"), "kill").toAbsolutePath();
        Path root = Path.of(System.getProperty("walnut.it.server")).toAbsolutePath().normalize().resolve("../../..");
        assertTrue(KillRun.run(new KillPlan(root.normalize(), dir, KILLS, LINKS, System.nanoTime()), System.out));
    }
}
