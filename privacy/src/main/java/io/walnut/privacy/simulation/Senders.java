package io.walnut.privacy.simulation;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.privacy.chain.PublicTransaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Who sends claims, and what their transactions look like. */
final class Senders {

    /** The relayer sends what fell due every five minutes, claims of different links together. */
    private static final long TICK_SECONDS = 300;
    private static final long GWEI = 1_000_000_000L;

    private final Chance chance;
    private final Scenario scenario;
    private final Sender shared;
    private final Map<Address, Sender> own = new HashMap<>();
    private final Map<Address, Address> wallets = new HashMap<>();

    Senders(Chance chance, Scenario scenario) {
        this.chance = chance;
        this.scenario = scenario;
        this.shared = new Sender(chance.address(), GWEI, 120, true);
    }

    Sender relayer(Company company) {
        return scenario.sharedRelayer() ? shared : own.computeIfAbsent(company.treasury(), c ->
                new Sender(company.ownRelayer(), GWEI * chance.between(1, 3), 100 + 10 * chance.between(1, 5), true));
    }

    /** A wallet that stays the same for one person. */
    Sender self(Person person) {
        Address wallet = wallets.computeIfAbsent(person.main(), main -> person.reuses() ? main : chance.address());
        return new Sender(wallet, GWEI / 10 * chance.between(1, 30), 100 + 10 * chance.between(0, 10), false);
    }

    final class Sender {

        private final Address address;
        private final long priorityFee;
        private final int gasMargin;
        private final boolean relays;
        private final Map<Instant, Bytes32> hashes = new HashMap<>();

        private Sender(Address address, long priorityFee, int gasMargin, boolean relays) {
            this.address = address;
            this.priorityFee = priorityFee;
            this.gasMargin = gasMargin;
            this.relays = relays;
        }

        /** Whether it sends claims for others. */
        boolean relays() {
            return relays;
        }

        /** When a claim that falls due at {@code due} reaches the chain. */
        Instant time(Instant due) {
            long seconds = due.getEpochSecond();
            return Instant.ofEpochSecond(relays ? (seconds / TICK_SECONDS + 1) * TICK_SECONDS : seconds);
        }

        PublicTransaction transaction(Instant due) {
            return new PublicTransaction(hashes.computeIfAbsent(time(due), t -> chance.bytes32()), address,
                    priorityFee, gasMargin);
        }
    }
}
