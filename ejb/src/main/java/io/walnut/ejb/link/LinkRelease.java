package io.walnut.ejb.link;

import io.walnut.ejb.audit.Journal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import java.time.Instant;
import java.util.List;

/** Says when links may be given out, for those who do it by themselves. */
@Stateless
public class LinkRelease {
    private static final int AT_ONCE = 200;

    @EJB
    private LinkStore links;
    @EJB
    private Journal journal;

    /** Says how many. */
    public int release() {
        List<PaymentLink> due = links.takeReleasable(Instant.now(), AT_ONCE);
        for (PaymentLink link : due) {
            link.release();
            journal.record("link.released", Journal.SYSTEM, link.id(), link.batchId());
        }
        return due.size();
    }
}
