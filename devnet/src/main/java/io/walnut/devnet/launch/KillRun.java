package io.walnut.devnet.launch;

import io.walnut.contracts.Address;
import io.walnut.devnet.DevnetOptions;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code ./walnut kill}: portal, worker and chain are killed at random moments while batches go from draft to
 * paid, and started again; then the books are held against the chain.
 */
public final class KillRun {

    private enum Part { PORTAL, WORKER, CHAIN }

    /** Far more than a killed chain loses, which is what its file is behind. */
    private static final int FINALITY = 8;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int LINKS_A_BATCH = 20;
    private static final int MOST_BATCHES = 25;
    private static final int LONGEST_LIFE_MILLIS = 6_000;
    private static final int LONGEST_DEATH_MILLIS = 1_500;

    private final KillPlan plan;
    private final PrintStream out;
    private final Stage stage;
    private final Random random;
    private final AtomicInteger killed = new AtomicInteger();
    private final Map<Part, Integer> count = new EnumMap<>(Part.class);
    private long blocksLost;
    private long mostBlocksLost;

    private KillRun(KillPlan plan, PrintStream out, Stage stage) {
        this.plan = plan;
        this.out = out;
        this.stage = stage;
        this.random = new Random(plan.seed());
    }

    public static void main(String[] arguments) {
        boolean agree = false;
        try {
            agree = run(KillPlan.parse(arguments), System.out);
        } catch (LaunchException e) {
            System.err.println("walnut: " + e.getMessage());
        }
        System.exit(agree ? 0 : 1);
    }

    /** Whether the books agree with the chain. */
    public static boolean run(KillPlan plan, PrintStream out) {
        out.printf("%d kills, %d links, seed %d%n", plan.kills(), plan.links(), plan.seed());
        DevnetOptions options = DevnetOptions.in(plan.dir().resolve("devnet")).withKillable(true)
                .withFinalityDepth(FINALITY);
        try (Stage stage = Stage.start(plan.root(), options, plan.dir(), Arguments.freePort(), List.of(
                "-Dwalnut.claims.per-minute-per-address=1000000", "-Dwalnut.claims.per-minute-per-link=1000000"));
                HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var work = new KillWork(http, stage.portal().address(), List.of(Address.ZERO,
                    Address.ZERO, stage.devnet().poco().rlc()));
            return new KillRun(plan, out, stage).run(work);
        }
    }

    private boolean run(KillWork work) {
        long start = System.nanoTime();
        var books = new Books(stage, out);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var batches = new ArrayList<Future<?>>();
            int number = Math.clamp(plan.links() / LINKS_A_BATCH, 1, MOST_BATCHES);
            for (int i = 0; i < number; i++) {
                int batch = i;
                batches.add(threads.submit(() -> {
                    awaitKills(plan.kills() * batch / number);
                    work.batch(batch, plan.links() * (batch + 1) / number - plan.links() * batch / number);
                }));
            }
            try {
                kill();
                batches.forEach(KillRun::finish);
            } catch (RuntimeException e) {
                threads.shutdownNow();
                throw e;
            }
        }
        out.printf("%nAfter %d s: %s. The chain came back without its last %.1f blocks on average, at most %d of the %d"
                + " that are not final. A person asked the enclave again %d times.%n",
                Duration.ofNanos(System.nanoTime() - start).toSeconds(), counts(),
                (double) blocksLost / Math.max(1, count.getOrDefault(Part.CHAIN, 0)), mostBlocksLost, FINALITY,
                work.retries());
        return books.agree(work, plan.links());
    }

    private String counts() {
        var text = new ArrayList<String>();
        count.forEach((part, times) -> text.add("the " + name(part) + " was killed " + times + " times"));
        return text.isEmpty() ? "nothing was killed" : String.join(", ", text);
    }

    private static String name(Part part) {
        return part.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Batches begin one after the other, so that each kind of work is hit. */
    private void awaitKills(int number) {
        while (killed.get() < number) {
            PatientClient.pause();
        }
    }

    private static void finish(Future<?> batch) {
        try {
            batch.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LaunchException known ? known : new LaunchException("a batch went wrong", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }

    private void kill() {
        for (int i = 1; i <= plan.kills(); i++) {
            // All is drawn before it is used, so that a seed means the same whatever the machine's speed.
            int life = random.nextInt(LONGEST_LIFE_MILLIS);
            int death = random.nextInt(LONGEST_DEATH_MILLIS);
            // The first three are one of each, so that a short run meets them all.
            Part part = Part.values()[i <= Part.values().length ? i - 1 : random.nextInt(Part.values().length)];
            sleep(life);
            long dead = System.nanoTime();
            String detail = kill(part, death);
            count.merge(part, 1, Integer::sum);
            killed.incrementAndGet();
            out.printf("%4d  %s  %-6s  after %.1f s, back in %.1f s%s%n", i, LocalTime.now().format(CLOCK),
                    name(part), life / 1e3, (System.nanoTime() - dead) / 1e9, detail);
        }
    }

    private String kill(Part part, int death) {
        switch (part) {
            case PORTAL -> {
                stage.portal().kill();
                sleep(death);
                stage.portal().restart();
            }
            case WORKER -> {
                stage.devnet().killWorker();
                sleep(death);
                stage.devnet().restartWorker();
            }
            case CHAIN -> {
                long head = stage.devnet().head();
                stage.devnet().killChain();
                sleep(death);
                stage.devnet().restartChain();
                long lost = Math.max(0, head - stage.devnet().head());
                blocksLost += lost;
                mostBlocksLost = Math.max(mostBlocksLost, lost);
                return lost == 0 ? "" : ", " + lost + " blocks lost";
            }
        }
        return "";
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }
}
