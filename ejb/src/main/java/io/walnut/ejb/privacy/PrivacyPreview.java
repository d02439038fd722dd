package io.walnut.ejb.privacy;

import io.walnut.ejb.privacy.PrivacyReport.Hiding;
import java.util.List;

/**
 * What an outsider could learn of a batch.
 *
 * @param notes that its payments are split into
 * @param deposits that pay for it
 * @param unusualNotes whose amount is none of the token's standard notes
 * @param uniqueNotes whose amount no other note of the batch and no claim of the last weeks has
 * @param atOnce if recipients take their payments as soon as they open their link
 * @param delayed if the relayer holds claims for a day on average, three at most
 * @param ahead the delayed claims again, by how many days before the links the deposit is made
 * @param fundAheadDays the fewest of these days that bring the linked share down to the aim, or else the most
 * @param advice one sentence
 */
public record PrivacyPreview(long asOfBlock, int notes, int deposits, int unusualNotes, int uniqueNotes, Hiding atOnce,
    Hiding delayed, List<Ahead> ahead, int fundAheadDays, String advice) {

    public record Ahead(int days, double effectiveSet, double effectiveCompanies, double linkedShare) {
    }
}
