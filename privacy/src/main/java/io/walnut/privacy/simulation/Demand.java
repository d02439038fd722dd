package io.walnut.privacy.simulation;

import io.walnut.privacy.simulation.Batch.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What companies want to pay, whatever the policy: salaries twice a month or monthly, contractors and grants every few
 * days, and, in every third company, refunds to customers on each working day.
 */
final class Demand {

    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private static final int[] OFFSETS = {-5, 0, 1, 1, 2, 8};
    private static final long[] ROUND = {25_000, 50_000, 75_000, 100_000, 150_000, 200_000, 250_000, 500_000};
    private static final long[] PRICES = {999, 1_499, 1_999, 2_495, 2_999, 3_900, 4_900, 5_999, 7_950, 9_900, 12_995, 19_900};
    private static final long[] ETHERS = {500, 1_000, 2_000, 2_500, 5_000, 7_500, 10_000, 20_000};

    private final TrafficModel model;
    private final Asset stable;
    private final Asset coin;
    private final Chance chance;
    private final List<Batch> batches = new ArrayList<>();

    private Demand(TrafficModel model, Asset stable, Asset coin, long seed) {
        this.model = model;
        this.stable = stable;
        this.coin = coin;
        this.chance = new Chance(seed);
    }

    /** All batches of the simulated days, in the order of time. */
    static List<Batch> generate(TrafficModel model, Asset stable, Asset coin, long seed) {
        var demand = new Demand(model, stable, coin, seed);
        for (int i = 0; i < model.companies(); i++) {
            demand.company(i);
        }
        demand.batches.sort(Comparator.comparing(Batch::time));
        return demand.batches;
    }

    private void company(int index) {
        var company = new Company(index, chance.address(), chance.address(), OFFSETS[index % OFFSETS.length]);
        List<Person> employees = people(company, (int) Math.clamp(chance.lognormal(18, 0.6), 5, 90));
        List<Long> salaries = employees.stream().map(e -> salary()).toList();
        salaries(company, employees, salaries);
        contractors(company, people(company, 20));
        if (index % 3 == 0) {
            refunds(company);
        }
        if (index % 2 == 1) {
            grants(company, people(company, 30));
        }
    }

    private void salaries(Company company, List<Person> employees, List<Long> salaries) {
        boolean monthly = chance.happens(0.5);
        for (int day = chance.between(0, 14); day < model.days(); day += monthly ? 30 : 14) {
            var dues = new ArrayList<Due>();
            for (int i = 0; i < employees.size(); i++) {
                dues.add(new Due(employees.get(i), monthly ? salaries.get(i) : salaries.get(i) / 2));
            }
            add(company, stable, day, dues);
        }
    }

    private long salary() {
        double dollars = chance.lognormal(4_000, 0.45);
        return chance.happens(0.3) ? Math.round(dollars / 50) * 5_000 : Math.round(dollars * 100);
    }

    private void contractors(Company company, List<Person> regulars) {
        for (double day = chance.waitingDays(0.3); day < model.days(); day += chance.waitingDays(0.3)) {
            var dues = new ArrayList<Due>();
            for (int i = chance.between(1, 6); i > 0; i--) {
                Person person = chance.happens(0.6) ? chance.oneOf(regulars) : person(company);
                dues.add(new Due(person, chance.happens(0.6) ? ROUND[chance.random.nextInt(ROUND.length)]
                        : Math.round(chance.lognormal(120_000, 0.8))));
            }
            add(company, stable, (int) day, dues);
        }
    }

    private void refunds(Company company) {
        for (int day = 0; day < model.days(); day += day % 7 == 4 ? 3 : 1) {
            var dues = new ArrayList<Due>();
            for (int i = chance.between(3, 14); i > 0; i--) {
                long price = PRICES[chance.random.nextInt(PRICES.length)];
                dues.add(new Due(person(company), price * chance.between(1, 2) + (chance.happens(0.5) ? 0 : 495)));
            }
            add(company, stable, day, dues);
        }
    }

    private void grants(Company company, List<Person> regulars) {
        for (double day = chance.waitingDays(0.2); day < model.days(); day += chance.waitingDays(0.2)) {
            var dues = new ArrayList<Due>();
            for (int i = chance.between(1, 8); i > 0; i--) {
                Person person = chance.happens(0.5) ? chance.oneOf(regulars) : person(company);
                dues.add(new Due(person, chance.happens(0.7) ? ETHERS[chance.random.nextInt(ETHERS.length)]
                        : Math.max(1, Math.round(chance.lognormal(3_000, 0.8)))));
            }
            add(company, coin, (int) day, dues);
        }
    }

    /** In the office hours of a working day: the next one when {@code day} is none. */
    private void add(Company company, Asset asset, int day, List<Due> dues) {
        int working = day + switch (day % 7) {
            case 5 -> 2;
            case 6 -> 1;
            default -> 0;
        };
        double hour = 9 + 8 * chance.random.nextDouble() - company.utcOffset();
        Instant time = START.plus(Duration.ofDays(working)).plusSeconds((long) (hour * 3_600));
        batches.add(new Batch(company, asset, time, List.copyOf(dues)));
    }

    private List<Person> people(Company company, int number) {
        var people = new ArrayList<Person>();
        for (int i = 0; i < number; i++) {
            people.add(person(company));
        }
        return people;
    }

    private Person person(Company company) {
        int offset = chance.happens(0.8) ? company.utcOffset() : OFFSETS[chance.random.nextInt(OFFSETS.length)];
        return new Person(chance.address(), offset, chance.random.nextDouble(), chance.random.nextDouble(), chance.happens(model.reuses()),
                chance.happens(model.paidBefore()), chance.happens(model.consolidates()),
                chance.happens(model.sendsThemselves()),
                chance.happens(model.keepsReusing()));
    }
}
