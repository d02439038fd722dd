package io.walnut.privacy.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.privacy.attack.Heuristic;
import io.walnut.privacy.simulation.Experiment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The figures for programs, the portal among them. Shares are between 0 and 1; null where nothing was asserted. */
final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {
    }

    static void write(Path file, Experiment experiment, List<Outcome> outcomes) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("asset", experiment.asset().symbol()).put("seed", experiment.seed())
                .put("companies", experiment.model().companies()).put("days", experiment.model().days());
        ArrayNode scenarios = root.putArray("scenarios");
        outcomes.forEach(outcome -> scenario(scenarios.addObject(), outcome));
        ArrayNode published = root.putArray("published");
        Published.ALL.forEach(p -> published.addObject().put("system", p.system()).put("low", p.low())
                .put("high", p.high()).put("source", p.source()));
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private static void scenario(ObjectNode node, Outcome o) {
        node.put("scenario", o.scenario()).put("payments", o.payments()).put("deposits", o.deposits());
        share(node, "linked", o.linked());
        share(node, "companyNamed", o.namedCompany());
        share(node, "precision", o.precision());
        share(node, "forced", o.bestGuess());
        node.put("effectiveDeposits", o.effectiveDeposits()).put("effectiveCompanies", o.effectiveCompanies());
        share(node, "balancedLinked", o.balancedLinked());
        share(node, "balancedCompanyNamed", o.balancedCompany());
        share(node, "change", o.change());
        node.put("notesPerPayment", o.notes());
        ObjectNode heuristics = node.putObject("heuristics");
        for (Heuristic heuristic : Heuristic.values()) {
            Outcome.Score score = o.heuristics().get(heuristic);
            ObjectNode one = heuristics.putObject(heuristic.name());
            share(one, "depositPrecision", score.depositPrecision());
            share(one, "depositRecall", score.depositRecall());
            share(one, "companyPrecision", score.companyPrecision());
            share(one, "companyRecall", score.companyRecall());
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
