package io.walnut.privacy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.devnet.rpc.Rpc;
import io.walnut.privacy.EscrowOnAnvil;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicChainReader;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicExit;
import io.walnut.privacy.chain.PublicTransaction;
import io.walnut.privacy.report.Grid;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Plays simulated traffic through the real escrow, and reads the chain as an outsider would. */
class EventModelTest {

    private static final TrafficModel MODEL =
            new TrafficModel(4, 40, 0, 0.2, 0.05, 0.08, 0.2, 0.1, 0.03, 0.1);
    /** Anvil starts today; simulated time is moved behind it. */
    private static final Duration SHIFT = Duration.between(Demand.START,
            Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS));

    private final Traffic traffic = Simulation.run(MODEL, Grid.recommended(Asset.USDC), 11);
    private final PublicChain model = traffic.chain().of(Address.ZERO);
    private final Map<Bytes32, Deposit> real = new HashMap<>();
    private final Map<Address, Note> notes = new HashMap<>();
    private final Map<Bytes32, NoteTree> trees = new HashMap<>();
    private final Map<Bytes32, List<Address>> order = new HashMap<>();

    @Test
    void theRealEscrowShowsWhatTheModelShows() throws IOException {
        model.deposits().forEach(this::open);
        try (var escrow = new EscrowOnAnvil()) {
            play(escrow);
            List<String> shown = shown(escrow);
            assertEquals(expected(), shown);
            assertTrue(shown.stream().anyMatch(s -> s.startsWith("exited")), "the sample has an exit");
            assertTrue(shown.stream().filter(s -> s.startsWith("claimed")).count() > 50, "the sample has claims");
        }
    }

    /** Real notes for a simulated deposit; what nobody redeems in time is one more note. */
    private void open(PublicDeposit deposit) {
        var redeemed = new TreeMap<Address, BigInteger>();
        model.claims().stream().filter(c -> isOf(c.linkKey(), deposit)).forEach(c -> redeemed.put(c.linkKey(), c.amount()));
        model.exits().stream().filter(e -> isOf(e.linkKey(), deposit)).forEach(e -> redeemed.put(e.linkKey(), e.amount()));
        BigInteger rest = deposit.amount().subtract(redeemed.values().stream().reduce(BigInteger.ZERO, BigInteger::add));
        if (rest.signum() > 0) {
            redeemed.put(Address.of(java.util.Arrays.copyOf(deposit.id().bytes(), Address.LENGTH)), rest);
        }
        redeemed.forEach((linkKey, amount) -> notes.put(linkKey, new Note(EscrowOnAnvil.address(key(linkKey)), amount,
                Keccak.hash(linkKey.bytes(), new byte[] {1}))));
        NoteTree tree = NoteTree.of(redeemed.keySet().stream().map(notes::get).toList());
        trees.put(deposit.id(), tree);
        order.put(deposit.id(), List.copyOf(redeemed.keySet()));
        real.put(deposit.id(), new Deposit(Address.ZERO, deposit.amount(), tree.root()));
    }

    private void play(EscrowOnAnvil escrow) {
        var blocks = new TreeMap<Instant, List<Runnable>>();
        model.deposits().forEach(d -> at(blocks, d.time(), () -> escrow.deposit(d.depositor(), real.get(d.id()))));
        transactions().values().forEach(claims -> at(blocks, claims.getFirst().time(), () -> send(escrow, claims)));
        model.exits().forEach(e -> at(blocks, e.time(), () -> escrow.exit(e.recipient(), key(e.linkKey()),
                real.get(e.deposit()), notes.get(e.linkKey()),
                trees.get(e.deposit()).path(order.get(e.deposit()).indexOf(e.linkKey())), e.recipient())));
        blocks.forEach((time, sent) -> {
            sent.forEach(Runnable::run);
            escrow.mineAt(time.plus(SHIFT));
        });
    }

    private Map<Bytes32, List<PublicClaim>> transactions() {
        return model.claims().stream().collect(Collectors.groupingBy(c -> c.transaction().hash()));
    }

    private void send(EscrowOnAnvil escrow, List<PublicClaim> claims) {
        PublicClaim first = claims.getFirst();
        escrow.claimMany(first.transaction().sender(), claims.stream().map(c ->
                        new EscrowOnAnvil.Redeemed(key(c.linkKey()), c.amount(), c.recipient())).toList(),
                first.relayed() ? first.transaction().sender() : Address.ZERO, BigInteger.valueOf(first.transaction().priorityFee()));
    }

    /** The model's events with the real deposits and notes in the place of the simulated. */
    private List<String> expected() {
        return lines(new PublicChain(
                model.deposits().stream().map(d -> new PublicDeposit(real.get(d.id()).id(), d.depositor(), d.token(),
                        d.amount(), d.time().plus(SHIFT))).toList(),
                model.claims().stream().map(c -> new PublicClaim(notes.get(c.linkKey()).linkKey(), c.recipient(),
                        c.token(), c.amount(), c.relayed(), c.time().plus(SHIFT), c.transaction())).toList(),
                model.exits().stream().map(e -> new PublicExit(real.get(e.deposit()).id(),
                        notes.get(e.linkKey()).linkKey(), e.recipient(), e.token(), e.amount(), e.time().plus(SHIFT)))
                        .toList(),
                List.of()));
    }

    private static List<String> shown(EscrowOnAnvil escrow) {
        var reader = new PublicChainReader();
        for (JsonNode log : escrow.rpc.call("eth_getLogs",
                Map.of("fromBlock", "0x0", "address", escrow.domain.escrow().hex()))) {
            var topics = new ArrayList<Bytes32>();
            log.get("topics").forEach(topic -> topics.add(Bytes32.parse(topic.asString())));
            JsonNode block = escrow.rpc.call("eth_getBlockByNumber", log.get("blockNumber").asString(), false);
            JsonNode sent = escrow.rpc.call("eth_getTransactionByHash", log.get("transactionHash").asString());
            reader.add(topics, Hex.decode(log.get("data").asString()),
                    Instant.ofEpochSecond(Rpc.quantity(block.get("timestamp")).longValueExact()),
                    new PublicTransaction(Bytes32.parse(log.get("transactionHash").asString()),
                            Address.parse(sent.get("from").asString()),
                            Rpc.quantity(sent.get("maxPriorityFeePerGas")).longValueExact(), 0));
        }
        return lines(reader.chain(List.of()));
    }

    /** In the order of seconds; within a block, order means nothing. Transactions are known by what they carry. */
    private static List<String> lines(PublicChain chain) {
        Map<Bytes32, Long> carried = chain.claims().stream()
                .collect(Collectors.groupingBy(c -> c.transaction().hash(), Collectors.counting()));
        var lines = new ArrayList<String>();
        chain.deposits().forEach(d -> lines.add("deposited " + d));
        chain.claims().forEach(c -> lines.add(String.join(" ", "claimed", c.time().truncatedTo(ChronoUnit.SECONDS) + "",
                c.linkKey().hex(), c.recipient().hex(), c.token().hex(), c.amount() + "",
                c.transaction().sender().hex(), c.transaction().priorityFee() + "",
                "one of " + carried.get(c.transaction().hash()))));
        chain.exits().forEach(e -> lines.add("exited " + e));
        return lines.stream().sorted().toList();
    }

    private boolean isOf(Address linkKey, PublicDeposit deposit) {
        return traffic.truth().get(linkKey).deposit().equals(deposit.id());
    }

    private static void at(Map<Instant, List<Runnable>> blocks, Instant time, Runnable sent) {
        blocks.computeIfAbsent(time, t -> new ArrayList<>()).add(sent);
    }

    private static byte[] key(Address linkKey) {
        return Keccak.hash(linkKey.bytes()).bytes();
    }
}
