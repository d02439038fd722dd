package io.walnut.privacy.estimate;

import io.walnut.privacy.estimate.PrivacyFigures.EffectiveSet;
import io.walnut.privacy.estimate.PrivacyFigures.Later;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures in a sentence. */
final class Advice {

    /** From this effective set on, the likeliest deposit is hardly ever more likely than not. */
    private static final double ENOUGH = 20;
    private static final double WORTH_WAITING = 1.25;

    /** @param young deposits that no claim can come from yet */
    String sentence(int candidates, int young, int companies, EffectiveSet now, List<Later> later) {
        if (candidates == 0 && young > 0) {
            return String.format(Locale.ROOT, "%s made in the last quarter of an hour, when no claim can come from it yet:"
                    + " it counts as a candidate from then on, so look again in some minutes, and send no links before.",
                    young == 1 ? "The only deposit was" : "Each of the " + young + " deposits was");
        }
        if (candidates == 0) {
            return "Nobody has deposited lately, so the next claim can be matched with the next deposit: fund payments "
                    + "days before their links go out, and let other companies' deposits come between.";
        }
        if (companies < 2) {
            return "All recent deposits are one company's, so any claim is known to be paid by it: waiting does not help,"
                    + " only other companies on the same escrow do.";
        }
        if (now.deposits() >= ENOUGH) {
            return String.format(Locale.ROOT, "A claim to a fresh address now hides among the equivalent of %.0f deposits"
                    + " by %.1f companies: there is little to gain from waiting longer than the usual delay.",
                    now.deposits(), now.companies());
        }
        Optional<Later> better = later.stream()
                .filter(l -> l.set().deposits() >= WORTH_WAITING * now.deposits()).findFirst();
        return better.map(l -> String.format(Locale.ROOT, "A claim now hides among the equivalent of %.1f deposits;"
                        + " waiting %d days would raise that to about %.1f.",
                now.deposits(), l.after().toDays(), l.set().deposits()))
                .orElse(String.format(Locale.ROOT, "A claim now hides among the equivalent of %.1f deposits, and waiting"
                        + " would hardly change that: fund payments earlier, or take the notes at several fresh"
                        + " addresses.", now.deposits()));
    }
}
