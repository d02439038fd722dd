package io.walnut.privacy.estimate;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicTransaction;
import io.walnut.privacy.policy.DepositPlan;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A chain on which a planned batch has been deposited and claimed, to fresh addresses. The same input gives the same. */
final class Foresight {

    private static final long SEED = 1;

    private final PublicChain events;
    private final Address token;
    private final PlannedBatch batch;
    private final int most;
    private final long payments;
    private final List<PublicDeposit> deposits;
    private final List<PublicClaim> claims;
    private final Map<Address, Bytes32> origin = new HashMap<>();
    private final Set<Address> lookedAt = new HashSet<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private long payment;

    /** @param most how many payments are looked at, evenly spread over the batch */
    Foresight(PublicChain events, Address token, PlannedBatch batch, int most) {
        this.events = events;
        this.token = token;
        this.batch = batch;
        this.most = most;
        this.payments = batch.plans().stream().mapToLong(plan -> plan.payments().size()).sum();
        this.deposits = new ArrayList<>(events.deposits());
        this.claims = new ArrayList<>(events.claims());
    }

    void deposit(DepositPlan plan, Instant time, Function<Bytes32, PublicTransaction> transactions) {
        var deposit = new PublicDeposit(imaginary(0), batch.treasury(), token, plan.amount(), time);
        deposits.add(deposit);
        for (List<BigInteger> notes : plan.payments()) {
            claim(notes, deposit, batch.claimed(time, random), transactions.apply(imaginary(1)));
            payment++;
        }
    }

    private void claim(List<BigInteger> notes, PublicDeposit deposit, Instant time, PublicTransaction transaction) {
        boolean looks = payment == 0 || payment * most / payments > (payment - 1) * most / payments;
        Address recipient = address(2);
        for (BigInteger note : notes) {
            Address linkKey = address(3);
            origin.put(linkKey, deposit.id());
            if (looks) {
                lookedAt.add(linkKey);
            }
            claims.add(new PublicClaim(linkKey, recipient, token, note, true, time, transaction));
        }
    }

    PublicChain chain() {
        return new PublicChain(deposits, claims, events.exits(), events.transfers());
    }

    boolean looksAt(PublicClaim claim) {
        return lookedAt.contains(claim.linkKey());
    }

    boolean isRight(Suspicion suspicion) {
        return suspicion.likeliestDeposit().id().equals(origin.get(suspicion.claims().getFirst().linkKey()));
    }

    private Address address(int kind) {
        return Address.of(Arrays.copyOf(imaginary(kind).bytes(), Address.LENGTH));
    }

    /** Differs from deposit to deposit and from claim to claim. */
    private Bytes32 imaginary(int kind) {
        return Keccak.hash(ByteBuffer.allocate(12).putInt(kind).putInt(deposits.size()).putInt(claims.size()).array());
    }
}
