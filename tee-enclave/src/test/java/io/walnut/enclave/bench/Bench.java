package io.walnut.enclave.bench;

import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.AnvilChain;
import io.walnut.enclave.TaskFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./walnut bench} shows of the enclave: cold tasks against a real node that holds a real
 * deposit of 500 notes, the time of each step, and signatures beside libsecp256k1's own limit.
 * Usage: {@code Bench RUNS COMMAND…}, where the command starts the enclave.
 */
public final class Bench {

    private static final int NOTES = 500;

    private Bench() {
    }

    public static void main(String[] arguments) throws IOException {
        int runs = Integer.parseInt(arguments[0]);
        List<String> command = List.of(arguments).subList(1, arguments.length);
        try (AnvilChain chain = AnvilChain.start()) {
            TaskFixture task = TaskFixture.of(Files.createTempDirectory("walnut-bench"),
                    new EscrowDomain(AnvilChain.CHAIN_ID, chain.deployEscrow()), NOTES);
            chain.deposit(task.domain.escrow(), task.deposit);
            chain.mine(5);
            task.dataset(chain.urls(3), 2);
            coldRuns(runs, command, task);
            steps(command, task);
        }
        SigningSpeed.print();
        System.exit(0);
    }

    private static void coldRuns(int runs, List<String> command, TaskFixture task) throws IOException {
        var done = new ArrayList<ColdRun>();
        for (int i = 0; i < runs; i++) {
            ColdRun run = ColdRun.of(command, task.variables());
            if (!run.printed().equals("SIGNED")) {
                throw new IllegalStateException("the task was not signed: " + run.printed());
            }
            done.add(run);
        }
        double[] times = done.stream().mapToDouble(ColdRun::millis).sorted().toArray();
        long peak = done.stream().mapToLong(ColdRun::peakKib).max().orElseThrow();
        System.out.printf("enclave: %d-note task, cold: median %.0f ms, best %.0f ms, worst %.0f ms of %d runs;"
                        + " peak resident set %.1f MiB%n",
                NOTES, times[times.length / 2], times[0], times[times.length - 1], runs, peak / 1024.0);
    }

    /** The same task, with the clock read after each step. Starts the same JVM on another main class. */
    private static void steps(List<String> command, TaskFixture task) throws IOException {
        var timed = new ArrayList<>(command.subList(0, command.indexOf("-jar")));
        // The archive belongs to one class path, and this is another.
        timed.removeIf(option -> option.startsWith("-XX:SharedArchiveFile") || option.startsWith("@"));
        String jar = command.get(command.indexOf("-jar") + 1);
        Path classes = Path.of(Bench.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        timed.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", jar + ":" + classes,
                TimedTask.class.getName(), Long.toString(System.currentTimeMillis())));
        System.out.println(ColdRun.of(timed, task.variables()).printed());
    }
}
