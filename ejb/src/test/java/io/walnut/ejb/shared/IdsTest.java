package io.walnut.ejb.shared;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void eachIdIsGreaterThanTheOneBefore() {
        String last = Ids.next("lnk");
        for (int i = 0; i < 100_000; i++) {
            String next = Ids.next("lnk");
            assertTrue(next.compareTo(last) > 0, next);
            assertTrue(next.matches("lnk_[0-9a-z]{26}"), next);
            last = next;
        }
    }
}
