package io.walnut.privacy.simulation;

import io.walnut.contracts.Address;
import io.walnut.contracts.Deposit;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicExit;
import io.walnut.privacy.chain.PublicTransaction;
import io.walnut.privacy.chain.PublicTransfer;
import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.policy.DepositPlan;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.simulation.Batch.Due;
import io.walnut.privacy.simulation.Traffic.Origin;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs demand through an escrow under a scenario. The same seed and arguments give the same traffic. */
public final class Simulation {

    /** From a deposit to its vouchers: finality and the enclave. */
    private static final Duration READY = Duration.ofMinutes(20);
    private static final Duration EXPIRY = Duration.ofDays(30);
    /** Change returns slowly, so that its time does not mark its deposit. */
    private static final RelayDelay CHANGE = new RelayDelay(Duration.ofDays(10), Duration.ofDays(30));
    /** Expired links are taken back at random times, so that those of one batch do not come together. */
    private static final RelayDelay RECLAIM = new RelayDelay(Duration.ofHours(72), Duration.ofHours(240));
    private static final double PICK_UP_MEDIAN_HOURS = 5;
    private static final double PICK_UP_SIGMA = 1.4;

    private final TrafficModel model;
    private final Scenario scenario;
    private final Chance chance;
    private final SplittableRandom reclaims;
    private final Senders senders;
    private final List<PublicDeposit> deposits = new ArrayList<>();
    private final List<PublicClaim> claims = new ArrayList<>();
    private final List<PublicExit> exits = new ArrayList<>();
    private final List<PublicTransfer> transfers = new ArrayList<>();
    private final Map<Address, Origin> truth = new HashMap<>();
    private int payments;

    private Simulation(TrafficModel model, Scenario scenario, long seed) {
        this.model = model;
        this.scenario = scenario;
        this.chance = new Chance(seed);
        this.reclaims = new SplittableRandom(seed);
        this.senders = new Senders(chance, scenario);
    }

    public static Traffic run(TrafficModel model, Scenario scenario, long seed) {
        List<Batch> batches = Demand.generate(model, scenario.stable(), scenario.coin(), seed);
        var simulation = new Simulation(model, scenario, seed ^ 0x5DEECE66DL);
        batches.forEach(simulation::pay);
        Instant end = Demand.START.plus(Duration.ofDays(model.days()));
        var chain = new PublicChain(simulation.deposits, simulation.claims, simulation.exits, simulation.transfers);
        return new Traffic(chain.until(end), simulation.truth,
                Demand.START.plus(Duration.ofDays(model.warmUpDays())));
    }

    private void pay(Batch batch) {
        Asset asset = batch.asset();
        Policy policy = scenario.policies().get(asset);
        List<BigInteger> amounts = batch.payments().stream().map(due -> asset.amount(due.units())).toList();
        Instant time = batch.time();
        for (DepositPlan plan : policy.plan(amounts)) {
            var deposit = new PublicDeposit(new Deposit(asset.token(), plan.amount(), chance.bytes32()).id(),
                    batch.company().treasury(), asset.token(), plan.amount(), time);
            deposits.add(deposit);
            Instant released = time.plus(READY).plusSeconds(
                    (long) (scenario.lead().toSeconds() * chance.random.nextDouble()));
            for (int i = 0; i < plan.payments().size(); i++) {
                Due due = batch.payments().get(plan.firstPayment() + i);
                redeem(batch.company(), deposit, released, due.person(), plan.payments().get(i));
            }
            plan.change().forEach(note -> claim(batch.company(), deposit, Origin.CHANGE, batch.company().treasury(),
                    note, deposit.time().plus(READY).plus(CHANGE.sample(chance.random)),
                    senders.relayer(batch.company())));
            time = time.plusSeconds(12);
        }
    }

    private void redeem(Company company, PublicDeposit deposit, Instant released, Person person,
            List<BigInteger> notes) {
        int payment = payments++;
        if (chance.happens(model.unclaimed())) {
            Instant expiry = deposit.time().plus(EXPIRY).plus(RECLAIM.sample(reclaims));
            notes.forEach(n -> claim(company, deposit, payment, company.treasury(), n, expiry,
                    senders.relayer(company)));
            return;
        }
        Instant opened = Hours.waking(released.plusSeconds(
                (long) (3_600 * chance.lognormal(PICK_UP_MEDIAN_HOURS, PICK_UP_SIGMA))), person.utcOffset(), chance);
        if (chance.happens(model.exits())) {
            notes.forEach(n -> exit(company, deposit, payment, chance.address(), n, opened));
            return;
        }
        boolean reuses = person.reuses() && (!scenario.freshAddresses() || person.keepsReusing());
        boolean insists = reuses && scenario.freshAddresses();
        if (person.sendsThemselves() || insists) {
            Address recipient = reuses ? person.main() : chance.address();
            take(company, deposit, payment, recipient, person, notes, opened, senders.self(person));
            return;
        }
        relay(company, deposit, payment, person, notes, opened, reuses);
    }

    private void relay(Company company, PublicDeposit deposit, int payment, Person person, List<BigInteger> notes,
            Instant opened, boolean reuses) {
        RelayDelay delay = person.impatience() < scenario.waiting() ? scenario.delay() : RelayDelay.NONE;
        Senders.Sender relayer = senders.relayer(company);
        if (person.caution() > 1 - scenario.spreading() && !reuses && notes.size() > 1) {
            for (BigInteger note : notes) {
                take(company, deposit, payment, chance.address(), person, List.of(note),
                        opened.plus(delay.sample(chance.random)), relayer);
            }
        } else {
            take(company, deposit, payment, reuses ? person.main() : chance.address(), person, notes,
                    opened.plus(delay.sample(chance.random)), relayer);
        }
    }

    private void take(Company company, PublicDeposit deposit, int payment, Address recipient, Person person,
            List<BigInteger> notes, Instant time, Senders.Sender sender) {
        notes.forEach(note -> claim(company, deposit, payment, recipient, note, time, sender));
        if (person.paidBefore()) {
            transfers.add(new PublicTransfer(company.treasury(), person.main(), Demand.START.minus(EXPIRY)));
        }
        if (person.consolidates() && !recipient.equals(person.main())) {
            transfers.add(new PublicTransfer(recipient, person.main(), time.plus(Duration.ofDays(2))));
        }
    }

    private void claim(Company company, PublicDeposit deposit, int payment, Address recipient, BigInteger amount,
            Instant time, Senders.Sender sender) {
        Address linkKey = chance.address();
        truth.put(linkKey, new Origin(deposit.id(), company.treasury(), payment));
        PublicTransaction transaction = sender.transaction(time);
        claims.add(new PublicClaim(linkKey, recipient, deposit.token(), amount, sender.relays(),
                sender.time(time), transaction));
    }

    private void exit(Company company, PublicDeposit deposit, int payment, Address recipient, BigInteger amount,
            Instant time) {
        Address linkKey = chance.address();
        truth.put(linkKey, new Origin(deposit.id(), company.treasury(), payment));
        exits.add(new PublicExit(deposit.id(), linkKey, recipient, deposit.token(), amount, time));
    }

}
