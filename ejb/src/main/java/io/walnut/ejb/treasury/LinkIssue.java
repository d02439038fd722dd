package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.secret.Sealer;
import io.walnut.ejb.shared.Ids;
import io.walnut.privacy.policy.DepositPlan;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a draft's links, their notes, and the deposits that pay for them. */
@Stateless
public class LinkIssue {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @Inject
    private Sealer sealer;
    @Inject
    private NotePolicies policies;
    @Inject
    private ReclaimTimes reclaims;

    /**
     * Puts links in the place of the draft; does nothing for a batch that has them.
     *
     * @throws io.walnut.ejb.shared.Refusal naming every payment whose amount the policy cannot carry any more
     */
    public void issue(Batch batch) {
        BatchDraft draft = em.find(BatchDraft.class, batch.id());
        if (draft == null) {
            return;
        }
        List<BatchRequest.Payment> payments = draft.payments();
        List<DepositPlan> plans = policies.plans(batch.policy(), batch.token(),
            payments.stream().map(BatchRequest.Payment::amount).toList(), BatchRequest.AMOUNT);
        byte[] seed = sealer.open(batch.sealedSeed(), batch.id());
        try {
            for (int i = 0; i < plans.size(); i++) {
                addDeposit(batch, i, plans.get(i), payments, seed);
            }
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
        em.remove(draft);
    }

    private void addDeposit(Batch batch, int position, DepositPlan plan, List<BatchRequest.Payment> payments,
        byte[] seed) {
        String depositId = Ids.next("dep");
        byte[] saltKey = KeyDerivation.saltKey(seed, position);
        try {
            var notes = new ArrayList<Note>();
            var rows = new ArrayList<Object>();
            for (int i = 0; i < plan.payments().size(); i++) {
                int payment = plan.firstPayment() + i;
                BatchRequest.Payment due = payments.get(payment);
                var link = new PaymentLink(new PaymentLink.Terms(batch.id(), depositId, payment,
                    batch.token(), due.amount(), due.reference(), due.email(),
                    reclaims.times(batch.releaseAt(), batch.expiresAt())));
                rows.add(link);
                addNotes(link, plan.payments().get(i), seed, saltKey, notes, rows);
            }
            var terms = new Deposit(batch.token(), plan.amount(), NoteTree.of(notes).root());
            em.persist(new FundingDeposit(depositId, batch.id(), position, terms, notes.size()));
            rows.forEach(em::persist);
        } finally {
            Arrays.fill(saltKey, (byte) 0);
        }
    }

    private static void addNotes(PaymentLink link, List<BigInteger> amounts, byte[] seed, byte[] saltKey,
        List<Note> notes, List<Object> rows) {
        byte[] secret = KeyDerivation.linkSecret(seed, link.position());
        try {
            for (int j = 0; j < amounts.size(); j++) {
                byte[] key = KeyDerivation.noteKey(secret, j);
                Address linkKey = Curve.NATIVE.address(key);
                Arrays.fill(key, (byte) 0);
                int k = notes.size();
                BigInteger amount = amounts.get(j);
                notes.add(new Note(linkKey, amount, KeyDerivation.salt(saltKey, k)));
                rows.add(new LinkNote(linkKey, link.id(), link.depositId(), j, k, amount));
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Loaded with the first use: the library is native. */
    private static final class Curve {
        static final Secp256k1 NATIVE = Secp256k1.nativeLibrary();
    }
}
