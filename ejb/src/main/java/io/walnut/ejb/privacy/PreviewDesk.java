package io.walnut.ejb.privacy;

import io.walnut.contracts.Address;
import io.walnut.ejb.privacy.PrivacyPreview.Ahead;
import io.walnut.ejb.privacy.PrivacyReport.Hiding;
import io.walnut.ejb.treasury.Batch;
import io.walnut.ejb.treasury.NotePolicies;
import io.walnut.ejb.treasury.TreasuryAddress;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.estimate.PlannedBatch;
import io.walnut.privacy.estimate.Practice;
import io.walnut.privacy.policy.DepositPlan;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** What an outsider could learn of a batch, before it is made: the attacker looks at it beforehand. */
@ApplicationScoped
public class PreviewDesk {
    /** The project's aim for the share of payments that can be linked. */
    private static final double AIM = 0.02;
    private static final int[] DAYS_AHEAD = {0, 1, 3, 7, 14, 28};
    /** Payments that are looked at: more take time and tell nothing more. */
    private static final int LOOKED_AT = 200;
    private static final int MOST_AT_ONCE = 2;
    /** Stands for a treasury that has never deposited, where none is configured. */
    private static final Address SOMEBODY = Address.parse("0x000000000000000000000000000000000000dead");

    @EJB
    private PublicEvents events;
    @Inject
    private TreasuryAddress treasury;
    @Inject
    private PrivacyDesk desk;
    @Inject
    private NotePolicies policies;
    private final Semaphore running = new Semaphore(MOST_AT_ONCE, true);

    /** @throws io.walnut.ejb.shared.Refusal naming every amount that the policy cannot carry */
    public PrivacyPreview preview(PreviewRequest request) {
        List<DepositPlan> plans = policies.plans(request.policy(), request.token(),
            request.amounts(), "amounts[%d]");
        running.acquireUninterruptibly();
        try {
            return preview(request, plans, Instant.now());
        } finally {
            running.release();
        }
    }

    private PrivacyPreview preview(PreviewRequest request, List<DepositPlan> plans, Instant now) {
        long asOf = events.asOfBlock();
        PublicChain chain = events.recent(request.token(), now);
        Duration lead = request.releaseAt() == null || request.releaseAt().isBefore(now) ? Duration.ZERO
            : Duration.between(now, request.releaseAt());
        Hiding atOnce = foresee(request, plans, chain, lead, RelayDelay.NONE, now);
        Hiding delayed = foresee(request, plans, chain, lead, Practice.DAY, now);
        var ahead = new ArrayList<Ahead>();
        for (int days : DAYS_AHEAD) {
            Hiding then = foresee(request, plans, chain, Duration.ofDays(days), Practice.DAY, now);
            ahead.add(new Ahead(days, then.effectiveSet(), then.effectiveCompanies(), then.linkedShare()));
        }
        int best = ahead.stream().filter(a -> a.linkedShare() <= AIM).map(Ahead::days).findFirst()
            .orElse(DAYS_AHEAD[DAYS_AHEAD.length - 1]);
        List<BigInteger> notes = plans.stream().flatMap(p -> p.payments().stream()).flatMap(List::stream).toList();
        return new PrivacyPreview(asOf, notes.size(), plans.size(), unusual(request, notes), unique(chain, notes),
            atOnce, delayed, ahead, best, advice(request, lead, atOnce, delayed, ahead, best));
    }

    private Hiding foresee(PreviewRequest request, List<DepositPlan> plans, PublicChain chain, Duration lead,
        RelayDelay delay, Instant now) {
        Practice practice = Practice.of(request.policy() == Batch.Policy.STANDARD, !delay.isNone(), lead);
        var batch = new PlannedBatch(treasury.find().orElse(SOMEBODY), plans, lead, delay);
        return PrivacyDesk.hiding(desk.estimator(practice, request.token())
            .foresee(chain, request.token(), batch, desk.relayer(), now, LOOKED_AT), 1);
    }

    private int unusual(PreviewRequest request, List<BigInteger> notes) {
        var standard = new HashSet<>(policies.denominations(request.token()).descending());
        return (int) notes.stream().filter(note -> !standard.contains(note)).count();
    }

    private static int unique(PublicChain chain, List<BigInteger> notes) {
        Map<BigInteger, Integer> seen = new HashMap<>();
        chain.claims().stream().map(PublicClaim::amount).forEach(amount -> seen.merge(amount, 1, Integer::sum));
        notes.forEach(amount -> seen.merge(amount, 1, Integer::sum));
        return (int) notes.stream().filter(amount -> seen.get(amount) == 1).count();
    }

    private static String advice(PreviewRequest request, Duration lead, Hiding atOnce, Hiding delayed,
        List<Ahead> ahead, int best) {
        if (delayed.linkedShare() <= AIM) {
            return String.format(Locale.ROOT, "An outsider could tie about %s of these payments to you if recipients"
                + " accept a day's delay, %s if they are paid at once.", percent(delayed.linkedShare()),
                percent(atOnce.linkedShare()));
        }
        Ahead most = ahead.get(ahead.size() - 1);
        if (most.linkedShare() >= delayed.linkedShare() && lead.toDays() < 1) {
            return "An outsider could tie about " + percent(delayed.linkedShare()) + " of these payments to you, and"
                + " waiting would not help, for too few others deposit in this token: it takes more companies on this"
                + " escrow.";
        }
        Ahead chosen = ahead.stream().filter(a -> a.days() == best).findFirst().orElse(most);
        return String.format(Locale.ROOT, "An outsider could tie about %s of these payments to you even with a day's"
            + " delay: deposit %d days before the links go out, which leaves about %s.%s",
            percent(delayed.linkedShare()), best, percent(chosen.linkedShare()),
            request.policy() == Batch.Policy.EXACT ? " Standard notes hide amounts, too." : "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
