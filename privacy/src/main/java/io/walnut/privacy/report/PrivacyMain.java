package io.walnut.privacy.report;

import io.walnut.privacy.estimate.TrainedAttackers;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Experiment;
import io.walnut.privacy.simulation.Scenario;
import io.walnut.privacy.simulation.TrafficModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./walnut privacy}: simulates, attacks, and prints and draws what was found. */
public final class PrivacyMain {

    private static final double AIM = 0.02;
    private static final String USAGE = """
            usage: walnut privacy [--asset USDC|ETH] [--companies N] [--seed N] [--out DIR]
                   walnut privacy --train FILE
              --asset      which asset is attacked (USDC)
              --companies  that share the escrow, 2 to 100 (12); time grows with the square
              --seed       all figures follow from it (1)
              --out        folder for privacy.json, linked.png and effective.png (.run/privacy)
              --train      learns what the portal's estimate needs, and writes it to FILE; some minutes""";

    private PrivacyMain() {
    }

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** @return 0, or 2 for wrong arguments, or 1 when the report cannot be written */
    static int run(String[] args) {
        System.setProperty("java.awt.headless", "true");
        try {
            if (args.length == 2 && args[0].equals("--train")) {
                Files.writeString(Path.of(args[1]), TrainedAttackers.train() + "\n");
                return 0;
            }
            Map<String, String> options = options(args);
            var experiment = new Experiment(
                    TrafficModel.DEFAULT.withCompanies((int) number(options, "--companies", 12, 2, 100)),
                    asset(options.getOrDefault("--asset", "USDC")),
                    number(options, "--seed", 1, 0, Integer.MAX_VALUE));
            report(experiment, Path.of(options.getOrDefault("--out", ".run/privacy")));
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        } catch (IOException e) {
            System.err.println("cannot write the report: " + e.getMessage());
            return 1;
        }
    }

    private static void report(Experiment experiment, Path folder) throws IOException {
        Files.createDirectories(folder);
        var scenarios = new ArrayList<>(Grid.policies(experiment.asset()));
        scenarios.addAll(Grid.variations(experiment.asset()));
        var outcomes = new ArrayList<Outcome>();
        for (Scenario scenario : scenarios) {
            System.err.printf("%d/%d %s%n", outcomes.size() + 1, scenarios.size(), scenario.name());
            outcomes.add(Judge.run(experiment, scenario));
        }
        System.out.print(TextReport.of(experiment, outcomes));
        JsonReport.write(folder.resolve("privacy.json"), experiment, scenarios, outcomes);
        plot(folder, experiment, outcomes);
        System.out.println("\nwritten to " + folder.toAbsolutePath() + ": privacy.json, linked.png, effective.png");
    }

    private static void plot(Path folder, Experiment experiment, List<Outcome> outcomes) throws IOException {
        var linked = new BarChart("Payments linked to their deposit (" + experiment.asset().symbol() + ")").aim(AIM);
        var effective = new BarChart("Effective anonymity set, in deposits (" + experiment.asset().symbol() + ")");
        for (Outcome o : outcomes) {
            linked.bar(o.scenario(), o.linked(), TextReport.percent(o.linked()));
            effective.bar(o.scenario(), o.effectiveDeposits(), String.format(Locale.ROOT, "%.1f", o.effectiveDeposits()));
        }
        for (Published p : Published.ALL) {
            linked.range(p.system(), p.low(), p.high(), p.low() == p.high() ? TextReport.percent(p.low(), 2)
                    : TextReport.percent(p.low(), 0) + " to " + TextReport.percent(p.high(), 0));
        }
        linked.write(folder.resolve("linked.png"));
        effective.write(folder.resolve("effective.png"));
    }

    private static Map<String, String> options(String[] args) {
        var options = new TreeMap<String, String>();
        for (int i = 0; i < args.length; i += 2) {
            if (!List.of("--asset", "--companies", "--seed", "--out").contains(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("option " + args[i] + " needs a value");
            }
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    private static Asset asset(String symbol) {
        return switch (symbol.toUpperCase(Locale.ROOT)) {
            case "USDC" -> Asset.USDC;
            case "ETH" -> Asset.ETH;
            default -> throw new IllegalArgumentException("the simulator knows the assets USDC and ETH, not " + symbol);
        };
    }

    private static long number(Map<String, String> options, String name, long usual, long from, long to) {
        String text = options.get(name);
        try {
            long value = text == null ? usual : Long.parseLong(text);
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        throw new IllegalArgumentException(name + " must be a number from " + from + " to " + to + ", not " + text);
    }
}
