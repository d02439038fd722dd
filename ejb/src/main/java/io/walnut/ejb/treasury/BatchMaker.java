package io.walnut.ejb.treasury;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.Address;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.secret.Sealer;
import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.Refusal;
import io.walnut.privacy.policy.DepositPlan;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.policy.PolicyRefusal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a batch: its seed, its links, their notes, and the deposits that pay for them. */
@Stateless
public class BatchMaker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FAULTS = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private LinkStore links;
    @EJB
    private Journal journal;
    @Inject
    private Sealer sealer;
    @Inject
    private NotePolicies policies;
    @Inject
    private ReclaimTimes reclaims;

    /** The new batch, a draft, with all its rows. */
    public Batch make(BatchRequest request, String by) {
        List<DepositPlan> plans = plans(policies.policy(request.policy(), request.token()),
            request.payments().stream().map(BatchRequest.Payment::amount).toList(), "payments[%d].amount");
        byte[] seed = new byte[KeyDerivation.SECRET_LENGTH];
        RANDOM.nextBytes(seed);
        try {
            String id = Ids.next("bat");
            BigInteger total = request.payments().stream().map(BatchRequest.Payment::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
            var batch = new Batch(id, request, total, sealer.seal(seed, id), json(request.metadata()), by);
            em.persist(batch);
            for (int i = 0; i < plans.size(); i++) {
                addDeposit(batch, i, plans.get(i), request.payments(), seed);
            }
            journal.record("batch.created", by, id, id,
                Map.of("payments", request.payments().size(), "total", total.toString()));
            return batch;
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * The deposits that pay for some payments.
     *
     * @param field the name of the input that a payment's amount comes from, with its place as %d
     * @throws Refusal naming every payment whose amount the policy cannot carry
     */
    public static List<DepositPlan> plans(Policy policy, List<BigInteger> amounts, String field) {
        var faults = new ArrayList<Refusal.FieldFault>();
        for (int i = 0; i < amounts.size() && faults.size() < MOST_FAULTS; i++) {
            try {
                policy.split(amounts.get(i));
            } catch (PolicyRefusal e) {
                faults.add(new Refusal.FieldFault(field.formatted(i), e.getMessage()));
            }
        }
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        return policy.plan(amounts);
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

    private static String json(Map<String, String> metadata) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(metadata));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    /** Loaded with the first use: the library is native. */
    private static final class Curve {
        static final Secp256k1 NATIVE = Secp256k1.nativeLibrary();
    }
}
