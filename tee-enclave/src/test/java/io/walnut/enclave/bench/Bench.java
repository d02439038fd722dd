package io.walnut.enclave.bench;

import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.AnvilChain;
import io.walnut.enclave.TaskFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code ./walnut bench} shows of the enclave: cold tasks against a real node that holds a real
 * deposit of 500 notes, the time of each step, and signatures beside libsecp256k1's own limit.
 * Usage: {@code Bench RUNS LAYER RUN-LOCAL}: a directory made by build-layer.sh, and the script that starts it.
 */
public final class Bench {

    private static final int NOTES = 500;

    private Bench() {
    }

    public static void main(String[] arguments) throws IOException {
        int runs = Integer.parseInt(arguments[0]);
        Path layer = Path.of(arguments[1]).toAbsolutePath();
        try (AnvilChain chain = AnvilChain.start()) {
            TaskFixture task = TaskFixture.of(Files.createTempDirectory("walnut-bench"),
                    new EscrowDomain(AnvilChain.CHAIN_ID, chain.deployEscrow()), NOTES);
            chain.deposit(task.domain.escrow(), task.deposit);
            chain.mine(5);
            task.dataset(chain.urls(3), 2);
            coldRuns(runs, arguments[2], layer, task);
            steps(runs, layer, task);
        }
        SigningSpeed.print();
        System.exit(0);
    }

    private static void coldRuns(int runs, String script, Path layer, TaskFixture task) throws IOException {
        var variables = new HashMap<>(task.variables());
        variables.put("WALNUT_LAYER", layer.toString());
        var done = new ArrayList<ColdRun>();
        for (int i = 0; i < runs; i++) {
            ColdRun run = ColdRun.of(List.of(script), variables, layer);
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

    /** The same task with the clock read after each step; the medians. */
    private static void steps(int runs, Path layer, TaskFixture task) throws IOException {
        String classes = Bench.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        List<String> command = List.of("runtime/bin/java", "@java.options",
                "-XX:SharedArchiveFile=walnut-enclave.jsa", "-Dwalnut.secp256k1.path=" + layer + "/lib/libsecp256k1-jni.so",
                "--illegal-native-access=allow", "-cp", "walnut-enclave.jar:" + classes, TimedTask.class.getName());
        Map<String, List<Double>> steps = new LinkedHashMap<>();
        for (int i = 0; i < runs; i++) {
            var timed = new ArrayList<>(command);
            timed.add(Long.toString(System.currentTimeMillis()));
            for (String step : ColdRun.of(timed, task.variables(), layer).printed().split(", ")) {
                String[] parts = step.split(" ");
                steps.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(Double.valueOf(parts[1]));
            }
        }
        System.out.println("enclave: medians by step in ms: " + steps.entrySet().stream()
                .map(step -> step.getKey() + " " + Math.round(median(step.getValue())))
                .collect(Collectors.joining(", ")));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
