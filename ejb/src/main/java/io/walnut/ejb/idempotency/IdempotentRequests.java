package io.walnut.ejb.idempotency;

import io.walnut.contracts.Bytes32;
import io.walnut.ejb.idempotency.IdempotentRequest.Answer;
import io.walnut.ejb.idempotency.IdempotentRequest.Key;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries requests out once for each key. The key is stored with what the request changes, or not at all;
 * of two requests at the same time the second waits at the primary key and then fails.
 */
@Stateless
public class IdempotentRequests {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;

    /** The answer that was given before. @throws Refusal when that was to another request */
    public Optional<Answer> find(Key key, Bytes32 fingerprint) {
        IdempotentRequest found = em.find(IdempotentRequest.class, key);
        if (found == null) {
            return Optional.empty();
        }
        if (!found.fingerprint().equals(fingerprint)) {
            throw Refusal.of(Refusal.Kind.UNPROCESSABLE, "idempotency_key_reused",
                "This Idempotency-Key was used for another request; choose a new one.");
        }
        return Optional.of(found.answer());
    }

    /** @throws jakarta.ejb.EJBException when the key is taken at the same time */
    public Answer perform(Key key, Bytes32 fingerprint, Supplier<Answer> work) {
        var request = new IdempotentRequest(key, fingerprint);
        em.persist(request);
        em.flush();
        Answer answer = work.get();
        request.answered(answer);
        return answer;
    }

    /** The same without a key. */
    public Answer perform(Supplier<Answer> work) {
        return work.get();
    }
}
