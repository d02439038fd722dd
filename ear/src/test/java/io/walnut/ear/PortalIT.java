package io.walnut.ear;

import static io.walnut.ear.Api.ADAM;
import static io.walnut.ear.Api.NOBODY;
import static io.walnut.ear.Api.OLGA;
import static io.walnut.ear.Api.PATIENCE;
import static io.walnut.ear.Api.TINA;
import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.walnut.contracts.Address;
import io.walnut.contracts.Link;
import io.walnut.contracts.LinkWords;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import jakarta.mail.internet.MimeMessage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The EAR in its server, on a whole devnet, through the API as its users have it. */
@ExtendWith(ArquillianExtension.class)
class PortalIT {
    private static final int LINK_CLAIMS_A_MINUTE = 20;

    @Deployment(testable = false)
    static EnterpriseArchive portal() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("walnut.it.ear")));
    }

    @Test
    void everyRecipientIsPaidExactlyWhatTheBatchSays() {
        String batch = create("payroll", "1250000000000000000", "800000000000000000", "43217000000000000");
        fund(batch);
        JsonNode ready = TINA.await("batches/" + batch, PATIENCE, state("ready"));
        assertEquals("signed", ready.get("deposits").get(0).get("state").asString());

        var recipients = new ArrayList<Recipient>();
        var claims = new ArrayList<String>();
        List<JsonNode> links = links(batch);
        assertEquals(3, links.size());
        for (JsonNode link : links) {
            var recipient = new Recipient();
            recipients.add(recipient);
            ObjectNode claim = recipient.claim(reveal(link), 0);
            claims.add(NOBODY.post("claims", claim.toString()).expect(202).get("id").asString());
        }
        for (int i = 0; i < links.size(); i++) {
            NOBODY.await("claims/" + claims.get(i), PATIENCE, state("settled"));
            JsonNode link = TINA.await("links/" + id(links.get(i)), PATIENCE, state("claimed"));
            assertEquals(new BigInteger(link.get("amount").asString()), recipients.get(i).balance());
            assertEquals(recipients.get(i).address, Address.parse(link.get("recipient").asString()));
        }
    }

    @Test
    void theTasksOfOneBatchDoNotTakeEachOthersStake() {
        String batch = create("four deposits", Collections.nCopies(1501, "1").toArray(String[]::new));
        fund(batch);
        JsonNode ready = TINA.await("batches/" + batch, PATIENCE, state("ready"));
        assertEquals(4, ready.get("deposits").size());
    }

    @Test
    void aTokenIsDepositedUnderAnAllowanceOfExactlyWhatIsDue() {
        var rlc = new Token(TestBed.devnet().poco().rlc(), TestBed.devnet().walnut().escrow());
        Address treasury = TestBed.devnet().accounts().treasury().address();
        List<Long> approvals = rlc.approvals(treasury);
        rlc.approve(treasury, 5);
        BigInteger before = rlc.balance(treasury);
        String batch = id(TINA.post("batches", body("token", Collections.nCopies(501, "2").toArray(String[]::new))
            .replaceFirst("\\{", "{\"token\":\"" + rlc.address().hex() + "\",")).expect(201));
        fund(batch);
        JsonNode ready = TINA.await("batches/" + batch, PATIENCE, state("ready"));
        assertEquals(2, ready.get("deposits").size());
        approvals.addAll(List.of(5L, 0L, 1002L));
        assertEquals(approvals, rlc.approvals(treasury), "from a remainder only by way of zero");
        assertEquals(BigInteger.ZERO, rlc.allowance(treasury));
        assertEquals(BigInteger.valueOf(1002), before.subtract(rlc.balance(treasury)));

        TINA.post("batches/" + batch + "/fund").expect(200);
        JsonNode link = links(batch).get(0);
        var recipient = new Recipient();
        NOBODY.post("claims", recipient.claim(reveal(link), 0).toString()).expect(202);
        TINA.await("links/" + id(link), PATIENCE, state("claimed"));
        assertEquals(BigInteger.TWO, rlc.balance(recipient.address));
        assertEquals(BigInteger.valueOf(1002), before.subtract(rlc.balance(treasury)), "funded once");

        rlc.approve(treasury, 1000);
        String allowed = id(TINA.post("batches", body("allowed", "999")
            .replaceFirst("\\{", "{\"token\":\"" + rlc.address().hex() + "\",")).expect(201));
        fund(allowed);
        TINA.await("batches/" + allowed, PATIENCE, state("ready"));
        approvals.add(1000L);
        assertEquals(approvals, rlc.approvals(treasury), "what was allowed before is used");
        assertEquals(BigInteger.ONE, rlc.allowance(treasury));
    }

    @Test
    void aTokenThatTheTreasuryLacksIsRefusedBeforeAnythingIsSent() {
        String rlc = TestBed.devnet().poco().rlc().hex();
        String batch = id(TINA.post("batches", body("too much", "1000000000000000000")
            .replaceFirst("\\{", "{\"token\":\"" + rlc + "\",")).expect(201));
        TINA.post("batches/" + batch + "/submit").expect(200);
        ADAM.post("batches/" + batch + "/approve").expect(200);
        assertEquals("treasury_funds_low", TINA.post("batches/" + batch + "/fund").problem(422));
        TINA.post("batches/" + batch + "/cancel").expect(200);
    }

    @Test
    void aPaidLinkAnswersWithItsTransactionAndAnotherRecipientGetsNothing() {
        JsonNode link = readyLink("once", "1000");
        String url = reveal(link);
        var first = new Recipient();
        String body = first.claim(url, 0).toString();
        var thief = new Recipient();
        // Once it is in a block, everybody is answered with the payment.
        Chain.hold();
        try {
            String id = id(NOBODY.post("claims", body).expect(202));
            assertEquals(id, id(NOBODY.post("claims", body).expect(202)), "the same claim again is the same claim");
            assertEquals("claim_in_flight", NOBODY.post("claims", thief.claim(url, 0).toString()).problem(409));
        } finally {
            Chain.goOn();
        }

        TINA.await("links/" + id(link), PATIENCE, state("claimed"));
        JsonNode answer = NOBODY.post("claims", thief.claim(url, 0).toString()).expect(200);
        assertEquals("settled", answer.get("state").asString());
        assertEquals(first.address, Address.parse(answer.get("recipient").asString()));
        assertEquals(BigInteger.ZERO, thief.balance());
    }

    @Test
    void aClaimThatWasChangedOnTheWayIsRefused() {
        String url = reveal(readyLink("changed", "1000"));
        ObjectNode redirected = new Recipient().claim(url, 0).put("recipient", new Recipient().address.hex());
        assertEquals("signature_invalid", NOBODY.post("claims", redirected.toString()).problem(422));
        ObjectNode raised = new Recipient().claim(url, 0).put("amount", "1001");
        assertEquals("signature_invalid", NOBODY.post("claims", raised.toString()).problem(422));
        ObjectNode unvouched = new Recipient().claim(url, 0);
        unvouched.set("voucher_signature", unvouched.get("link_signature"));
        assertEquals("voucher_mismatch", NOBODY.post("claims", unvouched.toString()).problem(422));
        ObjectNode late = new Recipient().claim(url, 0).put("deadline", 1);
        assertEquals("signature_invalid", NOBODY.post("claims", late.toString()).problem(422));
        ObjectNode unknown = new Recipient().claim(url, 0).put("link_key", new Recipient().address.hex());
        assertEquals("signature_invalid", NOBODY.post("claims", unknown.toString()).problem(422));
    }

    @Test
    void aCancelledLinkReturnsItsMoneyToTheTreasury() {
        JsonNode link = readyLink("cancelled", "777000000000000000");
        String treasury = NOBODY.get("health").expect(200).get("treasury").get("address").asString();
        BigInteger before = Recipient.balance(Address.parse(treasury));
        assertEquals("reclaim_pending", TINA.post("links/" + id(link) + "/cancel").expect(200).get("state").asString());
        JsonNode cancelled = TINA.await("links/" + id(link), PATIENCE, state("cancelled"));
        assertEquals(new BigInteger("777000000000000000"),
            Recipient.balance(Address.parse(treasury)).subtract(before));
        JsonNode late = NOBODY.post("claims", new Recipient().claim(reveal(cancelled), 0).toString()).expect(200);
        assertEquals(treasury, late.get("recipient").asString(), "a paid note answers with its payment");
    }

    @Test
    void anExpiredLinkReturnsItsMoneyToTheTreasuryByItself() {
        String batch = id(TINA.post("batches", "{\"title\":\"expiring\",\"expires_at\":\""
            + Instant.now().plusSeconds(15) + "\",\"payments\":[{\"amount\":\"4242\"}]}").expect(201));
        fund(batch);
        String link = id(links(batch).get(0));
        JsonNode expired = TINA.await("links/" + link, PATIENCE, state("expired"));
        String treasury = NOBODY.get("health").expect(200).get("treasury").get("address").asString();
        assertEquals(treasury, expired.get("recipient").asString());
        assertEquals("illegal_transition", TINA.post("links/" + link + "/cancel").problem(409));
    }

    @Test
    void aStandardPaymentIsPaidInNotesThatLookAlikeAndItsHolderCanExitAlone() {
        String batch = id(TINA.post("batches", "{\"title\":\"standard\",\"policy\":\"standard\",\"openings\":true,"
            + "\"payments\":[{\"amount\":\"178000000000000000\"},{\"amount\":\"100000000000000000\"}]}").expect(201));
        fund(batch);
        TINA.await("batches/" + batch, PATIENCE, state("ready"));
        JsonNode link = links(batch).stream().filter(l -> l.get("index").asInt() == 0).findFirst().orElseThrow();
        String url = reveal(link);
        var recipient = new Recipient();
        var amounts = new ArrayList<BigInteger>();
        TINA.get("links/" + id(link)).expect(200).get("notes").forEach(n -> amounts.add(
            new BigInteger(n.get("amount").asString()).divide(BigInteger.TEN.pow(14))));
        assertEquals(List.of(1000L, 500L, 200L, 50L, 20L, 10L), amounts.stream().map(BigInteger::longValue).toList());
        try (Link opened = Link.parse(url.substring(url.indexOf('#')))) {
            Link.Openings openings = opened.openings().orElseThrow();
            for (int i = 0; i < amounts.size(); i++) {
                byte[] key = opened.noteKey(i);
                var note = new Note(Secp256k1.bouncyCastle().address(key), opened.items().get(i).amount(),
                    openings.openings().get(i).salt());
                assertTrue(NoteTree.verifies(openings.notesRoot(), note.leaf(), openings.openings().get(i).path()));
                NOBODY.post("claims", recipient.claim(url, i).toString()).expect(202);
            }
        }
        TINA.await("links/" + id(link), PATIENCE, state("claimed"));
        assertEquals(new BigInteger("178000000000000000"), recipient.balance());
    }

    @Test
    void eventsComeAsTheyHappenAndGoOnWhereAListenerWas() throws Exception {
        var lines = new LinkedBlockingQueue<String>();
        try (InputStream stream = TINA.stream("events/stream", null)) {
            Thread.ofVirtual().start(() -> Api.lines(stream, lines));
            awaitLine(lines, "listening");
            String batch = create("heard", "1");
            String data = awaitLine(lines, batch);
            assertTrue(data.startsWith("data:") && data.contains("\"batch.created\""), data);
        }
        long first = TINA.get("events?limit=1").expect(200).get("data").get(0).get("id").asLong();
        var again = new LinkedBlockingQueue<String>();
        try (InputStream stream = TINA.stream("events/stream", Long.toString(first - 1))) {
            Thread.ofVirtual().start(() -> Api.lines(stream, again));
            assertTrue(awaitLine(again, "\"id\":" + first + ",").startsWith("data:"));
        }
    }

    private static String awaitLine(LinkedBlockingQueue<String> lines, String part) throws InterruptedException {
        for (String line; (line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)) != null;) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("no line with " + part);
    }

    @Test
    void aMessageTravelsInTheLinksAndCannotHoldControls() {
        String said = "Danke <b>für</b> März – 谢谢";
        String batch = id(TINA.post("batches", "{\"title\":\"said\",\"message\":\"" + said
            + "\",\"payments\":[{\"amount\":\"31\"}]}").expect(201));
        assertEquals(said, TINA.get("batches/" + batch).expect(200).get("message").asString());
        fund(batch);
        TINA.await("batches/" + batch, PATIENCE, state("ready"));
        String url = reveal(links(batch).get(0));
        try (Link link = Link.parse(url.substring(url.indexOf('#')))) {
            assertEquals(Optional.of(new LinkWords(TestBed.PAYER, said)), link.words());
        }
        for (String bad : List.of("two\\nlines", "\u202Eevil", "x".repeat(501))) {
            assertEquals("invalid_request", TINA.post("batches", "{\"title\":\"said\",\"message\":\"" + bad
                + "\",\"payments\":[{\"amount\":\"31\"}]}").problem(400));
        }
    }

    @Test
    void aClaimWhoseBlockIsUndoneIsSentAgainAndPaidOnce() {
        String url = reveal(readyLink("undone", "31337"));
        var recipient = new Recipient();
        Chain.hold();
        try {
            String claim = id(NOBODY.post("claims", recipient.claim(url, 0).toString()).expect(202));
            NOBODY.await("claims/" + claim, PATIENCE, state("sent"));
            Chain.awaitKnown(() -> NOBODY.get("claims/" + claim).expect(200).get("tx_hash").asString());
            Chain.mine();
            NOBODY.await("claims/" + claim, PATIENCE, state("mined"));
            Chain.undoLastBlock();
            NOBODY.await("claims/" + claim, PATIENCE, state("sent"));
            assertEquals(BigInteger.ZERO, recipient.balance());
            Chain.goOn();
            NOBODY.await("claims/" + claim, PATIENCE, state("settled"));
            assertEquals(BigInteger.valueOf(31337), recipient.balance());
        } finally {
            Chain.goOn();
        }
    }

    @Test
    void aStuckClaimGetsAHigherFeeAndIsPaidOnce() {
        String url = reveal(readyLink("stuck", "4711"));
        var recipient = new Recipient();
        Chain.hold();
        try {
            String claim = id(NOBODY.post("claims", recipient.claim(url, 0).toString()).expect(202));
            String first = NOBODY.await("claims/" + claim, PATIENCE, state("sent")).get("tx_hash").asString();
            NOBODY.await("claims/" + claim, PATIENCE, c -> !c.get("tx_hash").asString().equals(first));
            Chain.goOn();
            NOBODY.await("claims/" + claim, PATIENCE, state("settled"));
            assertEquals(BigInteger.valueOf(4711), recipient.balance());
        } finally {
            Chain.goOn();
        }
    }

    @Test
    void finalBlocksThatAreReplacedAreReportedAndWhatWasInThemIsSentAgain() {
        JsonNode link = readyLink("finality", "4321");
        var recipient = new Recipient();
        String claim = id(NOBODY.post("claims", recipient.claim(reveal(link), 0).toString()).expect(202));
        JsonNode settled = NOBODY.await("claims/" + claim, PATIENCE, state("settled"));
        TINA.await("links/" + id(link), PATIENCE, state("claimed"));
        assertEquals(BigInteger.valueOf(4321), recipient.balance());
        Chain.hold();
        try {
            Chain.undoFrom(settled.get("tx_hash").asString());
            assertEquals(BigInteger.ZERO, recipient.balance());
        } finally {
            Chain.goOn();
        }
        NOBODY.await("health", PATIENCE, h -> h.get("chain").get("warning").asString("").equals("finality_broken"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (recipient.balance().signum() == 0 && System.nanoTime() < end) {
            Api.pause();
        }
        assertEquals(BigInteger.valueOf(4321), recipient.balance());
        assertEquals("claimed", TINA.get("links/" + id(link)).expect(200).get("state").asString());
        NOBODY.await("health", PATIENCE, h -> h.get("chain").get("status").asString().equals("up"));
        assertTrue(eventually(e -> e.get("type").asString().equals("chain.finality_broken")));
        assertTrue(OLGA.get("events/verify").expect(200).get("intact").asBoolean());
    }

    @Test
    void aBatchIsApprovedByASecondPerson() {
        String batch = create("second person", "1000");
        assertEquals("illegal_transition", ADAM.post("batches/" + batch + "/approve").problem(409));
        TINA.post("batches/" + batch + "/submit").expect(200);
        assertEquals("approval_by_submitter", TINA.post("batches/" + batch + "/approve").problem(403));
        assertEquals("role_needed", OLGA.post("batches/" + batch + "/approve").problem(403));
        assertEquals("awaiting_deposit",
            ADAM.post("batches/" + batch + "/approve").expect(200).get("state").asString());
        assertEquals("cancelled", TINA.post("batches/" + batch + "/cancel").expect(200).get("state").asString());
        assertTrue(links(batch).stream().allMatch(state("cancelled")));
        assertEquals("illegal_transition", TINA.post("batches/" + batch + "/fund").problem(409));
    }

    @Test
    void aDraftHasPaymentsAndBecomesLinksInTheirOrderWhenItIsSubmitted() {
        String batch = create("drafted", "5", "6", "7");
        JsonNode draft = TINA.get("batches/" + batch).expect(200);
        assertEquals("18", draft.get("total").asString());
        assertEquals(0, draft.get("deposits").size(), "nothing can be funded that nobody has submitted");
        assertEquals(List.of(), links(batch));
        JsonNode first = OLGA.get("batches/" + batch + "/payments?limit=2").expect(200);
        assertTrue(first.get("has_more").asBoolean());
        JsonNode rest = OLGA.get("batches/" + batch + "/payments?limit=2&starting_after=1").expect(200);
        assertFalse(rest.get("has_more").asBoolean());
        assertEquals("5 6 7", Stream.of(first, rest).flatMap(page -> page.get("data").valueStream())
            .map(payment -> payment.get("amount").asString()).collect(Collectors.joining(" ")));
        assertTrue(first.get("data").get(0).get("link_id").isNull());

        JsonNode submitted = TINA.post("batches/" + batch + "/submit").expect(200);
        assertEquals("18", submitted.get("deposits").get(0).get("amount").asString());
        JsonNode payments = OLGA.get("batches/" + batch + "/payments").expect(200).get("data");
        List<JsonNode> links = links(batch);
        links.forEach(link -> {
            JsonNode payment = payments.get(link.get("index").asInt());
            assertEquals(id(link), payment.get("link_id").asString());
            assertEquals(link.get("amount"), payment.get("amount"));
        });
        assertEquals(3, payments.size());
        assertEquals(3, links.size());
        assertEquals("batch_not_found", OLGA.get("batches/bat_none/payments").problem(404));
    }

    @Test
    void aCancelledDraftStillSaysWhatItWouldHavePaid() {
        String batch = create("never", "9");
        assertEquals("cancelled", TINA.post("batches/" + batch + "/cancel").expect(200).get("state").asString());
        assertEquals("illegal_transition", TINA.post("batches/" + batch + "/submit").problem(409));
        assertEquals(List.of(), links(batch));
        assertEquals("9", OLGA.get("batches/" + batch + "/payments").expect(200).get("data").get(0).get("amount").asString());
    }

    @Test
    void onlyATreasurerMakesBatchesAndNobodyIsLetInWithoutLogin() {
        String body = body("role", "1000");
        assertEquals("role_needed", ADAM.post("batches", body).problem(403));
        assertEquals("role_needed", OLGA.post("batches", body).problem(403));
        assertEquals(401, NOBODY.post("batches", body).status());
        assertEquals(401, NOBODY.get("links").status());
        OLGA.get("links").expect(200);
        assertEquals("cross_site", TINA.send("POST", "batches", body, "application/json",
            Map.of("Sec-Fetch-Site", "cross-site")).problem(403));
    }

    @Test
    void aRequestIsCarriedOutOnceForItsIdempotencyKey() {
        String key = "key-" + System.nanoTime();
        JsonNode first = TINA.post("batches", body("twice", "1000"), key).expect(201);
        assertEquals(first, TINA.post("batches", body("twice", "1000"), key).expect(201));
        assertEquals("idempotency_key_reused", TINA.post("batches", body("other", "1000"), key).problem(422));
        String bad = "key-bad-" + System.nanoTime();
        assertEquals("invalid_request", TINA.post("batches", body("fixed later", "-1"), bad).problem(400));
        TINA.post("batches", body("fixed later", "1"), bad).expect(201);
    }

    @Test
    void everyBadPaymentIsNamedAndNothingIsStored() {
        String newest = create("before the bad ones", "1");
        Api.Answer answer = TINA.post("batches", body("bad", "1", "x", "-3", "0", "1.5"));
        assertEquals("invalid_request", answer.problem(400));
        var fields = new ArrayList<String>();
        answer.body().get("errors").forEach(e -> fields.add(e.get("field").asString()));
        assertEquals(List.of("payments[1].amount", "payments[2].amount", "payments[3].amount", "payments[4].amount"),
            fields);
        Api.Answer csv = TINA.csv("batches?title=bad", "amount,reference\n0.5,A\nabc,B\n0.5,A\n");
        assertEquals("invalid_request", csv.problem(400));
        assertEquals("line 3", csv.body().get("errors").get(0).get("field").asString());
        assertEquals("line 4", csv.body().get("errors").get(1).get("field").asString());
        assertEquals(newest, id(TINA.get("batches?limit=1").expect(200).get("data").get(0)));
    }

    @Test
    void listsArePagedWithoutGapsOrRepeats() {
        String batch = create("paged", "1", "2", "3", "4", "5");
        TINA.post("batches/" + batch + "/submit").expect(200);
        var seen = new ArrayList<String>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = TINA.get("links?limit=2&batch=" + batch + after).expect(200);
            page.get("data").forEach(link -> seen.add(id(link)));
            more = page.get("has_more").asBoolean();
            after = "&starting_after=" + seen.get(seen.size() - 1);
        }
        assertEquals(5, seen.size());
        assertEquals(5, seen.stream().distinct().count());
        assertEquals("invalid_request", TINA.get("links?limit=0").problem(400));
    }

    @Test
    void whatIsMalformedIsAProblemOfTheCallerAndNeverOfTheServer() {
        for (String body : List.of("", "{", "[]", "null", "{\"title\":1}", "{\"unknown\":true}", "\u0000",
            "{\"title\":\"x\",\"payments\":[null]}", "{\"title\":\"x\",\"payments\":{}}",
            "{\"title\":\"x\",\"payments\":[{\"amount\":5}]}", "{\"title\":\"x\",\"title\":\"y\"}")) {
            Api.Answer answer = TINA.post("batches", body);
            assertTrue(answer.status() >= 400 && answer.status() < 500, () -> body + " gave " + answer.status());
            assertFalse(String.valueOf(answer.body()).contains("Exception"), () -> body + " gave " + answer.body());
            assertTrue(answer.body().get("code").asString().startsWith("invalid"), () -> body + ": " + answer.body());
            int status = NOBODY.post("claims", body).status();
            assertTrue(status >= 400 && status < 500, () -> body + " as a claim gave " + status);
        }
        assertEquals("not_found", TINA.get("nothing/here").problem(404));
        assertEquals("batch_not_found", TINA.get("batches/bat_none").problem(404));
        assertEquals("invalid_request", TINA.get("batches?state=unheard-of").problem(400));
    }

    @Test
    void theAuditLogHoldsWhatHappenedAndItsChainHolds() {
        String batch = create("audited", "1");
        var events = new ArrayList<Supplier<JsonNode>>();
        for (int i = 0; i < 20; i++) {
            events.add(() -> TINA.post("batches", body("meanwhile", "1")).expect(201));
            events.add(() -> OLGA.get("events/verify").expect(200));
        }
        // However many are written while it is looked at.
        atOnce(events).stream().filter(answer -> answer.has("intact")).forEach(verified -> {
            assertTrue(verified.get("intact").asBoolean(), verified::toString);
            assertTrue(verified.get("first_broken").isNull());
        });
        Predicate<JsonNode> isOurs = e -> e.get("subject").asString().equals(batch)
            && e.get("type").asString().equals("batch.created") && e.get("actor").asString().equals("tina");
        assertTrue(eventually(isOurs));
        assertEquals("role_needed", TINA.get("events/verify").problem(403));
    }

    private static boolean eventually(Predicate<JsonNode> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        long after = 0;
        while (Instant.now().isBefore(end)) {
            JsonNode page;
            do {
                page = OLGA.get("events?limit=100&starting_after=" + after).expect(200);
                for (JsonNode event : page.get("data")) {
                    if (wanted.test(event)) {
                        return true;
                    }
                    after = event.get("id").asLong();
                }
            } while (page.get("has_more").asBoolean());
            Api.pause();
        }
        return false;
    }

    @Test
    void aWebhookIsSignedAndRetriedUnderTheSameId() throws Exception {
        var asked = new AtomicInteger();
        var ids = new LinkedBlockingQueue<String>();
        var signatures = new LinkedBlockingQueue<String[]>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            ids.add(headers.getFirst("webhook-id"));
            signatures.add(new String[] {headers.getFirst("webhook-id") + '.' + headers.getFirst("webhook-timestamp")
                + '.' + body, headers.getFirst("webhook-signature")});
            exchange.sendResponseHeaders(asked.incrementAndGet() == 1 ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            JsonNode endpoint = TINA.post("webhook-endpoints",
                "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort() + "/\"}").expect(201);
            byte[] secret = Base64.getDecoder().decode(endpoint.get("secret").asString().substring("whsec_".length()));
            String[] signed = signatures.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertNotNull(signed, "nobody was told of the endpoint itself");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            assertEquals("v1," + Base64.getEncoder().encodeToString(
                mac.doFinal(signed[0].getBytes(StandardCharsets.UTF_8))), signed[1]);
            String first = ids.poll();
            String next;
            do {
                next = ids.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertNotNull(next, "the first delivery was refused and is not tried again");
            } while (!next.equals(first));
            assertEquals(204, TINA.send("DELETE", "webhook-endpoints/" + id(endpoint), null, null, Map.of()).status());
        } finally {
            server.stop(0);
        }
        assertEquals("invalid_request", TINA.post("webhook-endpoints", "{\"url\":\"ftp://x\"}").problem(400));
    }

    @Test
    void anEndpointThatNeverAnswersHoldsUpNoOther() throws Exception {
        var arrived = new LinkedBlockingQueue<String>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrived.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String dead = endpoint(silent.getLocalPort());
            String alive = endpoint(server.getAddress().getPort());
            String last = null;
            for (int i = 0; i < 40; i++) {
                last = id(TINA.post("batches", "{\"title\":\"heard\",\"payments\":[{\"amount\":\"1\"}]}").expect(201));
            }
            // One after the other, the silent endpoint's alone would take two hundred seconds.
            Instant end = Instant.now().plusSeconds(150);
            String heard;
            do {
                heard = arrived.poll(Duration.between(Instant.now(), end).toSeconds(), TimeUnit.SECONDS);
                assertNotNull(heard, "what an endpoint is to hear waits for one that does not answer");
            } while (!heard.contains(last));
            TINA.post("webhook-endpoints/" + dead + "/replay").expect(200);
            for (String endpoint : List.of(dead, alive)) {
                assertEquals(204, TINA.send("DELETE", "webhook-endpoints/" + endpoint, null, null, Map.of()).status());
            }
        } finally {
            server.stop(0);
        }
    }

    private static String endpoint(int port) throws IOException {
        return id(TINA.post("webhook-endpoints", "{\"url\":\"http://127.0.0.1:" + port + "/\"}").expect(201));
    }

    @Test
    void aLinkIsMailedOnceForEachRequestAndKeptNowhere() throws Exception {
        String batch = id(TINA.post("batches", "{\"title\":\"mailed\",\"payments\":[{\"amount\":"
            + "\"1250000000000000000\",\"email\":\"ana@example.org\"}]}").expect(201));
        TINA.post("batches/" + batch + "/submit").expect(200);
        String link = id(links(batch).get(0));
        assertEquals("link_not_signed", TINA.post("links/" + link + "/send").problem(409));
        assertEquals("link_not_signed", TINA.post("links/" + link + "/reveal").problem(409));
        approveAndFund(batch);
        TINA.await("batches/" + batch, PATIENCE, state("ready"));
        assertEquals("role_needed", ADAM.post("links/" + link + "/send").problem(403));
        assertEquals("invalid_request", TINA.post("links/" + link + "/send", "{\"email\":\"a@b\\nBcc: c@d\"}").problem(400));

        String key = "mail-" + System.nanoTime();
        JsonNode queued = TINA.post("links/" + link + "/send", "{}", key).expect(202);
        assertEquals(queued, TINA.post("links/" + link + "/send", "{}", key).expect(202));
        MimeMessage mail = TestBed.mailbox().await("ana@example.org");
        String url = TINA.post("links/" + link + "/reveal").expect(200).get("url").asString();
        String text = Mailbox.body(mail, 0);
        assertTrue(text.startsWith("payments@walnut.example pays you 1.25 ETH."), text);
        assertTrue(text.lines().anyMatch(url::equals), text);
        assertTrue(Mailbox.body(mail, 1).contains("href=\"" + url + '"'));
        assertEquals("A payment for you from payments@walnut.example", mail.getSubject());
        assertEquals('<' + id(queued) + "@walnut.example>", mail.getMessageID());
        awaitTimeline(link, "link.mailed");
        assertEquals(1, TestBed.mailbox().of("ana@example.org").size());
        String secret = url.substring(url.indexOf('#') + 1);
        assertFalse(TestBed.keeps(secret) || TestBed.keeps(secret.substring(secret.length() / 2)));
        if (TestBed.hasDatabaseFile()) {
            assertTrue(TestBed.keeps(link), "what is stored can be found at all");
        }
    }

    @Test
    void mailWaitsForItsServerAndItsDelayShows() throws Exception {
        String link = id(readyLink("mail later", "1000"));
        assertEquals("mail_address_missing", TINA.post("links/" + link + "/send").problem(422));
        TestBed.mailbox().close();
        try {
            String body = "{\"email\":\"bo@example.org\"}";
            JsonNode queued = TINA.post("links/" + link + "/send", body).expect(202);
            assertEquals(id(queued), id(TINA.post("links/" + link + "/send", body).expect(202)), "it waits already");
            JsonNode delay = awaitTimeline(link, "link.mail_deferred").get("data");
            assertEquals("mail_server_unreachable", delay.get("reason").asString());
            assertEquals("b…@example.org", delay.get("to").asString());
        } finally {
            TestBed.mailbox().open();
        }
        TestBed.mailbox().await("bo@example.org");
        awaitTimeline(link, "link.mailed");
        TINA.post("links/" + link + "/cancel").expect(200);
        assertEquals("link_cancelled",
            TINA.post("links/" + link + "/send", "{\"email\":\"bo@example.org\"}").problem(409));
    }

    /** The first entry of that type in a link's timeline, once it is there. */
    private static JsonNode awaitTimeline(String link, String type) {
        Predicate<JsonNode> wanted = e -> e.get("type").asString().equals(type);
        JsonNode timeline = TINA.await("links/" + link, PATIENCE,
            l -> l.get("timeline").valueStream().anyMatch(wanted)).get("timeline");
        return timeline.valueStream().filter(wanted).findFirst().orElseThrow();
    }

    @Test
    void tooManyClaimsOfOneLinkAreHeldOff() {
        String body = "{\"token\":\"0x" + "00".repeat(20) + "\",\"amount\":\"1\",\"link_key\":\"0x" + "77".repeat(20)
            + "\",\"voucher_signature\":\"0x" + "11".repeat(64) + "\",\"recipient\":\"0x" + "22".repeat(20)
            + "\",\"relayer\":\"0x" + "00".repeat(20) + "\",\"fee\":\"0\",\"deadline\":1,\"link_signature\":\"0x"
            + "33".repeat(64) + "\"}";
        Instant start = Instant.now();
        List<Api.Answer> answers = atOnce(40, () -> NOBODY.post("claims", body));
        long refilled = Duration.between(start, Instant.now()).toSeconds() * LINK_CLAIMS_A_MINUTE / 60 + 1;
        List<Api.Answer> limited = answers.stream().filter(answer -> answer.status() == 429).toList();
        assertTrue(answers.size() - limited.size() <= LINK_CLAIMS_A_MINUTE + refilled,
            "only " + limited.size() + " of " + answers.size() + " were held off");
        assertFalse(limited.isEmpty(), "this machine is too slow to ask too often");
        limited.forEach(answer -> assertEquals("rate_limited", answer.problem(429)));
        OLGA.get("links").expect(200);
    }

    /** The answers, in the order in which they were asked for. */
    static <T> List<T> atOnce(int count, Supplier<T> question) {
        return atOnce(Collections.nCopies(count, question));
    }

    /** The same, of questions that differ. */
    static <T> List<T> atOnce(List<Supplier<T>> questions) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<T>> asked = questions.stream()
                .map(question -> CompletableFuture.supplyAsync(question, threads)).toList();
            return asked.stream().map(CompletableFuture::join).toList();
        }
    }

    static String create(String title, String... amounts) {
        return id(TINA.post("batches", body(title, amounts)).expect(201));
    }

    static String body(String title, String... amounts) {
        var payments = new ArrayList<String>();
        for (String amount : amounts) {
            payments.add("{\"amount\":\"" + amount + "\"}");
        }
        return "{\"title\":\"" + title + "\",\"payments\":[" + String.join(",", payments) + "]}";
    }

    static void fund(String batch) {
        TINA.post("batches/" + batch + "/submit").expect(200);
        approveAndFund(batch);
    }

    static void approveAndFund(String batch) {
        ADAM.post("batches/" + batch + "/approve").expect(200);
        TINA.post("batches/" + batch + "/fund").expect(200);
    }

    static JsonNode readyLink(String title, String amount) {
        String batch = create(title, amount);
        fund(batch);
        TINA.await("batches/" + batch, PATIENCE, state("ready"));
        return links(batch).get(0);
    }

    static List<JsonNode> links(String batch) {
        var links = new ArrayList<JsonNode>();
        TINA.get("links?limit=100&batch=" + batch).expect(200).get("data").forEach(links::add);
        return links;
    }

    static String reveal(JsonNode link) {
        return TINA.post("links/" + id(link) + "/reveal").expect(200).get("url").asString();
    }

    static String id(JsonNode object) {
        return object.get("id").asString();
    }
}
