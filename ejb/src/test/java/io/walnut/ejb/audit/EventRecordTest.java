package io.walnut.ejb.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Bytes32;
import org.junit.jupiter.api.Test;

class EventRecordTest {
    private final EventRecord event = new EventRecord("link.claimed", "system", "lnk_1", "bat_1", "{}");

    @Test
    void itsHashCoversItsPlaceAndWhatStandsBeforeIt() {
        event.chain(1, Bytes32.ZERO);
        assertEquals(event.hash(), event.hashAfter(Bytes32.ZERO));
        assertNotEquals(event.hash(), event.hashAfter(event.hash()));
    }

    @Test
    void itHasOnePlace() {
        event.chain(1, Bytes32.ZERO);
        assertThrows(IllegalStateException.class, () -> event.chain(2, Bytes32.ZERO));
    }
}
