package io.walnut.ear;

import static io.walnut.ear.Api.PATIENCE;
import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can come between the moment at which a transaction was right and its block. The server asks the chain through an
 * endpoint that strikes just then.
 */
class ChainRacesIT {
    private static final int WINDOW_SECONDS = 15;
    private static final int AT_ONCE = 2;
    private static final int RECIPIENTS_PATIENCE = 3 * WINDOW_SECONDS;
    /** Reverts whatever it is called with. */
    private static final String REFUSES_MONEY = "0x60006000fd";

    private static Relay rpc;
    private static ServerProcess server;
    private static Address escrow;
    private static Token rlc;
    private static Api tina;
    private static Api adam;
    private static Api olga;
    private static Api nobody;

    @BeforeAll
    static void startServer() throws Exception {
        rpc = new Relay(TestBed.freePort());
        var settings = new ArrayList<>(TestBed.freshDatabase("races"));
        // Held claims wait for the end of the window that they came in, and so for each other.
        settings.addAll(List.of("-Dwalnut.escrow.rpc-urls=" + rpc.url(), "-Dwalnut.relayer.mean-delay-seconds=1",
            "-Dwalnut.relayer.batch-seconds=" + WINDOW_SECONDS, "-Dwalnut.outbox.at-once=" + AT_ONCE, "-Dwalnut.claims.per-minute-per-address=100000"));
        server = new ServerProcess("races", settings);
        server.start();
        tina = new Api("tina", server.address());
        adam = new Api("adam", server.address());
        olga = new Api("olga", server.address());
        nobody = new Api(null, server.address());
        escrow = TestBed.devnet().walnut().escrow();
        rlc = new Token(TestBed.devnet().poco().rlc(), escrow);
    }

    @AfterAll
    static void stopServer() {
        server.close();
        rpc.close();
    }

    @AfterEach
    void strikeNoMore() {
        rpc.listen(request -> { });
        Chain.goOn();
    }

    /**
     * The approval was in a block when the deposit's turn came, and that block is lost when its gas is estimated: without
     * the approval it reverts.
     */
    @Test
    void aTokensDepositWaitsForAnApprovalWhoseBlockIsLost() {
        Address treasury = TestBed.devnet().accounts().treasury().address();
        if (rlc.allowance(treasury).signum() != 0) {
            rlc.approve(treasury, 0);
        }
        List<Long> approvals = rlc.approvals(treasury);
        BigInteger before = rlc.balance(treasury);
        String batch = create(rlc.address(), 70, 7);
        double sent = transactions("sent");
        double rejected = transactions("rejected");
        var lost = new AtomicInteger();
        rpc.listen(request -> {
            if (asksForGasOfEscrow(request) && lost.incrementAndGet() == 1) {
                Chain.undoLastBlock();
            }
        });
        Chain.hold();
        tina.post("batches/" + batch + "/fund").expect(200);
        await("the approval in a block", () -> {
            Chain.mine();
            return rlc.allowance(treasury).longValue() == 77;
        });
        await("the loss of that block", () -> lost.get() > 0);
        await("the approval to be sent once more", () -> transactions("sent") >= sent + 2);
        assertEquals(approvals, rlc.approvals(treasury));
        assertEquals(rejected, transactions("rejected"), "given up");
        assertEquals("awaiting_deposit", tina.get("batches/" + batch).expect(200).get("state").asString());

        Chain.goOn();
        tina.await("batches/" + batch, PATIENCE, state("ready"));
        approvals.add(77L);
        assertEquals(approvals, rlc.approvals(treasury), "approved once");
        assertEquals(BigInteger.ZERO, rlc.allowance(treasury));
        assertEquals(BigInteger.valueOf(77), before.subtract(rlc.balance(treasury)), "deposited once");
        assertEquals(rejected, transactions("rejected"));
    }

    /**
     * Of four claims that go out together, the third is paid by its recipient's own hand a moment before, and the address
     * of the fourth stops taking money.
     */
    @Test
    void whatABundleCannotPayHoldsUpNoneOfTheOthersAndIsPaidOnce() {
        List<String> links = ready(fund(Address.ZERO, 5001, 5002, 5003, 5004));
        List<String> urls = links.stream().map(ChainRacesIT::reveal).toList();
        List<Recipient> people = Stream.generate(Recipient::new).limit(4).toList();
        List<ObjectNode> bodies = IntStream.range(0, 4)
            .mapToObj(i -> people.get(i).claim(urls.get(i), 0, Address.ZERO, BigInteger.ZERO)).toList();
        List<String> claims = claimTogether(bodies);
        var own = new AtomicReference<String>();
        rpc.listen(request -> {
            // The devnet's chain takes them in the order in which they come.
            if (request.contains("eth_sendRawTransaction") && own.get() == null) {
                own.set(Chain.send(escrow, BigInteger.ZERO, Recipient.ownCall(bodies.get(2))));
                Chain.rpc("anvil_setCode", "[\"" + people.get(3).address.hex() + "\",\"" + REFUSES_MONEY + "\"]");
            }
        });

        String bundle = settled(claims.get(0));
        assertEquals(bundle, settled(claims.get(1)));
        assertEquals(2, paidIn(bundle), "two are skipped");
        for (int i : List.of(2, 3)) {
            JsonNode failed = nobody.await("claims/" + claims.get(i), PATIENCE, state("failed"));
            assertEquals("claim_would_fail", failed.get("failure").asString());
        }
        List<String> transactions = List.of(bundle, bundle, own.get());
        for (int i = 0; i < 3; i++) {
            JsonNode link = tina.await("links/" + links.get(i), PATIENCE, state("claimed"));
            assertEquals(transactions.get(i), link.get("tx_hash").asString());
            assertEquals(BigInteger.valueOf(5001 + i), people.get(i).balance());
            JsonNode answer = nobody.post("claims", bodies.get(i).toString()).expect(200);
            assertEquals(transactions.get(i), answer.get("tx_hash").asString());
        }

        tina.await("links/" + links.get(3), PATIENCE, state("ready"));
        assertEquals(BigInteger.ZERO, people.get(3).balance());
        assertEquals("claim_would_fail", nobody.post("claims", bodies.get(3).toString()).problem(422));
        var elsewhere = new Recipient();
        nobody.post("claims", elsewhere.claim(urls.get(3), 0, nobody).toString()).expect(202);
        tina.await("links/" + links.get(3), PATIENCE, state("claimed"));
        assertEquals(BigInteger.valueOf(5004), elsewhere.balance());
        bodies.forEach(body -> assertEquals(1, payments(body.get("link_key").asString()), "paid once"));
        assertTrue(olga.get("events/verify").expect(200).get("intact").asBoolean());
    }

    @Test
    void claimsThatAreDueTogetherGoOutInOneTransactionForEachTokenAndRelayer() {
        Address relayer = Address.parse(nobody.get("health").expect(200).get("relayer").get("address").asString());
        var bodies = new ArrayList<ObjectNode>();
        var kinds = new ArrayList<String>();
        for (String batch : List.of(fund(Address.ZERO, 601, 602, 603, 604, 605), fund(rlc.address(), 606, 607, 608, 609, 610))) {
            List<String> links = ready(batch);
            for (int i = 0; i < links.size(); i++) {
                Address named = i % 2 == 0 ? Address.ZERO : relayer;
                bodies.add(new Recipient().claim(reveal(links.get(i)), 0, named, BigInteger.ZERO));
                kinds.add(batch + " by " + named);
            }
        }
        List<String> claims = claimTogether(bodies);
        var transactions = new HashMap<String, Set<String>>();
        var sizes = new HashMap<String, Integer>();
        for (int i = 0; i < claims.size(); i++) {
            String transaction = settled(claims.get(i));
            transactions.computeIfAbsent(kinds.get(i), kind -> new HashSet<>()).add(transaction);
            sizes.merge(transaction, 1, Integer::sum);
        }
        assertEquals(4, transactions.size());
        transactions.forEach((kind, its) -> assertEquals(1, its.size(), kind));
        assertEquals(List.of(2, 2, 3, 3), sizes.values().stream().sorted().toList());
        sizes.forEach((transaction, size) -> assertEquals(size, paidIn(transaction)));
        for (ObjectNode body : bodies) {
            Address recipient = Address.parse(body.get("recipient").asString());
            boolean isCoin = Address.parse(body.get("token").asString()).isZero();
            assertEquals(new BigInteger(body.get("amount").asString()),
                isCoin ? Recipient.balance(recipient) : rlc.balance(recipient));
        }
    }

    @Test
    void aBlockIsNoticedHoweverManyWaitForFinality() {
        List<String> links = ready(fund(Address.ZERO, 811, 812, 813, 814, 815));
        List<String> bodies = links.stream()
            .map(link -> new Recipient().claim(reveal(link), 0, Address.ZERO, BigInteger.ZERO).toString()).toList();
        Chain.hold();
        List<String> claims = bodies.stream()
            .map(body -> nobody.post("claims", body).expect(202).get("id").asString()).toList();
        await("the node to have all of them", () -> Long.decode(Chain.rpc("txpool_status", "[]").get("pending").asString())
            == claims.size());
        Chain.mine();
        claims.forEach(claim -> nobody.await("claims/" + claim, PATIENCE, state("mined")));

        Chain.goOn();
        claims.forEach(ChainRacesIT::settled);
    }

    /** Claims that are held, all of them to the end of one window. */
    private static List<String> claimTogether(List<ObjectNode> bodies) {
        await("a window to begin", () -> Instant.now().getEpochSecond() % WINDOW_SECONDS < 3);
        return PortalIT.atOnce(bodies.stream().<Supplier<String>>map(body -> {
            String json = body.put("patience_seconds", RECIPIENTS_PATIENCE).toString();
            return () -> held(json);
        }).toList());
    }

    private static String held(String body) {
        JsonNode claim = nobody.post("claims", body).expect(202);
        assertEquals("scheduled", claim.get("state").asString());
        return claim.get("id").asString();
    }

    /** The hash of the transaction that has paid a claim. */
    private static String settled(String claim) {
        return nobody.await("claims/" + claim, PATIENCE, state("settled")).get("tx_hash").asString();
    }

    /** How many claims a transaction has paid. */
    private static int paidIn(String transaction) {
        return (int) Chain.rpc("eth_getTransactionReceipt", "[\"" + transaction + "\"]").get("logs").valueStream()
            .filter(log -> log.get("address").asString().equals(escrow.hex()))
            .filter(log -> EscrowAbi.Claimed.is(Bytes32.parse(log.get("topics").get(0).asString()))).count();
    }

    /** How often a note was paid. */
    private static int payments(String linkKey) {
        return Chain.rpc("eth_getLogs", "[{\"address\":\"" + escrow.hex() + "\",\"fromBlock\":\"0x0\",\"topics\":[\""
            + EscrowAbi.CLAIMED + "\",\"0x" + "0".repeat(24) + linkKey.substring(2).toLowerCase(Locale.ROOT) + "\"]}]").size();
    }

    private static String fund(Address token, long... amounts) {
        String batch = create(token, amounts);
        tina.post("batches/" + batch + "/fund").expect(200);
        return batch;
    }

    /** The links of a batch, in its order, when they are ready. */
    private static List<String> ready(String batch) {
        tina.await("batches/" + batch, PATIENCE, state("ready"));
        return tina.get("links?limit=100&batch=" + batch).expect(200).get("data").valueStream()
            .sorted(Comparator.comparing(link -> link.get("index").asInt())).map(link -> link.get("id").asString()).toList();
    }

    private static String reveal(String link) {
        return tina.post("links/" + link + "/reveal").expect(200).get("url").asString();
    }

    private static void await(String what, BooleanSupplier wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wanted.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), () -> "waited in vain for " + what);
            Api.pause();
        }
    }

    private static boolean asksForGasOfEscrow(String request) {
        return request.contains("eth_estimateGas") && request.contains("\"to\":\"" + escrow.hex() + '"');
    }

    /** How many of the outbox's transactions have come to a state since the server's start. */
    private static double transactions(String state) {
        Matcher figure = Pattern.compile("^walnut_transitions_total\\{object=\"transaction\",state=\"" + state
            + "\"} (\\S+)$", Pattern.MULTILINE).matcher(olga.text("metrics"));
        assertTrue(figure.find(), state);
        return Double.parseDouble(figure.group(1));
    }

    /** A draft that is approved. */
    private static String create(Address token, long... amounts) {
        var payments = new ArrayList<String>();
        for (long amount : amounts) {
            payments.add("{\"amount\":\"" + amount + "\"}");
        }
        String batch = tina.post("batches", "{\"title\":\"raced\",\"token\":\"" + token.hex() + "\",\"payments\":["
            + String.join(",", payments) + "]}").expect(201).get("id").asString();
        tina.post("batches/" + batch + "/submit").expect(200);
        adam.post("batches/" + batch + "/approve").expect(200);
        return batch;
    }
}
