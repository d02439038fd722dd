package io.walnut.devnet.launch;

import io.walnut.devnet.rpc.Rpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parts of {@code ./walnut bench} that need a running system: {@code portal}, the server's own figures and
 * the demo's; {@code load} and {@code load-h2}, how fast it answers when much is asked of it, on PostgreSQL and on the
 * embedded default; and {@code ticks}, what it asks the chain for when many links are open.
 */
public final class Bench {

    private static final String ROW = "%-44s %12s %12s%n";

    private Bench() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean paid = false;
        try {
            paid = run(arguments[0], Arguments.parse("bench", Arrays.copyOfRange(arguments, 1, arguments.length)));
        } catch (LaunchException e) {
            System.err.println("walnut: " + e.getMessage());
        }
        System.exit(paid ? 0 : 1);
    }

    private static boolean run(String part, Arguments parsed) throws IOException, InterruptedException {
        return switch (part) {
            case "portal" -> portal(parsed);
            case "load" -> loadOnPostgres(parsed);
            case "load-h2" -> load(parsed, "H2", List.of());
            case "ticks" -> ticks(parsed);
            default -> throw new LaunchException("there is no part " + part + " of the bench");
        };
    }

    private static boolean ticks(Arguments parsed) throws IOException, InterruptedException {
        System.out.printf(ROW, "portal at rest", "ours", "aim");
        new TickBench(Path.of("").toAbsolutePath(), parsed.dir()).run(ROW);
        return true;
    }

    private static boolean loadOnPostgres(Arguments parsed) {
        try (Postgres postgres = Postgres.start()) {
            return load(parsed, "PostgreSQL", postgres.settings());
        }
    }

    private static boolean load(Arguments parsed, String database, List<String> settings) {
        try (Stage stage = Stage.start(parsed, Stream.of(LoadBench.SETTINGS, settings).flatMap(List::stream).toList())) {
            System.out.printf(ROW, "portal under load, on " + database, "ours", "aim");
            new LoadBench(stage).run(ROW);
        }
        return true;
    }

    private static boolean portal(Arguments parsed) throws IOException, InterruptedException {
        try (Stage stage = Stage.start(parsed)) {
            System.out.printf(ROW, "portal", "ours", "aim");
            System.out.printf(ROW, "boot to the first healthy answer", Screen.seconds(stage.portal().bootTime()), "≤ 10 s");
            System.out.printf(ROW, "EAR", megabytes(Files.size(Path.of("ear/target/walnut.ear"))), "≤ 15 MB");
            boolean paid = new Demo(stage).run(stage, Files.readString(Path.of("demo", "payees.csv")));
            System.out.printf(ROW, "resident memory after the demo", megabytes(stage.portal().residentBytes()), "≤ 400 MB");
            vouchers(stage);
            ticks(parsed.dir().resolve("devnet/portal.properties"));
            return paid;
        }
    }

    private static void vouchers(Stage stage) {
        VoucherTime time = VoucherTime.measure(ApiClient.login(stage.portal().address(), "olga", "olga-walnut"),
                new Rpc(stage.devnet().rpcUrl()), stage.devnet().poco().hub());
        System.out.printf(ROW, "deposit final to vouchers ready", Screen.seconds(time.whole()), "");
        System.out.printf(ROW, "  of it the iExec task's own", Screen.seconds(time.task()), "");
        System.out.printf(ROW, "  of it the portal's, and waiting for blocks", Screen.seconds(time.beyond()), "");
    }

    private static void ticks(Path settings) throws IOException, InterruptedException {
        int status = new ProcessBuilder(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-cp", "ejb/target/classes:ejb/target/lib/*",
                "io.walnut.ejb.iexec.cli.Main", "bench-ticks", "--properties", settings.toString()))
                .inheritIO().start().waitFor();
        if (status != 0) {
            throw new LaunchException("the iExec client's bench failed");
        }
    }

    private static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / 1e6);
    }
}
