package io.walnut.privacy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.report.Grid;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Simulation;
import io.walnut.privacy.simulation.Traffic;
import io.walnut.privacy.simulation.TrafficModel;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures that the portal shows, in ether, which has the least traffic. */
class PrivacyFiguresTest {

    private static final Address COIN = Asset.ETH.token();
    private static final Traffic TRAFFIC = Simulation.run(TrafficModel.DEFAULT, Grid.recommended(Asset.ETH), 77);
    private static final Instant NOW = TRAFFIC.judgedFrom().plus(Duration.ofDays(40));
    private static final PublicChain EVENTS = TRAFFIC.chain().until(NOW);
    private static final Address RELAYER = TRAFFIC.chain().claims().stream()
            .filter(PublicClaim::relayed).map(c -> c.transaction().sender()).findFirst().orElseThrow();

    private static PrivacyEstimator estimator;

    @BeforeAll
    static void train() {
        var policy = Grid.recommended(Asset.ETH).policies().get(Asset.ETH);
        estimator = TrainedAttackers.shipped().estimator(Practice.STANDARD_AHEAD, policy, true, 18);
    }

    @Test
    void theBoundOfOutstandingNotesHoldsForEachDenomination() {
        var outstanding = new HashMap<BigInteger, Long>();
        var late = TRAFFIC.chain().of(COIN);
        late.claims().stream().filter(c -> c.time().isAfter(NOW) && isDepositedBefore(c.linkKey()))
                .forEach(c -> outstanding.merge(c.amount(), 1L, Long::sum));
        PrivacyFigures figures = figures(EVENTS);
        assertTrue(outstanding.size() > 3);
        outstanding.forEach((denomination, count) -> {
            PrivacyFigures.Outstanding bound = figures.outstanding().stream()
                    .filter(o -> o.denomination().equals(denomination)).findFirst().orElseThrow();
            assertTrue(bound.atMost().compareTo(BigInteger.valueOf(count)) >= 0, denomination + ": " + bound);
        });
    }

    @Test
    void nobodyHidesAmongMoreDepositsThanThereAre() {
        PrivacyFigures figures = figures(EVENTS);
        assertTrue(figures.candidateDeposits() > 10);
        assertTrue(figures.now().deposits() > 1 && figures.now().deposits() <= figures.candidateDeposits());
        assertTrue(figures.now().companies() > 1 && figures.now().companies() <= figures.candidateCompanies());
    }

    @Test
    void whatIsForetoldForWaitingComesTrueWithinAFifth() {
        PrivacyFigures figures = figures(EVENTS);
        for (PrivacyFigures.Later later : figures.later()) {
            Instant then = NOW.plus(later.after());
            double came = estimator.figures(TRAFFIC.chain().until(then), COIN, RELAYER, then).now().deposits();
            assertEquals(came, later.set().deposits(), came / 5, "after " + later.after());
        }
    }

    @Test
    void anEmptyEscrowIsSaidToHideNothing() {
        PrivacyFigures figures = figures(new PublicChain(List.of(), List.of(), List.of(), List.of()));
        assertEquals(0, figures.candidateDeposits());
        assertTrue(figures.advice().startsWith("Nobody has deposited lately"), figures.advice());
    }

    @Test
    void depositsThatNoClaimCanComeFromYetAreSaidToBeYoung() {
        List<PublicDeposit> young = EVENTS.of(COIN).deposits().stream().limit(2).map(d -> new PublicDeposit(d.id(),
                d.depositor(), d.token(), d.amount(), NOW.minus(Duration.ofMinutes(14)))).toList();
        PrivacyFigures figures = figures(new PublicChain(young, List.of(), List.of(), List.of()));
        assertEquals(0, figures.candidateDeposits());
        assertTrue(figures.advice().startsWith("Each of the 2 deposits was made in the last quarter of an hour"),
                figures.advice());
        Instant later = NOW.plus(Duration.ofMinutes(2));
        assertEquals(2, estimator.figures(new PublicChain(young, List.of(), List.of(), List.of()), COIN, RELAYER, later)
                .candidateDeposits());
    }

    @Test
    void aSingleCompanyIsSaidToHideNothing() {
        Address company = EVENTS.of(COIN).deposits().getFirst().depositor();
        List<PublicDeposit> own = EVENTS.deposits().stream().filter(d -> d.depositor().equals(company)).toList();
        PrivacyFigures figures = figures(new PublicChain(own, EVENTS.claims(), EVENTS.exits(), EVENTS.transfers()));
        assertEquals(1, figures.candidateCompanies());
        assertTrue(figures.advice().startsWith("All recent deposits are one company's"), figures.advice());
    }

    private static boolean isDepositedBefore(Address linkKey) {
        return EVENTS.deposits().stream().anyMatch(d -> d.id().equals(TRAFFIC.truth().get(linkKey).deposit()));
    }

    private static PrivacyFigures figures(PublicChain events) {
        return estimator.figures(events, COIN, RELAYER, NOW);
    }
}
