package io.walnut.ear;

import static io.walnut.ear.Api.ADAM;
import static io.walnut.ear.Api.NOBODY;
import static io.walnut.ear.Api.OLGA;
import static io.walnut.ear.Api.PATIENCE;
import static io.walnut.ear.Api.TINA;
import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import java.io.File;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the portal does for privacy, in its server, on a whole devnet. */
@ExtendWith(ArquillianExtension.class)
class PrivacyIT {
    private static final int HELD = 20;
    private static final int PATIENCE_SECONDS = 21;
    /** Of a transaction that the chain leaves waiting, by an eighth each. */
    private static final int MOST_RAISES = 20;

    @Deployment(testable = false)
    static EnterpriseArchive portal() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("walnut.it.ear")));
    }

    @Test
    void theFiguresFollowTheChainAndAreThereForEverybody() {
        String batch = PortalIT.create("figures", "300000000000000000", "200000000000000000");
        PortalIT.fund(batch);
        long block = TINA.await("batches/" + batch, PATIENCE, state("ready"))
            .get("deposits").get(0).get("block_number").asLong();
        JsonNode ether = NOBODY.await("privacy", PATIENCE, p -> p.get("as_of_block").asLong() >= block)
            .get("data").get(0);
        assertEquals("ETH", ether.get("symbol").asString());
        JsonNode smallest = ether.get("denominations").get(ether.get("denominations").size() - 1);
        assertEquals(BigInteger.TEN.pow(14), new BigInteger(smallest.get("amount").asString()));
        assertTrue(new BigInteger(smallest.get("outstanding_at_most").asString()).signum() > 0);
        assertTrue(ether.get("now").get("linked_share").asDouble() <= 1);
        assertEquals(3, ether.get("after").size());
        assertTrue(ether.get("advice").asString().endsWith("."), ether.get("advice").asString());
    }

    @Test
    void aBatchIsJudgedBeforeItIsMadeAndNothingIsStored() {
        String newest = PortalIT.create("before the preview", "1");
        JsonNode exact = OLGA.post("privacy/preview",
            "{\"policy\":\"exact\",\"amounts\":[\"1234500000000000000\",\"1000000000000000000\"]}").expect(200);
        assertEquals(2, exact.get("notes").asInt());
        assertEquals(1, exact.get("unusual_notes").asInt());
        assertEquals(1, exact.get("deposits").asInt());
        JsonNode standard = ADAM.post("privacy/preview", "{\"policy\":\"standard\",\"amounts\":"
            + "[\"1234500000000000000\",\"1000000000000000000\"]}").expect(200);
        assertEquals(8, standard.get("notes").asInt());
        assertEquals(0, standard.get("unusual_notes").asInt());
        assertEquals(6, standard.get("ahead").size());
        double atOnce = standard.get("at_once").get("linked_share").asDouble();
        assertTrue(standard.get("ahead").get(4).get("linked_share").asDouble() <= atOnce, String.valueOf(standard));
        JsonNode refused = TINA.post("privacy/preview", "{\"policy\":\"standard\",\"amounts\":[\"1000000000000000000\",\"1\"]}")
            .expect(400);
        assertEquals("amounts[1]", refused.get("errors").get(0).get("field").asString());
        assertEquals(401, NOBODY.post("privacy/preview", "{\"amounts\":[\"1\"]}").status());
        assertEquals(newest, PortalIT.id(TINA.get("batches?limit=1").expect(200).get("data").get(0)));
    }

    /** A note of somebody who uses the escrow without this portal, redeemed by exit, which needs no enclave. */
    private static final class Stranger {
        private static final Secp256k1 CURVE = Secp256k1.bouncyCastle();
        private static final BigInteger AMOUNT = BigInteger.valueOf(5_000);

        final EscrowDomain domain;
        final byte[] key = new byte[32];
        final Note note;
        final Deposit deposit;
        final Address recipient = new Recipient().address;

        Stranger() {
            JsonNode escrow = NOBODY.get("escrow").expect(200);
            domain = new EscrowDomain(escrow.get("chain_id").asLong(), Address.parse(escrow.get("address").asString()));
            new SecureRandom().nextBytes(key);
            note = new Note(CURVE.address(key), AMOUNT, Bytes32.ZERO);
            deposit = new Deposit(Address.ZERO, AMOUNT, NoteTree.of(List.of(note)).root());
        }

        void deposit() {
            send(AMOUNT, EscrowAbi.deposit(deposit));
        }

        /** @return the transaction's receipt */
        JsonNode exit() {
            Claim claim = claim();
            return send(BigInteger.ZERO,
                EscrowAbi.exit(claim, CURVE.sign(claim.digest(domain), key), deposit, note.salt(), List.of()));
        }

        private Claim claim() {
            return new Claim(Address.ZERO, AMOUNT, recipient, BigInteger.ZERO, Address.ZERO,
                BigInteger.valueOf(Instant.now().getEpochSecond() + 86_400));
        }

        /** What an outsider can put together of what is on chain. */
        String body() {
            Claim claim = claim();
            Signature signature = CURVE.sign(claim.digest(domain), key);
            return "{\"token\":\"" + Address.ZERO.hex() + "\",\"amount\":\"" + AMOUNT + "\",\"link_key\":\""
                + note.linkKey().hex() + "\",\"voucher_signature\":\"" + signature + "\",\"recipient\":\""
                + recipient.hex() + "\",\"relayer\":\"" + Address.ZERO.hex() + "\",\"fee\":\"0\",\"deadline\":"
                + claim.deadline() + ",\"link_signature\":\"" + signature + "\"}";
        }

        private JsonNode send(BigInteger value, byte[] data) {
            String hash = Chain.send(domain.escrow(), value, data);
            JsonNode receipt;
            do {
                Api.pause();
                receipt = Chain.rpc("eth_getTransactionReceipt", "[\"" + hash + "\"]");
            } while (receipt.isNull());
            assertEquals("0x1", receipt.get("status").asString());
            return receipt;
        }
    }

    @Test
    void whoseAPaidNoteWasCannotBeToldFromTheAnswer() {
        JsonNode link = PortalIT.readyLink("whose", "1000");
        var recipient = new Recipient();
        String ours = recipient.claim(PortalIT.reveal(link), 0).toString();
        NOBODY.post("claims", ours).expect(202);
        var stranger = new Stranger();
        assertEquals("link_unknown", NOBODY.post("claims", stranger.body()).problem(404), "nothing of it is on chain yet");
        stranger.deposit();
        stranger.exit();
        TINA.await("links/" + PortalIT.id(link), PATIENCE, state("claimed"));

        Api.Answer own = settled(ours);
        Api.Answer foreign = settled(stranger.body());
        assertEquals(own.status(), foreign.status());
        assertEquals(own.body().propertyNames(), foreign.body().propertyNames());
        own.body().propertyNames().forEach(name -> assertEquals(own.body().get(name).getNodeType(),
            foreign.body().get(name).getNodeType(), name));
        for (String name : List.of("id", "state", "fee", "pay_by", "failure")) {
            assertEquals(own.body().get(name), foreign.body().get(name), name);
        }
        assertEquals(stranger.recipient, Address.parse(foreign.body().get("recipient").asString()));
        assertEquals(recipient.address, Address.parse(own.body().get("recipient").asString()));
        assertEquals(own.headers().keySet(), foreign.headers().keySet());
    }

    @Test
    void whatWasInReplacedFinalBlocksIsForgottenAndReadAnew() {
        var stranger = new Stranger();
        stranger.deposit();
        JsonNode exit = stranger.exit();
        long block = Long.decode(exit.get("blockNumber").asString());
        String lost = exit.get("transactionHash").asString();
        NOBODY.await("privacy", PATIENCE, p -> p.get("as_of_block").asLong() >= block);
        assertEquals(lost, settled(stranger.body()).body().get("tx_hash").asString());
        Chain.hold();
        try {
            Chain.undoFrom(lost);
        } finally {
            Chain.goOn();
        }
        assertEquals("link_unknown", asked(stranger.body(), answer -> answer.status() != 200).problem(404),
            "the payment is not on chain any more");

        JsonNode again = stranger.exit();
        long later = Long.decode(again.get("blockNumber").asString());
        NOBODY.await("privacy", PATIENCE, p -> p.get("as_of_block").asLong() >= later);
        assertEquals(again.get("transactionHash").asString(),
            settled(stranger.body()).body().get("tx_hash").asString());
    }

    private static Api.Answer settled(String body) {
        return asked(body, answer -> {
            assertEquals(200, answer.status(), String.valueOf(answer.body()));
            return answer.body().get("state").asString().equals("settled");
        });
    }

    /** Asks about a note until the answer is as awaited. */
    private static Api.Answer asked(String body, Predicate<Api.Answer> awaited) {
        Instant end = Instant.now().plus(PATIENCE);
        Api.Answer answer;
        do {
            // A link may be asked about twenty times a minute.
            LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
            answer = NOBODY.post("claims", body);
        } while (!awaited.test(answer) && Instant.now().isBefore(end));
        return answer;
    }

    @Test
    void heldClaimsArePaidWithinTheirPatienceAndGoOutTogether() {
        BigInteger tipBefore = roundedTip();
        String batch = PortalIT.create("held", IntStream.range(0, HELD).mapToObj(i -> String.valueOf(1001 + i))
            .toArray(String[]::new));
        PortalIT.fund(batch);
        TINA.await("batches/" + batch, PATIENCE, state("ready"));
        List<JsonNode> links = PortalIT.links(batch);
        var recipients = new ArrayList<Recipient>();
        var bodies = new ArrayList<Supplier<String>>();
        for (JsonNode link : links) {
            var recipient = new Recipient();
            recipients.add(recipient);
            String body = recipient.claim(PortalIT.reveal(link), 0).put("patience_seconds", PATIENCE_SECONDS).toString();
            bodies.add(() -> held(body));
        }
        // All at once, and more than there are moments to pay them at: some fall together however they are drawn.
        List<String> claims = PortalIT.atOnce(bodies);
        var transactions = new HashSet<String>();
        for (String claim : claims) {
            transactions.add(NOBODY.await("claims/" + claim, PATIENCE, state("settled")).get("tx_hash").asString());
        }
        assertTrue(transactions.size() < claims.size(), "each went alone");
        for (int i = 0; i < recipients.size(); i++) {
            JsonNode link = TINA.await("links/" + PortalIT.id(links.get(i)), PATIENCE, state("claimed"));
            assertEquals(new BigInteger(link.get("amount").asString()), recipients.get(i).balance());
        }
        assertAlike(transactions, tipBefore, roundedTip());
    }

    /** The id of a claim that is held for as long as its recipient will wait, and no longer. */
    private static String held(String body) {
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        JsonNode claim = NOBODY.post("claims", body).expect(202);
        Instant answered = Instant.now();
        assertEquals("scheduled", claim.get("state").asString());
        Instant payBy = Instant.parse(claim.get("pay_by").asString());
        assertTrue(!payBy.isBefore(asked.plusSeconds(PATIENCE_SECONDS)), asked + " " + payBy);
        assertTrue(!payBy.isAfter(answered.plusSeconds(PATIENCE_SECONDS)), answered + " " + payBy);
        return PortalIT.id(claim);
    }

    /** The tip that the node suggests, as the relayer takes it: a power of two. */
    private static BigInteger roundedTip() {
        BigInteger tip = new BigInteger(Chain.rpc("eth_maxPriorityFeePerGas", "[]").asString().substring(2), 16);
        return BigInteger.ONE.shiftLeft(tip.subtract(BigInteger.ONE).bitLength());
    }

    /**
     * Nothing in how the relayer sends tells its transactions apart, but for how many claims they carry, what the network
     * asked meanwhile, and that it left one waiting.
     */
    private static void assertAlike(Set<String> transactions, BigInteger tipBefore, BigInteger tipAfter) {
        var tips = new HashSet<BigInteger>();
        for (BigInteger tip = tipBefore.min(tipAfter); tip.compareTo(tipBefore.max(tipAfter)) <= 0; tip = tip.shiftLeft(1)) {
            BigInteger raised = tip;
            for (int times = 0; times < MOST_RAISES; times++) {
                tips.add(raised);
                raised = raised.add(raised.shiftRight(3)).add(BigInteger.ONE);
            }
        }
        for (String hash : transactions) {
            JsonNode tx = Chain.rpc("eth_getTransactionByHash", "[\"" + hash + "\"]");
            long gas = Long.decode(tx.get("gas").asString());
            assertEquals(0, gas % 150_000, "a gas limit in steps: " + gas);
            assertEquals("0x2", tx.get("type").asString());
            BigInteger tip = new BigInteger(tx.get("maxPriorityFeePerGas").asString().substring(2), 16);
            assertTrue(tips.contains(tip), "a tip of its own: " + tip);
        }
    }

    @Test
    void whoLosesPatienceIsPaidAtOnce() {
        String url = PortalIT.reveal(PortalIT.readyLink("impatient", "2000"));
        var recipient = new Recipient();
        ObjectNode claim = recipient.claim(url, 0);
        assertEquals("invalid_request",
            NOBODY.post("claims", claim.put("patience_seconds", 604_801).toString()).problem(400));
        assertEquals("deadline_invalid",
            NOBODY.post("claims", claim.put("patience_seconds", 604_800).toString()).problem(422));
        JsonNode held = NOBODY.post("claims", claim.put("patience_seconds", 80_000).toString()).expect(202);
        assertEquals("scheduled", held.get("state").asString());
        assertTrue(held.get("tx_hash").isNull());
        assertEquals(held, NOBODY.get("claims/" + PortalIT.id(held)).expect(200));
        JsonNode hastened = NOBODY.post("claims", claim.put("patience_seconds", 0).toString()).expect(202);
        assertEquals(PortalIT.id(held), PortalIT.id(hastened));
        NOBODY.await("claims/" + PortalIT.id(held), PATIENCE, state("settled"));
        assertEquals(BigInteger.valueOf(2000), recipient.balance());
    }

    @Test
    void aReceiptProvesOnePaymentToWhomeverItIsShown() throws Exception {
        String batch = PortalIT.create("shown", "700000", "800000", "900000");
        TINA.post("batches/" + batch + "/submit").expect(200);
        JsonNode link = PortalIT.links(batch).get(1);
        String path = "links/" + PortalIT.id(link) + "/receipt";
        assertEquals("deposit_not_final", OLGA.get(path).problem(409));
        PortalIT.approveAndFund(batch);
        TINA.await("batches/" + batch, PATIENCE, state("ready"));
        var recipient = new Recipient();
        NOBODY.post("claims", recipient.claim(PortalIT.reveal(link), 0).toString()).expect(202);
        TINA.await("links/" + PortalIT.id(link), PATIENCE, state("claimed"));

        assertEquals("role_needed", ADAM.get(path).problem(403));
        ObjectNode receipt = (ObjectNode) OLGA.get(path).expect(200);
        String proven = verify(receipt, 0);
        assertTrue(proven.contains(": " + link.get("amount").asString() + " smallest units of the chain's coin"), proven);
        assertTrue(proven.contains("paid to " + recipient.address), proven);
        assertTrue(TINA.get("links/" + PortalIT.id(link)).expect(200).get("timeline").valueStream()
            .anyMatch(e -> e.get("type").asString().equals("link.receipt_issued")
                && e.get("actor").asString().equals("olga")));

        assertRefused("SIGNATURE", receipt.deepCopy().put("reference", "another"));
        ObjectNode raised = receipt.deepCopy();
        ((ObjectNode) raised.get("notes").get(0)).put("amount", "900001");
        assertRefused("SIGNATURE", raised);
        ObjectNode bent = receipt.deepCopy();
        ((ArrayNode) bent.get("notes").get(0).get("path")).remove(0);
        assertRefused("NOTES", bent);
        assertRefused("FORMAT", receipt.deepCopy().put("more", 1));
        JsonNode other = OLGA.get("links/" + PortalIT.id(PortalIT.links(batch).get(0)) + "/receipt").expect(200);
        assertTrue(verify(other, 0).contains("not redeemed yet"));
    }

    private static void assertRefused(String step, JsonNode receipt) throws Exception {
        String refused = verify(receipt, 1);
        assertTrue(refused.lines().toList().getLast().startsWith("REFUSED at step " + step + " "), refused);
    }

    /** What the auditor's command says, which knows nothing of the portal. */
    private static String verify(JsonNode receipt, int status) throws Exception {
        Path file = Files.createTempFile("receipt", ".json");
        try {
            Files.writeString(file, receipt.toString());
            Path target = Path.of("..", "privacy", "target");
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                target.resolve("walnut-privacy.jar") + File.pathSeparator + target.resolve("lib") + "/*",
                "io.walnut.privacy.receipt.VerifyMain", file.toString(), "--rpc", TestBed.chain().toString())
                .redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(status, process.waitFor(), said);
            return said;
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void linksAreGivenOutWhenTheirTimeHasComeAndNotBefore() {
        Instant soon = Instant.now().plusSeconds(20).truncatedTo(ChronoUnit.SECONDS);
        String early = released(soon, "early");
        String late = released(soon.plus(Duration.ofDays(30)), "late");
        assertEquals("link_not_released", TINA.post(late + "/reveal").problem(409));
        TINA.post(late + "/send").expect(202);

        TINA.await(early, PATIENCE, l -> l.get("timeline").valueStream()
            .anyMatch(e -> e.get("type").asString().equals("link.released")));
        assertTrue(!Instant.now().isBefore(soon), "released too early");
        TINA.post(early + "/reveal").expect(200);
        TINA.post(early + "/send").expect(202);
        TestBed.mailbox().await("early@example.org");
        assertEquals(List.of(), TestBed.mailbox().of("late@example.org"));
        assertEquals("invalid_request", TINA.post("batches", "{\"title\":\"never\",\"release_at\":\""
            + "2999-01-01T00:00:00Z\",\"payments\":[{\"amount\":\"1\"}]}").problem(400));
    }

    /** The path of a link that is ready, and may be given out from {@code release} on. */
    private static String released(Instant release, String name) {
        String batch = PortalIT.id(TINA.post("batches", "{\"title\":\"" + name + "\",\"release_at\":\"" + release
            + "\",\"payments\":[{\"amount\":\"3000\",\"email\":\"" + name + "@example.org\"}]}").expect(201));
        PortalIT.fund(batch);
        TINA.await("batches/" + batch, PATIENCE, state("ready"));
        String link = "links/" + PortalIT.id(PortalIT.links(batch).get(0));
        assertEquals(release, Instant.parse(TINA.get(link).expect(200).get("release_at").asString()));
        return link;
    }
}
