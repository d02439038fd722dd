package io.walnut.ejb.treasury;

import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.secret.Sealer;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;

/** Opens batch seeds, for as long as it takes to derive one secret. */
@Stateless
public class SeedVault {
    @EJB
    private BatchStore batches;
    @EJB
    private LinkStore links;
    @Inject
    private Sealer sealer;

    /** The secret that a link carries: 32 bytes, the caller's to wipe. */
    public byte[] linkSecret(PaymentLink link) {
        byte[] seed = seed(link.batchId());
        try {
            return KeyDerivation.linkSecret(seed, link.position());
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** The key that the salts of a deposit's notes come from: 32 bytes, the caller's to wipe. */
    public byte[] saltKey(FundingDeposit deposit) {
        byte[] seed = seed(deposit.batchId());
        try {
            return KeyDerivation.saltKey(seed, deposit.position());
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** A deposit's notes with their salts, in the order of its request: whoever knows them can tell its claims. */
    public List<Note> notes(FundingDeposit deposit) {
        byte[] saltKey = saltKey(deposit);
        try {
            return links.notesOfDeposit(deposit.id()).stream().map(note -> new Note(note.linkKey(), note.amount(),
                KeyDerivation.salt(saltKey, note.positionInDeposit()))).toList();
        } finally {
            Arrays.fill(saltKey, (byte) 0);
        }
    }

    private byte[] seed(String batchId) {
        return sealer.open(batches.get(batchId).sealedSeed(), batchId);
    }
}
