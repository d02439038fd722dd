package io.walnut.privacy.estimate;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.NoteTree;
import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.Attacker.Prospect;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicTransaction;
import io.walnut.privacy.estimate.PrivacyFigures.EffectiveSet;
import io.walnut.privacy.estimate.PrivacyFigures.Later;
import io.walnut.privacy.estimate.PrivacyFigures.Outstanding;
import io.walnut.privacy.policy.DepositPlan;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.policy.StandardPolicy;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Predicts what the attacker would make of a claim, by letting the attacker look at it beforehand: the claim is imagined
 * at the end of the events so far.
 */
public final class PrivacyEstimator {

    /** A deposit that a claim may come from: the vouchers exist, the links have not long expired. */
    private static final Duration EARLIEST = Duration.ofMinutes(15);
    private static final Duration LATEST = Duration.ofDays(50);
    private static final Duration LATELY = Duration.ofDays(30);
    private static final int RECENT_CLAIMS = 200;
    /** Of a deposit: what is claimed from it first, where nothing was claimed yet. */
    private static final BigInteger A_TENTH = BigInteger.TEN;
    private static final List<Duration> WAITS = List.of(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7));

    private final Attacker attacker;
    private final Policy policy;
    private final Hindsight hindsight;
    private final Advice advice = new Advice();

    /**
     * @param attacker trained under {@code policy} and the relayer's delay, as {@link TrainedAttackers} has them
     * @param hindsight what it gains from what comes later
     */
    PrivacyEstimator(Attacker attacker, Policy policy, Hindsight hindsight) {
        this.attacker = attacker;
        this.policy = policy;
        this.hindsight = hindsight;
    }

    /**
     * A claim that someone considers.
     *
     * @param recipient what is claimed to one address together counts as one
     * @param amounts of its notes, in the token's smallest unit
     * @param relayer through whom; empty to send it oneself
     */
    public record Intent(Address recipient, List<BigInteger> amounts, Optional<Address> relayer) {
    }

    /**
     * What the outsider will make of some claims, on average.
     *
     * @param suspicions what it makes of them at once; fewer than the claims where no deposit could have paid one
     * @param depositBits that it will lack to know the deposit, once all that comes later is known, too
     * @param companyBits the same for the company
     */
    record Estimate(List<Suspicion> suspicions, double depositBits, double companyBits) {

        EffectiveSet effective() {
            return new EffectiveSet(Math.pow(2, depositBits), Math.pow(2, companyBits), expectedRight(suspicions));
        }
    }

    /**
     * @param chain all events so far
     * @param relayer through which claims go
     */
    public PrivacyFigures figures(PublicChain chain, Address token, Address relayer, Instant now) {
        return figures(chain, Totals.of(chain.of(token)), token, relayer, now);
    }

    /**
     * @param chain the events of the last weeks
     * @param totals of all events so far
     * @param relayer through which claims go
     */
    public PrivacyFigures figures(PublicChain chain, Totals totals, Address token, Address relayer, Instant now) {
        PublicChain events = chain.of(token);
        List<Intent> recent = recent(events, relayer, now);
        EffectiveSet today = estimate(events, token, recent, now, now).effective();
        var later = new ArrayList<Later>();
        for (Duration wait : WAITS) {
            later.add(new Later(wait,
                    estimate(projected(events, now, wait), token, recent, now.plus(wait), now).effective()));
        }
        List<PublicDeposit> candidates = candidates(events, now);
        int companies = (int) candidates.stream().map(PublicDeposit::depositor).distinct().count();
        int young = (int) events.deposits().stream().filter(d -> d.time().isAfter(now.minus(EARLIEST))).count();
        return new PrivacyFigures(token, now, candidates.size(), companies, outstanding(events, totals), today, later,
                advice.sentence(candidates.size(), young, companies, today, later));
    }

    private Estimate estimate(PublicChain events, Address token, List<Intent> intents, Instant when, Instant now) {
        return estimate(events, token, intents, Collections.nCopies(intents.size(), when), now);
    }

    /**
     * @param times one for each intent
     * @param now until when the events are known
     */
    Estimate estimate(PublicChain events, Address token, List<Intent> intents, List<Instant> times, Instant now) {
        var claims = new ArrayList<>(events.claims());
        Set<Address> imagined = new HashSet<>();
        for (int i = 0; i < intents.size(); i++) {
            Intent intent = intents.get(i);
            Bytes32 hash = imaginary(i, -1);
            Address sender = intent.relayer().orElse(Address.of(Arrays.copyOf(hash.bytes(), Address.LENGTH)));
            var transaction = transaction(events, hash, sender);
            for (int j = 0; j < intent.amounts().size(); j++) {
                Address linkKey = Address.of(Arrays.copyOf(imaginary(i, j).bytes(), Address.LENGTH));
                imagined.add(linkKey);
                claims.add(new PublicClaim(linkKey, intent.recipient(), token, intent.amounts().get(j),
                        intent.relayer().isPresent(), times.get(i), transaction));
            }
        }
        Set<Address> ripe = Sums.ripe(events, now);
        Prospect prospect = attacker.prospect(
                new PublicChain(events.deposits(), claims, events.exits(), events.transfers()),
                claim -> imagined.contains(claim.linkKey()) || ripe.contains(claim.linkKey()));
        Sums sums = Sums.of(of(prospect.all(), ripe), of(prospect.withoutSums(), ripe), hindsight.sums());
        List<Suspicion> early = of(prospect.withoutSums(), imagined);
        return new Estimate(of(prospect.all(), imagined),
                hindsight.rest() * sums.deposits() * mean(early, Suspicion::depositEntropy),
                hindsight.rest() * sums.companies() * mean(early, Suspicion::companyEntropy));
    }

    private static List<Suspicion> of(List<Suspicion> suspicions, Set<Address> linkKeys) {
        return suspicions.stream().filter(s -> linkKeys.contains(s.claims().getFirst().linkKey())).toList();
    }

    private static double mean(List<Suspicion> suspicions, ToDoubleFunction<Suspicion> bits) {
        return suspicions.stream().mapToDouble(bits).average().orElse(0);
    }

    /** As the relayer's last one: its gas settings are the same for all. */
    private static PublicTransaction transaction(PublicChain events, Bytes32 hash, Address sender) {
        return events.claims().reversed().stream().map(PublicClaim::transaction)
                .filter(t -> t.sender().equals(sender)).findFirst()
                .map(t -> new PublicTransaction(hash, sender, t.priorityFee(), t.gasMargin()))
                .orElse(new PublicTransaction(hash, sender, 0, 0));
    }

    private static Bytes32 imaginary(int intent, int note) {
        return Keccak.hash(ByteBuffer.allocate(8).putInt(intent).putInt(note).array());
    }

    /** The amounts of the last redemptions, or else likely ones, as if to fresh addresses. */
    private static List<Intent> recent(PublicChain events, Address relayer, Instant now) {
        Set<Address> treasuries = new HashSet<>();
        events.deposits().forEach(d -> treasuries.add(d.depositor()));
        var notes = new LinkedHashMap<List<Object>, List<BigInteger>>();
        for (PublicClaim claim : events.claims().reversed()) {
            if (claim.time().isBefore(now.minus(LATELY)) || notes.size() > RECENT_CLAIMS) {
                break;
            }
            if (!treasuries.contains(claim.recipient())) {
                notes.computeIfAbsent(List.of(claim.transaction().hash(), claim.recipient()), k -> new ArrayList<>())
                        .add(claim.amount());
            }
        }
        if (notes.isEmpty()) {
            candidates(events, now).forEach(deposit -> notes.put(List.of(deposit.id()),
                    List.of(deposit.amount().divide(A_TENTH).max(BigInteger.ONE))));
        }
        var intents = new ArrayList<Intent>();
        for (List<BigInteger> amounts : notes.values()) {
            Address fresh = Address.of(Arrays.copyOf(imaginary(-1, intents.size()).bytes(), Address.LENGTH));
            intents.add(new Intent(fresh, amounts, Optional.of(relayer)));
        }
        return intents;
    }

    /** The events if the next {@code wait} brings the same deposits as the last. */
    private static PublicChain projected(PublicChain events, Instant now, Duration wait) {
        var deposits = new ArrayList<>(events.deposits());
        for (PublicDeposit d : events.deposits()) {
            if (d.time().isAfter(now.minus(wait))) {
                deposits.add(new PublicDeposit(Keccak.hash(d.id().bytes()), d.depositor(), d.token(), d.amount(),
                        d.time().plus(wait)));
            }
        }
        return new PublicChain(deposits, events.claims(), events.exits(), events.transfers());
    }

    /** How likely it is that the outsider names the deposit, and is right. */
    private static double expectedRight(List<Suspicion> suspicions) {
        return suspicions.stream().mapToDouble(s -> s.namesDeposit() ? s.probabilities()[s.likeliest()] : 0)
                .average().orElse(1);
    }

    private static List<PublicDeposit> candidates(PublicChain events, Instant now) {
        return events.deposits().stream()
                .filter(d -> !d.time().isAfter(now.minus(EARLIEST)) && d.time().isAfter(now.minus(LATEST))).toList();
    }

    private List<Outstanding> outstanding(PublicChain events, Totals totals) {
        if (!(policy instanceof StandardPolicy standard)) {
            return List.of();
        }
        BigInteger claimed = sum(events.claims().stream().map(PublicClaim::amount).toList());
        BigInteger left = totals.deposited().subtract(totals.redeemed());
        BigInteger notes = BigInteger.valueOf(NoteTree.MAX_NOTES * totals.deposits() - totals.redemptions());
        var outstanding = new ArrayList<Outstanding>();
        for (BigInteger denomination : standard.notes().descending()) {
            BigInteger seen = sum(events.claims().stream().map(PublicClaim::amount)
                    .filter(denomination::equals).toList());
            double share = claimed.signum() == 0 ? 0 : seen.doubleValue() / claimed.doubleValue();
            outstanding.add(new Outstanding(denomination, left.divide(denomination).min(notes),
                    share * left.doubleValue() / denomination.doubleValue()));
        }
        return outstanding;
    }

    /**
     * What an outsider would make of a batch that is deposited at {@code now}, when all of it has been claimed.
     *
     * @param chain the events so far
     * @param relayer through which its claims go
     * @param most how many payments are looked at
     */
    public EffectiveSet foresee(PublicChain chain, Address token, PlannedBatch batch, Address relayer, Instant now,
            int most) {
        PublicChain events = projected(chain.of(token), now, batch.longest());
        var foresight = new Foresight(events, token, batch, most);
        batch.plans().forEach(plan -> foresight.deposit(plan, now, hash -> transaction(events, hash, relayer)));
        List<Suspicion> suspicions = attacker.attack(foresight.chain(), foresight::looksAt);
        // All of the batch's claims are made, so its sums have spoken.
        return new EffectiveSet(Math.pow(2, hindsight.rest() * mean(suspicions, Suspicion::depositEntropy)),
                Math.pow(2, hindsight.rest() * mean(suspicions, Suspicion::companyEntropy)),
                suspicions.stream().mapToDouble(s -> s.namesDeposit() && foresight.isRight(s) ? 1 : 0).average().orElse(1));
    }

    private static BigInteger sum(List<BigInteger> amounts) {
        return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
