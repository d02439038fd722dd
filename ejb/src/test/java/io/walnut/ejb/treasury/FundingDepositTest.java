package io.walnut.ejb.treasury;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.ejb.shared.IllegalTransitionException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class FundingDepositTest {
    private final FundingDeposit deposit = new FundingDeposit("dep_1", "bat_1", 0,
        new Deposit(Address.ZERO, BigInteger.TEN, Bytes32.ZERO), 1);

    @Test
    void isTakenBackWhileItIsOnlySeen() {
        deposit.seen(Address.ZERO, Bytes32.ZERO, 5);
        deposit.unseen();
        assertEquals(FundingDeposit.State.AWAITING, deposit.state());
        assertNull(deposit.txHash());
        deposit.finalized(Address.ZERO, Bytes32.ZERO, 6);
        assertThrows(IllegalTransitionException.class, deposit::unseen);
        assertThrows(IllegalTransitionException.class, () -> deposit.seen(Address.ZERO, Bytes32.ZERO, 7));
    }

    @Test
    void isComputedOnlyWhenFinal() {
        assertThrows(IllegalTransitionException.class, deposit::computing);
        assertThrows(IllegalTransitionException.class, deposit::signed);
        deposit.finalized(Address.ZERO, Bytes32.ZERO, 6);
        deposit.computing();
        assertThrows(IllegalTransitionException.class, deposit::computing);
        deposit.failed();
        deposit.tryAgain();
        deposit.computing();
        deposit.signed();
        assertThrows(IllegalTransitionException.class, deposit::failed);
    }

    @Test
    void sendsWeiForTheNativeCoinOnly() {
        assertEquals(BigInteger.TEN, deposit.value());
        var token = new FundingDeposit("dep_2", "bat_1", 0,
            new Deposit(Address.parse("0x" + "11".repeat(20)), BigInteger.TEN, Bytes32.ZERO), 1);
        assertEquals(BigInteger.ZERO, token.value());
    }
}
