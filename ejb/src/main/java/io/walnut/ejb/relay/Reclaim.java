package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.link.PaymentLink.ReclaimReason;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.treasury.SeedVault;
import io.walnut.ejb.treasury.TreasuryAddress;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Takes payments back that nobody has claimed: a claim to the treasury's own address. */
@Stateless
public class Reclaim {
    private static final long DEADLINE_SECONDS = 30L * 24 * 3600;
    private static final int EXPIRED_AT_ONCE = 50;

    @EJB
    private LinkStore links;
    @EJB
    private ClaimStore claims;
    @EJB
    private ClaimDesk desk;
    @EJB
    private SeedVault vault;
    @EJB
    private Journal journal;
    @Inject
    private TreasuryAddress treasury;
    @Inject
    private EscrowSettings escrow;

    /** Where money goes back to; empty when neither a key nor {@code walnut.treasury.address} is configured. */
    public Optional<Address> treasury() {
        return treasury.find();
    }

    /** Starts to take a ready link's money back. Asked again while that is under way, does nothing more. */
    public PaymentLink cancel(String id, String by) {
        PaymentLink link = links.lock(id);
        if (link.state() == PaymentLink.State.RECLAIM_PENDING || link.state() == PaymentLink.State.CANCELLED) {
            return link;
        }
        start(link, ReclaimReason.CANCELLED);
        journal.record("link.cancel_requested", by, link.id(), link.batchId());
        return link;
    }

    /** Takes back what has expired; says how many links. */
    public int expire() {
        if (treasury().isEmpty()) {
            return 0;
        }
        var expired = links.takeExpired(EXPIRED_AT_ONCE);
        for (PaymentLink link : expired) {
            start(link, ReclaimReason.EXPIRED);
            journal.record("link.expiring", Journal.SYSTEM, link.id(), link.batchId());
        }
        return expired.size();
    }

    private void start(PaymentLink link, ReclaimReason reason) {
        Address to = treasury().orElseThrow(() -> Refusal.of(Refusal.Kind.UNPROCESSABLE, "no_treasury_address",
            "Set walnut.treasury.address, so that it is known where the money goes."));
        link.reclaimStarted(reason);
        byte[] secret = vault.linkSecret(link);
        try {
            for (LinkNote note : links.notesOfLink(link.id())) {
                if (note.redeemedTx() == null && claims.active(note.linkKey()).isEmpty()) {
                    claim(link, note, to, secret);
                }
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void claim(PaymentLink link, LinkNote note, Address to, byte[] secret) {
        BigInteger deadline = BigInteger.valueOf(Instant.now().getEpochSecond() + DEADLINE_SECONDS);
        var claim = new Claim(link.token(), note.amount(), to, BigInteger.ZERO, Address.ZERO, deadline);
        byte[] key = KeyDerivation.noteKey(secret, note.positionInLink());
        try {
            Signature signature = Secp256k1.nativeLibrary().sign(claim.digest(escrow.domain()), key);
            var row = new RelayedClaim(note.linkKey(), claim, signature, true);
            claims.add(row);
            desk.sendAlone(row);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
