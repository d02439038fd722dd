package io.walnut.ejb.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Bytes32;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogCursorTest {
    private static final Bytes32 ONE = Bytes32.parse("0x" + "1".repeat(64));
    private static final Bytes32 OTHER = Bytes32.parse("0x" + "2".repeat(64));
    private final LogCursor cursor = new LogCursor(5);

    @Test
    void anotherHashOfItsBlockContradictsItAndAMissingBlockDoesNot() {
        assertFalse(cursor.isContradictedBy(Optional.of(ONE)), "before a final block was passed there is none to compare");
        cursor.advance(10, ONE);
        assertFalse(cursor.isContradictedBy(Optional.of(ONE)));
        assertFalse(cursor.isContradictedBy(Optional.empty()), "a node may lag");
        assertTrue(cursor.isContradictedBy(Optional.of(OTHER)));
    }

    @Test
    void itGoesBackOnlyWhenFinalityIsBroken() {
        cursor.advance(10, ONE);
        assertThrows(IllegalArgumentException.class, () -> cursor.advance(9, OTHER));
        cursor.goBack(7);
        assertEquals(7, cursor.blockNumber());
        cursor.advance(8, OTHER);
        assertEquals(8, cursor.blockNumber());
    }
}
