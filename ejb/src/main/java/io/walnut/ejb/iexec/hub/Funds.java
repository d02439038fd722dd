package io.walnut.ejb.iexec.hub;

import static io.walnut.ejb.iexec.hub.HubAbi.word;

import io.walnut.contracts.Address;

import java.math.BigInteger;

/** Whether an account can pay, and what to do when it cannot. Amounts are in nRLC (10⁻⁹ RLC). */
public final class Funds {

    /** On networks whose coin is RLC, with 18 decimals. */
    static final BigInteger WEI_PER_NRLC = BigInteger.valueOf(1_000_000_000);

    private final Hub hub;

    public Funds(Hub hub) {
        this.hub = hub;
    }

    /** What a check found. */
    public sealed interface Check {

        record Enough(BigInteger stake) implements Check {
        }

        /**
         * The wallet has what the stake lacks.
         *
         * @param deposit send it, wait for it, and check again
         */
        record DepositNeeded(BigInteger stake, BigInteger missing, HubCall deposit) implements Check {
        }

        /** Stake and wallet together do not suffice: somebody must send RLC to the account. */
        record NotEnough(BigInteger stake, BigInteger wallet, BigInteger missing) implements Check {
        }

        /** One line for the treasurer or operator. */
        default String explain(Address account) {
            return switch (this) {
                case Enough enough -> account + " has a stake of " + enough.stake() + " nRLC, which suffices";
                case DepositNeeded needed -> "the stake of " + account + " lacks " + needed.missing()
                        + " nRLC: deposit them from its wallet to the hub";
                case NotEnough lacking -> account + " has " + lacking.stake() + " nRLC staked and " + lacking.wallet()
                        + " nRLC in its wallet: send it at least " + lacking.missing() + " nRLC";
            };
        }
    }

    public Check check(Address account, BigInteger cost) {
        BigInteger stake = hub.account(account).stake();
        BigInteger missing = cost.subtract(stake);
        if (missing.signum() <= 0) {
            return new Check.Enough(stake);
        }
        BigInteger wallet = hub.walletBalance(account);
        return wallet.compareTo(missing) >= 0
                ? new Check.DepositNeeded(stake, missing, deposit(missing))
                : new Check.NotEnough(stake, wallet, missing.subtract(wallet));
    }

    /**
     * Moves RLC from the sender's wallet to its stake, in one transaction: the token calls the hub, so no
     * allowance is needed or left behind.
     */
    public HubCall deposit(BigInteger amount) {
        String purpose = "deposit " + amount + " nRLC to the iExec hub";
        if (hub.network().nativeFunds()) {
            return new HubCall(hub.address(), amount.multiply(WEI_PER_NRLC), HubAbi.call("deposit"), purpose);
        }
        String data = HubAbi.call("approveAndCall", word(hub.address()), word(amount), HubAbi.bytes(new byte[0]));
        return HubCall.of(hub.token(), data, purpose);
    }

    /** Moves stake back to the sender's wallet. */
    public HubCall withdraw(BigInteger amount) {
        return HubCall.of(hub.address(), HubAbi.call("withdraw", word(amount)),
                "withdraw " + amount + " nRLC from the iExec hub");
    }
}
