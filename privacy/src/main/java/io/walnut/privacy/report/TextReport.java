package io.walnut.privacy.report;

import io.walnut.privacy.attack.Heuristic;
import io.walnut.privacy.simulation.Experiment;
import java.util.List;
import java.util.Locale;

/** The figures as text, for a terminal of 130 columns. */
final class TextReport {

    private final StringBuilder out = new StringBuilder();

    static String of(Experiment experiment, List<Outcome> outcomes) {
        var report = new TextReport();
        report.heading(experiment, outcomes.getFirst());
        report.table(outcomes);
        report.heuristics(outcomes);
        report.published();
        return report.out.toString();
    }

    private void heading(Experiment experiment, Outcome first) {
        line("%s, seed %d: %d companies on one escrow, %d days, about %d payments judged, %d deposits",
                experiment.asset().symbol(), experiment.seed(), experiment.model().companies(),
                experiment.model().days(), first.payments(), first.deposits());
        line("linked: the attacker is more than half sure of one deposit, and right (or the note was exited)");
        line("forced: right when made to name one deposit for each claim; effective: 2 to the mean entropy");
        line("balanced: by an attacker who besides balances the books of all deposits, and so is surer than it should be");
        line("");
    }

    private void table(List<Outcome> outcomes) {
        line("%-32s %8s %9s %9s %8s %10s %10s %10s %9s %7s %7s", "policy, delay", "linked", "company", "precision", "forced",
                "effective", "effective", "balanced", "company", "notes /", "change");
        line("%-32s %8s %9s %9s %8s %10s %10s %10s %9s %7s %7s", "", "", "named", "", "", "deposits", "companies", "linked", "named",
                "payment", "");
        for (Outcome o : outcomes) {
            line("%s", row(o));
        }
        line("");
    }

    static String row(Outcome o) {
        return String.format(Locale.ROOT, "%-32s %8s %9s %9s %8s %10.1f %10.1f %10s %9s %7.1f %7s", o.scenario(),
                percent(o.linked()), percent(o.namedCompany()), percent(o.precision()), percent(o.bestGuess()),
                o.effectiveDeposits(), o.effectiveCompanies(), percent(o.balancedLinked()), percent(o.balancedCompany()),
                o.notes(), percent(o.change()));
    }

    private void heuristics(List<Outcome> outcomes) {
        line("Each heuristic alone: precision / recall, of deposits; for the last two, which name companies, of companies");
        out.append(String.format("%-32s", ""));
        for (Heuristic heuristic : Heuristic.values()) {
            out.append(String.format("%14s", shortTitle(heuristic)));
        }
        line("");
        for (Outcome o : outcomes) {
            out.append(String.format("%-32s", o.scenario()));
            for (Heuristic heuristic : Heuristic.values()) {
                Outcome.Score score = o.heuristics().get(heuristic);
                out.append(String.format("%14s", heuristic.namesDeposits()
                        ? percent(score.depositPrecision(), 0) + " / " + percent(score.depositRecall())
                        : percent(score.companyPrecision(), 0) + " / " + percent(score.companyRecall())));
            }
            line("");
        }
        line("");
    }

    private void published() {
        line("Published, measured on chains in use (by other means: compare magnitudes only)");
        for (Published p : Published.ALL) {
            String share = p.low() == p.high() ? percent(p.low(), 2) : percent(p.low()) + " to " + percent(p.high());
            line("%-40s %20s   %s", p.system(), share, p.source());
        }
    }

    private static String shortTitle(Heuristic heuristic) {
        String title = heuristic.title();
        return title.length() <= 13 ? title : title.substring(0, 12) + ".";
    }

    static String percent(double share) {
        return percent(share, 1);
    }

    static String percent(double share, int digits) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share);
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
