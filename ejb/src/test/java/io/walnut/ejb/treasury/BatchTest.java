package io.walnut.ejb.treasury;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.ejb.shared.IllegalTransitionException;
import io.walnut.ejb.shared.Refusal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Batch batch = batch(null);

    private static Batch batch(Instant expiresAt) {
        return new Batch("bat_1", new BatchRequest("t", Address.ZERO, Batch.Policy.EXACT, false, null, null, expiresAt,
            Map.of(), List.of(new BatchRequest.Payment(BigInteger.ONE, null, null))), BigInteger.ONE, new byte[1], "{}",
            "tina");
    }

    @Test
    void followsItsDepositsFromApprovalToReady() {
        batch.submit("tina");
        batch.approve("adam");
        assertFalse(batch.follow(FundingDeposit.State.AWAITING));
        for (var step : List.of(FundingDeposit.State.SEEN, FundingDeposit.State.FINAL,
            FundingDeposit.State.COMPUTING, FundingDeposit.State.SIGNED)) {
            assertTrue(batch.follow(step));
        }
        assertEquals(Batch.State.READY, batch.state());
        assertFalse(batch.followsDeposits());
    }

    @Test
    void goesBackWhenAReorganisationTakesItsDepositAway() {
        batch.submit("tina");
        batch.approve("adam");
        batch.follow(FundingDeposit.State.SEEN);
        assertTrue(batch.follow(FundingDeposit.State.AWAITING));
        assertEquals(Batch.State.AWAITING_DEPOSIT, batch.state());
    }

    @Test
    void isNotApprovedByWhoMadeOrSubmittedIt() {
        batch.submit("theo");
        for (String same : List.of("tina", "theo")) {
            Refusal refusal = assertThrows(Refusal.class, () -> batch.approve(same));
            assertEquals("approval_by_submitter", refusal.code());
        }
        assertEquals(Batch.State.SUBMITTED, batch.state());
    }

    @Test
    void isNotHandedInOrApprovedOnceItsLinksWouldHaveExpired() throws InterruptedException {
        Batch late = batch(Instant.now().minusSeconds(1));
        assertEquals("batch_expired", assertThrows(Refusal.class, () -> late.submit("tina")).code());
        assertEquals(Batch.State.DRAFT, late.state());
        late.cancel();

        Batch expiring = batch(Instant.now().plusSeconds(1));
        expiring.submit("tina");
        Thread.sleep(1_100);
        assertEquals("batch_expired", assertThrows(Refusal.class, () -> expiring.approve("adam")).code());
        assertEquals(Batch.State.SUBMITTED, expiring.state());
    }

    @Test
    void skipsNoStep() {
        assertThrows(IllegalTransitionException.class, () -> batch.approve("adam"));
        assertThrows(IllegalTransitionException.class, () -> batch.follow(FundingDeposit.State.SEEN));
        assertThrows(IllegalTransitionException.class, () -> batch.fail("c", "m"));
        batch.submit("tina");
        assertThrows(IllegalTransitionException.class, () -> batch.submit("tina"));
    }

    @Test
    void isNotCancelledOnceItsMoneyHasMoved() {
        batch.submit("tina");
        batch.approve("adam");
        batch.follow(FundingDeposit.State.SEEN);
        assertThrows(IllegalTransitionException.class, batch::cancel);
    }

    @Test
    void failsWithOneDepositWhileAnotherIsStillAwaited() {
        batch.submit("tina");
        batch.approve("adam");
        batch.fail("enclave_refused", "why");
        assertEquals(Batch.State.FAILED, batch.state());
        assertTrue(batch.followsDeposits());
    }

    @Test
    void forgetsItsFailureWhenItMovesOn() {
        batch.submit("tina");
        batch.approve("adam");
        batch.follow(FundingDeposit.State.COMPUTING);
        batch.fail("task_failed", "why");
        assertEquals("task_failed", batch.failureCode());
        batch.follow(FundingDeposit.State.COMPUTING);
        assertEquals(null, batch.failureCode());
    }
}
