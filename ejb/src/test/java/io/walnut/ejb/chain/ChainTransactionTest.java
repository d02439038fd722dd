package io.walnut.ejb.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.chain.ChainTransaction.State;
import io.walnut.ejb.shared.IllegalTransitionException;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChainTransactionTest {
    private final ChainTransaction tx = new ChainTransaction("claim:1", Sender.RELAYER, Address.ZERO, BigInteger.ZERO,
        new byte[0]);

    @Test
    void takesItsNonceOnce() {
        tx.signed(7, 21_000, Bytes32.ZERO);
        assertThrows(IllegalTransitionException.class, () -> tx.signed(8, 21_000, Bytes32.ZERO));
        assertEquals(7, tx.nonce());
    }

    @Test
    void goesBackToSentWhenItsBlockIsGone() {
        tx.signed(7, 21_000, Bytes32.ZERO);
        tx.sent(Duration.ofSeconds(1));
        tx.mined(Bytes32.ZERO, 12);
        tx.unmined();
        assertEquals(State.SENT, tx.state());
        assertNull(tx.blockNumber());
        assertThrows(IllegalTransitionException.class, () -> tx.settled(true));
    }

    @Test
    void isRejectedOnlyBeforeItHasANonce() {
        tx.signed(7, 21_000, Bytes32.ZERO);
        assertThrows(IllegalTransitionException.class, () -> tx.rejected("would revert"));
    }

    @Test
    void ofAMinedOneTheNonceIsNotGivenUp() {
        tx.signed(7, 21_000, Bytes32.ZERO);
        tx.sent(Duration.ofSeconds(1));
        tx.mined(Bytes32.ZERO, 12);
        assertThrows(IllegalTransitionException.class, tx::nonceLost);
        assertThrows(IllegalTransitionException.class, () -> tx.replaced(Bytes32.ZERO));
        tx.settled(false);
        assertEquals(State.REVERTED, tx.state());
    }

    @Test
    void isSentAgainUnderItsOldNonceWhenFinalityBreaks() {
        tx.signed(7, 21_000, Bytes32.ZERO);
        tx.sent(Duration.ofSeconds(1));
        tx.mined(Bytes32.ZERO, 12);
        assertThrows(IllegalTransitionException.class, tx::unsettled);
        tx.settled(true);
        tx.unsettled();
        assertEquals(State.SENT, tx.state());
        assertEquals(7, tx.nonce());
        assertNull(tx.blockNumber());
    }

    @Test
    void noncesNeverRepeatEvenWhenTheNodeIsBehind() {
        var account = new SenderAccount(Sender.RELAYER, Address.ZERO, 0);
        assertEquals(5, account.takeNonce(5));
        assertEquals(6, account.takeNonce(5));
        assertEquals(9, account.takeNonce(9));
    }
}
