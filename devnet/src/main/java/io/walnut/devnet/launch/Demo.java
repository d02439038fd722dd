package io.walnut.devnet.launch;

import io.walnut.devnet.rpc.Rpc;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** {@code ./walnut demo}: the main job from end to end, over the public API. */
public final class Demo {

    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Screen screen = new Screen(System.out);
    private final URI portal;
    private final Rpc chain;
    private final ApiClient treasurer;
    private final ApiClient approver;
    private final ApiClient anybody;

    Demo(Stage stage) {
        portal = stage.portal().address();
        chain = new Rpc(stage.devnet().rpcUrl());
        treasurer = ApiClient.login(portal, "tina", "tina-walnut");
        approver = ApiClient.login(portal, "adam", "adam-walnut");
        anybody = ApiClient.anonymous(portal);
    }

    public static void main(String[] arguments) {
        long start = System.nanoTime();
        boolean paid;
        try {
            Arguments parsed = Arguments.parse("demo", arguments);
            String csv = read(parsed.payees().orElse(Path.of("demo", "payees.csv")));
            try (Stage stage = Stage.start(parsed)) {
                paid = new Demo(stage).run(stage, csv);
            }
        } catch (LaunchException e) {
            System.err.println("walnut: " + e.getMessage());
            System.exit(1);
            return;
        }
        System.out.printf("%s in %.1f s.%n", paid ? "Every recipient was paid exactly" : "NOT every recipient was paid",
                (System.nanoTime() - start) / 1e9);
        System.exit(paid ? 0 : 1);
    }

    private static String read(Path csv) {
        try {
            return Files.readString(csv);
        } catch (IOException e) {
            throw new LaunchException("the payees' file " + csv + " cannot be read; --payees FILE names another", e);
        }
    }

    /** Whether every recipient's balance grew by exactly what the file says. */
    boolean run(Stage stage, String csv) {
        screen.step("Portal and devnet are up", "portal " + portal + ", booted in "
                + Screen.seconds(stage.portal().bootTime()));
        String batch = approvedBatch(csv);
        treasurer.post("batches/" + batch + "/fund");
        followToReady(batch);
        Map<Recipient, BigInteger> owed = openLinks(batch, Payees.read(csv));
        claimAll(owed);
        return compareBalances(owed);
    }

    private String approvedBatch(String csv) {
        JsonNode batch = treasurer.postCsv("batches?" + ApiClient.query("title", "Walnut demo"), csv);
        String id = batch.path("id").asString();
        screen.step("Batch created by the treasurer", batch.path("payment_count").asInt() + " payments, "
                + Screen.ether(new BigInteger(batch.path("total").asString())) + ", " + id);
        treasurer.post("batches/" + id + "/submit");
        approver.post("batches/" + id + "/approve");
        screen.step("Approved by a second person", "adam");
        return id;
    }

    private void followToReady(String batch) {
        String path = "batches/" + batch;
        await("the deposit to be mined", () -> treasurer.get(path), b -> !deposit(b).path("tx_hash").isNull(), batch);
        screen.step("Deposit mined", "transaction " + deposit(treasurer.get(path)).path("tx_hash").asString());
        await("the deposit to be final", () -> treasurer.get(path), b -> reached(b, "computing"), batch);
        screen.step("Deposit final, enclave asked over iExec", "");
        await("the iExec deal", () -> treasurer.get(path),
                b -> deposit(b).path("task").hasNonNull("deal_id"), batch);
        screen.step("Orders matched on the iExec hub", "deal " + deposit(treasurer.get(path)).path("task").path("deal_id").asString());
        JsonNode ready = await("the vouchers", () -> treasurer.get(path), b -> reached(b, "ready"), batch);
        screen.step("Vouchers signed, fetched and verified", "task " + deposit(ready).path("task").path("task_id").asString());
    }

    /** The demo makes one deposit: its payees are few. */
    private static JsonNode deposit(JsonNode batch) {
        return batch.path("deposits").path(0);
    }

    private static boolean reached(JsonNode batch, String state) {
        List<String> order = List.of("awaiting_deposit", "deposited", "finalized", "computing", "ready");
        return order.indexOf(batch.path("state").asString()) >= order.indexOf(state);
    }

    private Map<Recipient, BigInteger> openLinks(String batch, Map<String, BigInteger> payees) {
        var owed = new LinkedHashMap<Recipient, BigInteger>();
        var notes = new ArrayList<String>();
        for (JsonNode link : treasurer.get("links?" + ApiClient.query("batch", batch)).path("data")) {
            String url = treasurer.post("links/" + link.path("id").asString() + "/reveal").path("url").asString();
            Recipient recipient = Recipient.withFreshAddress(URI.create(url));
            BigInteger amount = payees.remove(link.path("reference").asString());
            if (amount == null) {
                throw new LaunchException("the portal made a link that the file does not name: " + link.path("reference"));
            }
            owed.put(recipient, amount);
            notes.add(link.path("reference").asString() + " gets " + Screen.ether(owed.get(recipient)) + " at "
                    + recipient.address() + ", balance " + Screen.ether(chain.balance(recipient.address())));
        }
        if (!payees.isEmpty()) {
            throw new LaunchException("the portal made no link for " + payees.keySet());
        }
        screen.step("Links revealed to the treasurer", owed.size() + " links", notes);
        return owed;
    }

    private void claimAll(Map<Recipient, BigInteger> owed) {
        var claims = new ArrayList<String>();
        owed.keySet().forEach(recipient -> claims.addAll(recipient.claim(anybody)));
        screen.step("Claims signed by the link keys and relayed", claims.size() + " claims, no login, no gas");
        var transactions = new ArrayList<String>();
        for (String id : claims) {
            JsonNode settled = await("claim " + id, () -> anybody.get("claims/" + id),
                    c -> c.path("state").asString().equals("settled") || c.hasNonNull("failure"), id);
            transactions.add("transaction " + settled.path("tx_hash").asString());
        }
        screen.step("Claims final", "", transactions);
    }

    private boolean compareBalances(Map<Recipient, BigInteger> owed) {
        boolean exact = !owed.isEmpty();
        var notes = new ArrayList<String>();
        for (var entry : owed.entrySet()) {
            BigInteger balance = chain.balance(entry.getKey().address());
            boolean equal = balance.equals(entry.getValue());
            exact &= equal;
            notes.add(entry.getKey().address() + "  0 → " + Screen.ether(balance)
                    + (equal ? "" : "  but was owed " + Screen.ether(entry.getValue())));
        }
        screen.step("Balances compared", "before → after", notes);
        return exact;
    }

    private JsonNode await(String what, Supplier<JsonNode> look, Predicate<JsonNode> done, String id) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            JsonNode seen = look.get();
            if (done.test(seen)) {
                return seen;
            }
            if (seen.path("state").asString().equals("failed")) {
                throw new LaunchException(id + " failed: " + seen.path("failure").path("message").asString()
                        + " (" + seen.path("failure").path("code").asString() + ")");
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LaunchException("interrupted while waiting for " + what, e);
            }
        }
        throw new LaunchException("waited " + LIMIT.toSeconds() + " s for " + what + " in vain; the logs are in .run/demo");
    }
}
