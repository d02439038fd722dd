package io.walnut.devnet.anvil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.devnet.DevnetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnvilIT {

    private static final long CHAIN_ID = 65_535;

    @TempDir
    private Path dir;

    @Test
    void finalizedBlockStaysTheChosenDepthBehind() {
        try (Anvil anvil = start(0, 6)) {
            for (int i = 0; i < 10; i++) {
                anvil.mine();
            }
            assertEquals(10, anvil.block("latest"));
            assertEquals(4, anvil.block("finalized"));
        }
    }

    @Test
    void blocksComeAtTheChosenPace() throws InterruptedException {
        try (Anvil anvil = start(0, 2)) {
            anvil.mineEvery(Duration.ofSeconds(2));
            Thread.sleep(Duration.ofSeconds(5));
            long mined = anvil.block("latest");
            assertTrue(mined >= 1 && mined <= 3, mined + " blocks in 5 s");
        }
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refused = assertThrows(DevnetException.class, () -> start(taken.getLocalPort(), 2));
            assertEquals("PORT_IN_USE", refused.code());
            assertTrue(refused.getMessage().contains(Integer.toString(taken.getLocalPort())), refused.getMessage());
        }
    }

    @Test
    void missingPackagesAreNamed() {
        var refused = assertThrows(DevnetException.class,
                () -> Anvil.start(dir, CHAIN_ID, 0, 2, dir.resolve("anvil.log")));
        assertEquals("ANVIL_MISSING", refused.code());
    }

    private Anvil start(int port, int finalityDepth) {
        return Anvil.start(Path.of(""), CHAIN_ID, port, finalityDepth, dir.resolve("anvil.log"));
    }
}
