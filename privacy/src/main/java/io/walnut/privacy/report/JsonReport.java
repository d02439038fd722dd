package io.walnut.privacy.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.privacy.attack.Heuristic;
import io.walnut.privacy.simulation.Experiment;
import io.walnut.privacy.simulation.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The figures for programs, the portal among them. Shares are between 0 and 1; null where nothing was asserted. */
final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {
    }

    static void write(Path file, Experiment experiment, List<Scenario> ran, List<Outcome> outcomes) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("asset", experiment.asset().symbol()).put("seed", experiment.seed())
                .put("companies", experiment.model().companies()).put("days", experiment.model().days());
        ArrayNode scenarios = root.putArray("scenarios");
        for (int i = 0; i < ran.size(); i++) {
            scenario(scenarios.addObject(), experiment, ran.get(i), outcomes.get(i));
        }
        ArrayNode published = root.putArray("published");
        Published.ALL.forEach(p -> published.addObject().put("system", p.system()).put("low", p.low())
                .put("high", p.high()).put("source", p.source()));
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static void scenario(ObjectNode node, Experiment experiment, Scenario scenario, Outcome o) {
        node.put("scenario", o.scenario())
                .put("policy", scenario.policies().get(experiment.asset()).name().toLowerCase(Locale.ROOT))
                .put("delay_hours", scenario.delay().mean().toHours()).put("lead_days", scenario.lead().toDays()).put("payments", o.payments()).put("deposits", o.deposits());
        share(node, "linked", o.linked());
        share(node, "company_named", o.namedCompany());
        share(node, "precision", o.precision());
        share(node, "forced", o.bestGuess());
        node.put("effective_deposits", o.effectiveDeposits()).put("effective_companies", o.effectiveCompanies());
        share(node, "balanced_linked", o.balancedLinked());
        share(node, "balanced_company_named", o.balancedCompany());
        share(node, "change", o.change());
        node.put("notes_per_payment", o.notes());
        ObjectNode heuristics = node.putObject("heuristics");
        for (Heuristic heuristic : Heuristic.values()) {
            Outcome.Score score = o.heuristics().get(heuristic);
            ObjectNode one = heuristics.putObject(heuristic.name().toLowerCase(Locale.ROOT));
            share(one, "deposit_precision", score.depositPrecision());
            share(one, "deposit_recall", score.depositRecall());
            share(one, "company_precision", score.companyPrecision());
            share(one, "company_recall", score.companyRecall());
        }
    }

    private static void share(ObjectNode node, String name, double share) {
        if (Double.isNaN(share)) {
            node.putNull(name);
        } else {
            node.put(name, share);
        }
    }
}
