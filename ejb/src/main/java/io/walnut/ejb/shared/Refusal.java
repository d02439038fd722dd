package io.walnut.ejb.shared;

import jakarta.ejb.ApplicationException;
import java.util.Optional;

/**
 * A request that is refused for a reason that its caller can act on. Carries a stable code, one clear line,
 * and, where one input is at fault, the path of its field. Rolls the transaction back.
 */
@ApplicationException(rollback = true)
public final class Refusal extends RuntimeException {
    /** What kind of refusal it is; decides the HTTP status. */
    public enum Kind { INVALID, FORBIDDEN, NOT_FOUND, CONFLICT, UNPROCESSABLE, TOO_MANY, UNAVAILABLE }

    private final Kind kind;
    private final String code;
    private final transient Optional<String> field;

    private Refusal(Kind kind, String code, String message, Optional<String> field) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
        this.field = field;
    }

    /** The input at {@code field} is malformed. */
    public static Refusal invalid(String field, String message) {
        return new Refusal(Kind.INVALID, "invalid_request", message, Optional.of(field));
    }

    public static Refusal notFound(String what, String id) {
        return new Refusal(Kind.NOT_FOUND, what + "_not_found", "There is no " + what + " with the id " + id + ".",
            Optional.empty());
    }

    public static Refusal of(Kind kind, String code, String message) {
        return new Refusal(kind, code, message, Optional.empty());
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public Optional<String> field() {
        return field == null ? Optional.empty() : field;
    }
}
