package io.walnut.web.idempotency;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import io.walnut.ejb.idempotency.IdempotentRequest.Answer;
import io.walnut.ejb.idempotency.IdempotentRequest.Key;
import io.walnut.ejb.idempotency.IdempotentRequests;
import io.walnut.ejb.shared.Refusal;
import io.walnut.web.json.Json;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Carries a POST out in one transaction, and at most once for its {@code Idempotency-Key}. */
@RequestScoped
public class Once {
    private static final String HEADER = "Idempotency-Key";
    private static final int MAX_LENGTH = 255;

    @EJB
    private IdempotentRequests requests;
    @Inject
    private HttpServletRequest request;

    /** @param body what was sent, or null @param work gives the view to answer with */
    public Response run(int status, Object body, Supplier<?> work) {
        Supplier<Answer> answering = () -> new Answer(status, Json.write(work.get()));
        String header = request.getHeader(HEADER);
        if (header == null) {
            return response(requests.perform(answering), false);
        }
        if (header.isBlank() || header.length() > MAX_LENGTH) {
            throw Refusal.invalid(HEADER, "must have 1 to " + MAX_LENGTH + " characters");
        }
        var key = new Key(request.getUserPrincipal().getName(), header);
        Bytes32 fingerprint = fingerprint(body);
        return requests.find(key, fingerprint).map(answer -> response(answer, true))
            .orElseGet(() -> perform(key, fingerprint, answering));
    }

    private Response perform(Key key, Bytes32 fingerprint, Supplier<Answer> work) {
        try {
            return response(requests.perform(key, fingerprint, work), false);
        } catch (EJBException e) {
            // Most likely the same key at the same time: if so, its answer is there now.
            return requests.find(key, fingerprint).map(answer -> response(answer, true)).orElseThrow(() -> e);
        }
    }

    private Bytes32 fingerprint(Object body) {
        String text = request.getRequestURI() + '?' + request.getQueryString() + '\n'
            + (body == null ? "" : Json.write(body));
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Response response(Answer answer, boolean replayed) {
        var response = Response.status(answer.status()).type(MediaType.APPLICATION_JSON_TYPE).entity(answer.body());
        return (replayed ? response.header("Idempotent-Replayed", "true") : response).build();
    }
}
