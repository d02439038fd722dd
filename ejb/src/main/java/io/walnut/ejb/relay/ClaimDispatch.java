package io.walnut.ejb.relay;

import io.walnut.contracts.EscrowAbi;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.Outbox;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.shared.Ids;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Hands held claims to the outbox when they are due, all that are due together in one transaction. */
@Stateless
public class ClaimDispatch {
    private static final int MOST_IN_ONE = 50;
    /** Enough for smart accounts as recipients, and the same for all claims, since it shows in the call. */
    private static final long GAS_PER_CLAIM = 200_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    @EJB
    private ClaimStore claims;
    @EJB
    private ClaimDesk desk;
    @EJB
    private Outbox outbox;
    @Inject
    private EscrowSettings escrow;

    /** Says how many it handed over. */
    public int dispatch() {
        List<RelayedClaim> due = claims.takeDue(Instant.now(), MOST_IN_ONE);
        if (due.size() == 1) {
            due.get(0).queued(null);
            desk.sendAlone(due.get(0));
        } else if (!due.isEmpty()) {
            sendTogether(due);
        }
        return due.size();
    }

    private void sendTogether(List<RelayedClaim> due) {
        String bundle = Ids.next("bun");
        due.forEach(claim -> claim.queued(bundle));
        // The order in which claims came in would tell which belong together.
        Collections.shuffle(due, RANDOM);
        outbox.enqueue(due.get(0).purpose(), Sender.RELAYER, escrow.address(), BigInteger.ZERO,
            EscrowAbi.claimMany(due.stream().map(desk::callData).toList(), GAS_PER_CLAIM));
    }
}
