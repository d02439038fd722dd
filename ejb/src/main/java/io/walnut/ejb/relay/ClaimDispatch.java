package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowAbi.SignedClaim;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands held claims to the outbox when they are due: all that are due together in one transaction for each token and
 * each relayer that they name, as the escrow takes them.
 */
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
        var due = new ArrayList<>(claims.takeDue(Instant.now(), MOST_IN_ONE));
        // The order in which claims came in would tell which belong together.
        Collections.shuffle(due, RANDOM);
        var bundles = new LinkedHashMap<List<Address>, Map<RelayedClaim, SignedClaim>>();
        for (RelayedClaim claim : due) {
            SignedClaim signed = desk.signed(claim);
            bundles.computeIfAbsent(List.of(signed.claim().token(), signed.claim().relayer()),
                key -> new LinkedHashMap<>()).put(claim, signed);
        }
        bundles.values().forEach(this::send);
        return due.size();
    }

    private void send(Map<RelayedClaim, SignedClaim> bundle) {
        RelayedClaim first = bundle.keySet().iterator().next();
        if (bundle.size() == 1) {
            first.queued(null);
            desk.sendAlone(first);
            return;
        }
        String id = Ids.next("bun");
        bundle.keySet().forEach(claim -> claim.queued(id));
        outbox.enqueue(first.purpose(), Sender.RELAYER, escrow.address(), BigInteger.ZERO,
            EscrowAbi.claimMany(List.copyOf(bundle.values()), GAS_PER_CLAIM));
    }
}
