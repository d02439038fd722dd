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
    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private LinkStore links;
    @EJB
    private Journal journal;
    @Inject
    private Sealer sealer;

    /** A payment, its place in the batch, and the amounts of its notes. */
    private record Split(int position, BatchRequest.Payment payment, List<BigInteger> notes) {
    }

    /** The new batch, a draft, with all its rows. */
    public Batch make(BatchRequest request, String by) {
        byte[] seed = new byte[KeyDerivation.SECRET_LENGTH];
        RANDOM.nextBytes(seed);
        try {
            String id = Ids.next("bat");
            BigInteger total = request.payments().stream().map(BatchRequest.Payment::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
            var batch = new Batch(id, request, total, sealer.seal(seed, id), json(request.metadata()), by);
            em.persist(batch);
            int position = 0;
            for (List<Split> part : parts(request)) {
                addDeposit(batch, position++, part, seed);
            }
            journal.record("batch.created", by, id, id,
                Map.of("payments", request.payments().size(), "total", total.toString()));
            return batch;
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** Payments in their order, as many to a deposit as its tree can hold; a payment's notes stay together. */
    private static List<List<Split>> parts(BatchRequest request) {
        var parts = new ArrayList<List<Split>>();
        var part = new ArrayList<Split>();
        int notes = 0;
        for (int i = 0; i < request.payments().size(); i++) {
            BatchRequest.Payment payment = request.payments().get(i);
            var split = new Split(i, payment, Denominations.of(request.policy(), payment.amount()));
            if (notes + split.notes().size() > NoteTree.MAX_NOTES) {
                parts.add(part);
                part = new ArrayList<>();
                notes = 0;
            }
            part.add(split);
            notes += split.notes().size();
        }
        parts.add(part);
        return parts;
    }

    private void addDeposit(Batch batch, int position, List<Split> part, byte[] seed) {
        String depositId = Ids.next("dep");
        byte[] saltKey = KeyDerivation.saltKey(seed, position);
        try {
            var notes = new ArrayList<Note>();
            var rows = new ArrayList<Object>();
            for (Split split : part) {
                var link = new PaymentLink(new PaymentLink.Terms(batch.id(), depositId, split.position(),
                    batch.token(), split.payment().amount(), split.payment().reference(), split.payment().email(),
                    batch.expiresAt()));
                rows.add(link);
                addNotes(link, split, seed, saltKey, notes, rows);
            }
            BigInteger amount = notes.stream().map(Note::amount).reduce(BigInteger.ZERO, BigInteger::add);
            var terms = new Deposit(batch.token(), amount, NoteTree.of(notes).root());
            em.persist(new FundingDeposit(depositId, batch.id(), position, terms, notes.size()));
            rows.forEach(em::persist);
        } finally {
            Arrays.fill(saltKey, (byte) 0);
        }
    }

    private static void addNotes(PaymentLink link, Split split, byte[] seed, byte[] saltKey, List<Note> notes,
        List<Object> rows) {
        byte[] secret = KeyDerivation.linkSecret(seed, split.position());
        try {
            for (int j = 0; j < split.notes().size(); j++) {
                byte[] key = KeyDerivation.noteKey(secret, j);
                Address linkKey = Curve.NATIVE.address(key);
                Arrays.fill(key, (byte) 0);
                int k = notes.size();
                BigInteger amount = split.notes().get(j);
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
