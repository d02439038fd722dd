package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.EscrowChain;
import io.walnut.ejb.chain.EscrowWatcher;
import io.walnut.ejb.chain.Redemption;
import io.walnut.ejb.privacy.PublicEvents;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What is said of a note that the chain has paid: what the chain says, in the same way for every note of the escrow.
 * Whoever takes a link key and its signatures out of a claim on chain must not learn from us whose it was, so none of
 * our own records is asked.
 */
@Stateless
public class PaidNotes {
    @EJB
    private PublicEvents events;
    @EJB
    private EscrowWatcher watcher;
    @Inject
    private EscrowChain chain;

    /**
     * @param look at the note just now
     * @return empty for a note that is not paid
     */
    public Optional<ClaimStatus> find(Address linkKey, EscrowChain.Look look) {
        return (look.isRedeemed() ? redemption(linkKey) : events.redemption(linkKey)).map(this::status);
    }

    private Optional<Redemption> redemption(Address linkKey) {
        // Read first: what is kept meanwhile is then in both places, and not in none.
        long kept = events.asOfBlock();
        return events.redemption(linkKey).or(() -> chain.redemption(linkKey, kept + 1));
    }

    private ClaimStatus status(Redemption paid) {
        boolean isFinal = watcher.position().filter(p -> paid.blockNumber() <= p.finalized()).isPresent();
        return new ClaimStatus(null, isFinal ? "settled" : "mined", paid.linkKey(), paid.recipient(), paid.amount(), BigInteger.ZERO, null,
            paid.txHash(), null);
    }
}
