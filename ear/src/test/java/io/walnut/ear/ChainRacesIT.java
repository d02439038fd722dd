package io.walnut.ear;

import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What can come between the moment at which a transaction was right and its block. The server asks the chain through an
 * endpoint that strikes just then.
 */
class ChainRacesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

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
        settings.add("-Dwalnut.escrow.rpc-urls=" + rpc.url());
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
        assertEquals(0, transactions("rejected"), "given up");
        assertEquals("awaiting_deposit", tina.get("batches/" + batch).expect(200).get("state").asString());

        Chain.goOn();
        tina.await("batches/" + batch, PATIENCE, state("ready"));
        approvals.add(77L);
        assertEquals(approvals, rlc.approvals(treasury), "approved once");
        assertEquals(BigInteger.ZERO, rlc.allowance(treasury));
        assertEquals(BigInteger.valueOf(77), before.subtract(rlc.balance(treasury)), "deposited once");
        assertEquals(0, transactions("rejected"));
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
