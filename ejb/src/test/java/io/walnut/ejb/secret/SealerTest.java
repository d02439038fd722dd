package io.walnut.ejb.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final byte[] SECRET = {1, 2, 3, 4};
    private final SecretKey first = new SecretKeySpec(new byte[32], "AES");
    private final SecretKey second = new SecretKeySpec(Arrays.copyOf(new byte[] {9}, 32), "AES");
    private final Sealer sealer = new Sealer(new TreeMap<>(Map.of(1, first)));

    @Test
    void whatIsSealedOpensForItsOwnerOnly() {
        byte[] sealed = sealer.seal(SECRET, "bat_1");
        assertArrayEquals(SECRET, sealer.open(sealed, "bat_1"));
        assertThrows(IllegalStateException.class, () -> sealer.open(sealed, "bat_2"));
    }

    @Test
    void noBitCanBeChanged() {
        byte[] sealed = sealer.seal(SECRET, "bat_1");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(IllegalStateException.class, () -> sealer.open(changed, "bat_1"));
        }
    }

    @Test
    void theSameSecretIsNeverSealedTheSameWay() {
        assertFalse(Arrays.equals(sealer.seal(SECRET, "bat_1"), sealer.seal(SECRET, "bat_1")));
    }

    @Test
    void theLastKeySealsAndTheOlderOnesStillOpen() {
        byte[] old = sealer.seal(SECRET, "bat_1");
        var rotated = new Sealer(new TreeMap<>(Map.of(1, first, 2, second)));
        assertArrayEquals(SECRET, rotated.open(old, "bat_1"));
        assertEquals(2, rotated.seal(SECRET, "bat_1")[0]);
        var without = new Sealer(new TreeMap<>(Map.of(2, second)));
        assertThrows(IllegalStateException.class, () -> without.open(old, "bat_1"));
    }

    @Test
    void aNewKeyOpensAtOnceButSealsOnlyWhenTheOtherNodesHadTimeToGetIt() {
        var keys = new TreeMap<>(Map.of(1, first, 2, second));
        assertEquals(1, SealingKeys.Loaded.of(keys, FileTime.fromMillis(1), false).sealing());
        assertEquals(2, SealingKeys.Loaded.of(keys, FileTime.fromMillis(1), true).sealing());
        var only = new TreeMap<>(Map.of(2, second));
        assertEquals(2, SealingKeys.Loaded.of(only, FileTime.fromMillis(1), false).sealing());
    }

    @Test
    void numbersUpToTwoHundredFiftyFiveCanBeUsed() {
        var last = new Sealer(new TreeMap<>(Map.of(1, first, 255, second)));
        assertArrayEquals(SECRET, last.open(last.seal(SECRET, "bat_1"), "bat_1"));
    }
}
