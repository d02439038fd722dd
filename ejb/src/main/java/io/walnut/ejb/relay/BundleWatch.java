package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.chain.EscrowChain;
import io.walnut.ejb.chain.TransactionOutcome;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * Takes in what became of claims that went out in one transaction. The escrow passes over what it cannot pay, so each
 * is looked for among those that the transaction paid; the others are tried once more, each alone, where a failure is
 * their own and says why.
 */
@Stateless
public class BundleWatch {
    @EJB
    private ClaimStore claims;
    @EJB
    private ClaimDesk desk;
    @Inject
    private EscrowChain chain;

    /** @throws io.walnut.ejb.chain.RpcException when the chain cannot be asked; the outcome is then told again */
    public void take(TransactionOutcome outcome) {
        Set<Address> paid = switch (outcome.state()) {
            case MINED, SETTLED -> chain.claimedIn(outcome.hash().orElseThrow());
            default -> Set.of();
        };
        for (RelayedClaim claim : claims.lockBundle(outcome.purpose().substring(RelayedClaim.BUNDLE.length()))) {
            if (claim.state() == RelayedClaim.State.QUEUED || claim.state() == RelayedClaim.State.MINED) {
                follow(claim, outcome, paid.contains(claim.linkKey()));
            }
        }
    }

    private void follow(RelayedClaim claim, TransactionOutcome outcome, boolean isPaid) {
        switch (outcome.state()) {
            case MINED -> {
                if (isPaid) {
                    claim.mined(hash(outcome));
                }
            }
            case SENT -> {
                if (claim.state() == RelayedClaim.State.MINED) {
                    claim.unmined();
                }
            }
            case SETTLED -> {
                if (isPaid) {
                    claim.settled(hash(outcome));
                } else {
                    tryAlone(claim);
                }
            }
            case REVERTED, REJECTED -> tryAlone(claim);
            default -> throw new IllegalStateException("no outcome: " + outcome.state());
        }
    }

    private void tryAlone(RelayedClaim claim) {
        claim.alone();
        desk.sendAlone(claim);
    }

    private static Bytes32 hash(TransactionOutcome outcome) {
        return outcome.hash().orElseThrow();
    }
}
