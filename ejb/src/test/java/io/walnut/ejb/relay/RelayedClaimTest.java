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
import org.junit.jupiter.api.Test;

class RelayedClaimTest {
    private static final Address KEY = Address.parse("0x" + "11".repeat(20));
    private static final Claim TERMS = new Claim(KEY, KEY, Address.ZERO, BigInteger.ZERO, BigInteger.TEN);
    private final RelayedClaim claim = new RelayedClaim(TERMS, BigInteger.ONE,
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
        assertFalse(claim.is(new Claim(KEY, Address.ZERO, Address.ZERO, BigInteger.ZERO, BigInteger.TEN)));
        assertFalse(claim.is(new Claim(KEY, KEY, Address.ZERO, BigInteger.ONE, BigInteger.TEN)));
    }
}
