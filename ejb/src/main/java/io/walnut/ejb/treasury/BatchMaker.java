package io.walnut.ejb.treasury;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.KeyDerivation;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.secret.Sealer;
import io.walnut.ejb.shared.Ids;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Makes batches: drafts, whose links are made when they are submitted. */
@Stateless
public class BatchMaker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private Journal journal;
    @Inject
    private Sealer sealer;
    @Inject
    private NotePolicies policies;

    /** @throws io.walnut.ejb.shared.Refusal naming every payment whose amount the policy cannot carry */
    public Batch make(BatchRequest request, String by) {
        policies.check(request.policy(), request.token(), request.amounts(), BatchRequest.AMOUNT);
        byte[] seed = new byte[KeyDerivation.SECRET_LENGTH];
        RANDOM.nextBytes(seed);
        try {
            String id = Ids.next("bat");
            BigInteger total = request.amounts().stream().reduce(BigInteger.ZERO, BigInteger::add);
            var batch = new Batch(id, request, total, sealer.seal(seed, id), json(request.metadata()), by);
            em.persist(batch);
            em.persist(new BatchDraft(id, request.payments()));
            journal.record("batch.created", by, id, id,
                Map.of("payments", request.payments().size(), "total", total.toString()));
            return batch;
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static String json(Map<String, String> metadata) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(metadata));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }
}
