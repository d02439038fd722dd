package io.walnut.ejb.privacy;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.chain.Tokens;
import io.walnut.ejb.chain.Tokens.Token;
import io.walnut.ejb.privacy.PrivacyReport.Denomination;
import io.walnut.ejb.privacy.PrivacyReport.Hiding;
import io.walnut.ejb.privacy.PrivacyReport.Later;
import io.walnut.ejb.privacy.PrivacyReport.TokenPrivacy;
import io.walnut.ejb.treasury.Batch;
import io.walnut.ejb.treasury.NotePolicies;
import io.walnut.privacy.estimate.Practice;
import io.walnut.privacy.estimate.PrivacyEstimator;
import io.walnut.privacy.estimate.PrivacyFigures;
import io.walnut.privacy.estimate.PrivacyFigures.EffectiveSet;
import io.walnut.privacy.estimate.TrainedAttackers;
import io.walnut.privacy.policy.Policy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The live figures: computed when somebody asks, at most once a minute on each node, whoever asks how often. */
@ApplicationScoped
public class PrivacyDesk {
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** A wallet that sends nothing: stands for a relayer where none is configured. */
    private static final Address NO_RELAYER = Address.ZERO;

    @EJB
    private PublicEvents events;
    @Inject
    private Tokens tokens;
    @Inject
    private NotePolicies policies;
    @Inject
    private SenderKeys keys;
    private final ReentrantLock computing = new ReentrantLock();
    private final Map<String, PrivacyEstimator> estimators = new ConcurrentHashMap<>();
    private volatile Computed last;

    private record Computed(PrivacyReport report, Instant at) {
    }

    /** The newest figures that are ready: while they are computed anew, others get the old ones. */
    public PrivacyReport report() {
        Computed ready = last;
        if (ready != null && (isFresh(ready) || !computing.tryLock())) {
            return ready.report();
        }
        if (ready == null) {
            computing.lock();
        }
        try {
            if (last == null || !isFresh(last)) {
                last = new Computed(compute(Instant.now()), Instant.now());
            }
            return last.report();
        } finally {
            computing.unlock();
        }
    }

    /** Until a minute has passed, or at once where nothing was known yet. */
    private boolean isFresh(Computed ready) {
        return ready.at().isAfter(Instant.now().minus(FRESH)) && ready.report().asOfBlock() >= 0;
    }

    Address relayer() {
        return keys.address(Sender.RELAYER).orElse(NO_RELAYER);
    }

    /** One who attacks claims of {@code token} that are paid by {@code practice}. */
    PrivacyEstimator estimator(Practice practice, Address token) {
        Token known = tokens.find(token).orElseThrow();
        boolean coin = policies.isCoin(token);
        Policy policy = policies.policy(practice.isStandard() ? Batch.Policy.STANDARD : Batch.Policy.EXACT, token);
        return estimators.computeIfAbsent(practice + " " + token + " " + known.decimals(), key ->
            TrainedAttackers.shipped().estimator(practice, policy, coin, known.decimals()));
    }

    private PrivacyReport compute(Instant now) {
        long asOf = events.asOfBlock();
        return new PrivacyReport(asOf, tokens.all().stream().map(token -> token(token, now)).toList());
    }

    private TokenPrivacy token(Token token, Instant now) {
        PrivacyFigures figures = estimator(Practice.STANDARD_AHEAD, token.address()).figures(
            events.recent(token.address(), now), events.totals(token.address()), token.address(), relayer(), now);
        return new TokenPrivacy(token.address(), token.symbol(), figures.candidateDeposits(),
            figures.candidateCompanies(),
            figures.outstanding().stream().map(o -> new Denomination(o.denomination(), o.atMost().max(BigInteger.ZERO)))
                .toList(),
            hiding(figures.now(), figures.candidateDeposits()),
            figures.later().stream().map(l -> {
                Hiding then = hiding(l.set(), figures.candidateDeposits());
                return new Later(l.after().toHours(), then.effectiveSet(), then.effectiveCompanies(),
                    then.linkedShare());
            }).toList(), figures.advice());
    }

    /** Rounded: more digits would feign knowledge. */
    static Hiding hiding(EffectiveSet set, int candidates) {
        return candidates == 0 ? new Hiding(0, 0, 1)
            : new Hiding(rounded(set.deposits(), 10), rounded(set.companies(), 10), rounded(set.linked(), 1000));
    }

    private static double rounded(double value, int steps) {
        return (double) Math.round(value * steps) / steps;
    }
}
