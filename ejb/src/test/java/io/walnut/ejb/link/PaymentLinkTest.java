package io.walnut.ejb.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.link.PaymentLink.ReclaimReason;
import io.walnut.ejb.link.PaymentLink.State;
import io.walnut.ejb.shared.IllegalTransitionException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PaymentLinkTest {
    private static final Address SOMEBODY = Address.parse("0x" + "22".repeat(20));
    private final PaymentLink link = new PaymentLink(new PaymentLink.Terms("bat_1", "dep_1", 0, Address.ZERO,
        BigInteger.ONE, null, null, PaymentLink.Times.ANY));

    @Test
    void isClaimedOnce() {
        link.becomeReady();
        link.claimStarted();
        link.redeemed(SOMEBODY, Bytes32.ZERO);
        assertEquals(State.CLAIMED, link.state());
        assertThrows(IllegalTransitionException.class, () -> link.redeemed(SOMEBODY, Bytes32.ZERO));
        assertThrows(IllegalTransitionException.class, link::claimStarted);
    }

    @Test
    void becomesReadyAgainWhenItsClaimFails() {
        link.becomeReady();
        link.claimStarted();
        link.claimFailed();
        assertEquals(State.READY, link.state());
        assertThrows(IllegalTransitionException.class, link::claimFailed);
    }

    @Test
    void isClaimedWhenTheRecipientIsFasterThanTheReclaim() {
        link.becomeReady();
        link.reclaimStarted(ReclaimReason.CANCELLED);
        link.redeemed(SOMEBODY, Bytes32.ZERO);
        assertEquals(State.CLAIMED, link.state());
        assertEquals(SOMEBODY, link.recipient());
    }

    @Test
    void remembersWhyItWasTakenBack() {
        link.becomeReady();
        link.reclaimStarted(ReclaimReason.EXPIRED);
        assertThrows(IllegalTransitionException.class, link::claimStarted);
        link.reclaimed(SOMEBODY, Bytes32.ZERO);
        assertEquals(State.EXPIRED, link.state());
    }

    @Test
    void isNeitherClaimedNorTakenBackBeforeItIsReady() {
        assertThrows(IllegalTransitionException.class, link::claimStarted);
        assertThrows(IllegalTransitionException.class, () -> link.reclaimStarted(ReclaimReason.CANCELLED));
        link.withdraw();
        assertThrows(IllegalTransitionException.class, link::becomeReady);
    }
}
