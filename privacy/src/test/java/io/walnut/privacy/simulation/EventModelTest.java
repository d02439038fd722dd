package io.walnut.privacy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowAbi.Claimed;
import io.walnut.contracts.EscrowAbi.Deposited;
import io.walnut.contracts.EscrowAbi.Exited;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.devnet.rpc.Rpc;
import io.walnut.privacy.EscrowOnAnvil;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.report.Grid;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration SHIFT = Duration.between(Demand.START, Instant.now().plus(Duration.ofDays(1)));

    private final Traffic traffic = Simulation.run(MODEL, Grid.RECOMMENDED, 11);
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
                first.relayer(), BigInteger.valueOf(first.transaction().priorityFee()));
    }

    /** Escrow and chain agree in the order of blocks; within a block, order means nothing. */
    private List<String> expected() {
        Map<Bytes32, List<PublicClaim>> transactions = transactions();
        var lines = new ArrayList<String>();
        model.deposits().forEach(d -> lines.add(String.join(" ", "deposited", seconds(d.time()),
                real.get(d.id()).id().toString(), d.depositor().hex(), d.amount().toString())));
        model.claims().forEach(c -> lines.add(String.join(" ", "claimed", seconds(c.time()),
                notes.get(c.linkKey()).linkKey().hex(), c.recipient().hex(), c.amount().toString(), c.relayer().hex(),
                c.transaction().sender().hex(), Long.toString(c.transaction().priorityFee()),
                "with " + (transactions.get(c.transaction().hash()).size() - 1))));
        model.exits().forEach(e -> lines.add(String.join(" ", "exited", seconds(e.time()),
                real.get(e.deposit()).id().toString(), notes.get(e.linkKey()).linkKey().hex(), e.recipient().hex(),
                e.amount().toString())));
        return lines.stream().sorted().toList();
    }

    private List<String> shown(EscrowOnAnvil escrow) {
        var lines = new ArrayList<String>();
        JsonNode logs = escrow.rpc.call("eth_getLogs",
                Map.of("fromBlock", "0x0", "address", escrow.domain.escrow().hex()));
        for (JsonNode log : logs) {
            var topics = new ArrayList<Bytes32>();
            log.get("topics").forEach(topic -> topics.add(Bytes32.parse(topic.asString())));
            byte[] data = Hex.decode(log.get("data").asString());
            String time = Rpc.quantity(escrow.rpc.call("eth_getBlockByNumber", log.get("blockNumber").asString(), false)
                    .get("timestamp")).toString();
            if (topics.getFirst().equals(EscrowAbi.DEPOSITED)) {
                Deposited d = Deposited.decode(topics, data);
                lines.add(String.join(" ", "deposited", time, d.deposit().toString(), d.depositor().hex(), d.amount().toString()));
            } else if (topics.getFirst().equals(EscrowAbi.CLAIMED)) {
                Claimed c = Claimed.decode(topics, data);
                JsonNode sent = escrow.rpc.call("eth_getTransactionByHash", log.get("transactionHash").asString());
                lines.add(String.join(" ", "claimed", time, c.linkKey().hex(), c.recipient().hex(), c.amount().toString(),
                        c.relayer().hex(), sent.get("from").asString(),
                        Rpc.quantity(sent.get("maxPriorityFeePerGas")).toString(), "with " + (claimsWith(logs, log) - 1)));
            } else if (topics.getFirst().equals(EscrowAbi.EXITED)) {
                Exited e = Exited.decode(topics, data);
                lines.add(String.join(" ", "exited", time, e.deposit().toString(), e.linkKey().hex(), e.recipient().hex(),
                        e.amount().toString()));
            }
        }
        return lines.stream().sorted().toList();
    }

    /** How many claims the log's transaction made. */
    private static long claimsWith(JsonNode logs, JsonNode log) {
        return logs.valueStream().filter(other -> other.get("transactionHash").equals(log.get("transactionHash"))
                && other.get("topics").get(0).asString().equals(EscrowAbi.CLAIMED.toString())).count();
    }

    private boolean isOf(Address linkKey, PublicDeposit deposit) {
        return traffic.truth().get(linkKey).deposit().equals(deposit.id());
    }

    private static void at(Map<Instant, List<Runnable>> blocks, Instant time, Runnable sent) {
        blocks.computeIfAbsent(time, t -> new ArrayList<>()).add(sent);
    }

    private static String seconds(Instant time) {
        return Long.toString(time.plus(SHIFT).getEpochSecond());
    }

    private static byte[] key(Address linkKey) {
        return Keccak.hash(linkKey.bytes()).bytes();
    }
}
