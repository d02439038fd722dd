package io.walnut.ejb.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Signature;
import io.walnut.ejb.relay.RelayedClaim.State;
import io.walnut.ejb.shared.IllegalTransitionException;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RelayedClaimTest {
    private static final Address KEY = Address.parse("0x" + "11".repeat(20));
    private static final Claim TERMS = new Claim(Address.ZERO, BigInteger.TWO, KEY, BigInteger.ZERO, Address.ZERO, BigInteger.TEN);
    private final RelayedClaim claim = new RelayedClaim(KEY, TERMS,
        new Signature(Bytes32.ZERO, Bytes32.ZERO), false);

    @Test
    void goesBackWhenItsBlockIsGoneAndThenSettlesElsewhere() {
        claim.mined(Bytes32.ZERO);
        claim.unmined();
        assertEquals(State.QUEUED, claim.state());
        assertNull(claim.txHash());
        claim.settled(Bytes32.ZERO);
        assertThrows(IllegalTransitionException.class, claim::unmined);
    }

    @Test
    void aSettledOneNeverFails() {
        claim.settled(Bytes32.ZERO);
        assertThrows(IllegalTransitionException.class, () -> claim.failed("claim_reverted"));
        assertThrows(IllegalTransitionException.class, () -> claim.mined(Bytes32.ZERO));
    }

    @Test
    void isTheSameOnlyForTheSameRecipientRelayerAndFee() {
        assertTrue(claim.is(TERMS));
        assertFalse(claim.is(new Claim(Address.ZERO, BigInteger.TWO, Address.ZERO, BigInteger.ZERO, Address.ZERO, BigInteger.TEN)));
        assertFalse(claim.is(new Claim(Address.ZERO, BigInteger.TWO, KEY, BigInteger.ONE, Address.ZERO, BigInteger.TEN)));
    }

    @Test
    void aHeldOneIsOnlyEverHastened() {
        var soon = Instant.parse("2027-01-01T00:00:00Z");
        var later = soon.plusSeconds(100);
        RelayedClaim held = held(later, later);
        held.hasten(new ClaimDelay.Schedule(later.plusSeconds(1), later.plusSeconds(1)));
        assertEquals(later, held.dueAt());
        assertEquals(later, held.payBy());
        held.hasten(new ClaimDelay.Schedule(soon, later.plusSeconds(1)));
        assertEquals(soon, held.dueAt());
        assertEquals(later, held.payBy());
        held.queued(null);
        assertThrows(IllegalTransitionException.class, () -> held.hasten(new ClaimDelay.Schedule(soon, soon)));
    }

    @Test
    void whatItsBundleDidNotPayIsSentAlone() {
        RelayedClaim held = held(Instant.EPOCH, Instant.EPOCH);
        String alone = held.purpose();
        held.queued("bun_1");
        assertEquals("claims:bun_1", held.purpose());
        held.alone();
        assertEquals(alone, held.purpose());
        assertEquals(State.QUEUED, held.state());
        assertThrows(IllegalTransitionException.class, held::alone);
    }

    private static RelayedClaim held(Instant dueAt, Instant payBy) {
        return new RelayedClaim(KEY, TERMS, new Signature(Bytes32.ZERO, Bytes32.ZERO),
            new ClaimDelay.Schedule(dueAt, payBy));
    }
}
