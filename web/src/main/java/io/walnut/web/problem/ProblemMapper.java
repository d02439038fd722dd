package io.walnut.web.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.walnut.ejb.shared.IllegalTransitionException;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.WorkId;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns whatever goes wrong into a problem document. What is not the caller's fault is logged and not told. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        if (isTooLarge(thrown)) {
            return Problem.response(413, code(413), sentence(413));
        }
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            Response known = known(e);
            if (known != null) {
                return known;
            }
        }
        LOG.log(System.Logger.Level.ERROR, "request " + WorkId.current() + " failed", thrown);
        return Problem.response(500, "internal_error",
            "Something went wrong here; it was logged under the request id.");
    }

    /** Whoever reads the body may make something else of it on the way. */
    private static boolean isTooLarge(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).anyMatch(BodyLimit.Exceeded.class::isInstance);
    }

    private static Response known(Throwable e) {
        return switch (e) {
            case Refusal refusal -> Problem.response(status(refusal.kind()), refusal.code(), refusal.getMessage(),
                refusal.faults());
            case IllegalTransitionException illegal ->
                Problem.response(409, "illegal_transition", illegal.getMessage());
            case OptimisticLockException ignored -> busy();
            case PessimisticLockException ignored -> busy();
            case JsonMappingException json -> Problem.response(400, "invalid_request",
                "The body does not have the form that is asked for: " + path(json),
                List.of(new Refusal.FieldFault(path(json), reason(json))));
            case JsonProcessingException ignored ->
                Problem.response(400, "invalid_json", "The body is not JSON.");
            case UnsupportedEncodingException ignored ->
                Problem.response(415, "media_type_not_supported", sentence(415));
            case WebApplicationException web -> Problem.response(web.getResponse().getStatus(),
                code(web.getResponse().getStatus()), sentence(web.getResponse().getStatus()));
            default -> null;
        };
    }

    private static Response busy() {
        return Problem.response(409, "concurrent_change", "Somebody else changed this at the same time; try again.");
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
            .collect(Collectors.joining());
        return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
    }

    private static String reason(JsonMappingException e) {
        return e instanceof com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException ? "is not known"
            : "has another type than is asked for";
    }

    static int status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case UNPROCESSABLE -> 422;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    static String code(int status) {
        return switch (status) {
            case 401 -> "login_needed";
            case 403 -> "role_needed";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 413 -> "body_too_large";
            case 415 -> "media_type_not_supported";
            default -> status < 500 ? "bad_request" : "internal_error";
        };
    }

    static String sentence(int status) {
        return switch (status) {
            case 401 -> "Log in first.";
            case 403 -> "Your role does not allow this.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not know that method.";
            case 406 -> "This address answers in JSON.";
            case 413 -> "The body is larger than 5 MiB: send less at once, such as a batch of fewer payments.";
            case 415 -> "Send the body as application/json, or text/csv where that is offered.";
            default -> status < 500 ? "The request is malformed." : "Something went wrong here.";
        };
    }
}
