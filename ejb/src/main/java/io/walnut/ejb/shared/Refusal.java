package io.walnut.ejb.shared;

import jakarta.ejb.ApplicationException;
import java.util.List;

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
    private final transient List<FieldFault> faults;

    /** One input that is at fault. @param field its path, such as {@code payments[3].amount} */
    public record FieldFault(String field, String message) {
    }

    private Refusal(Kind kind, String code, String message, List<FieldFault> faults) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
        this.faults = List.copyOf(faults);
    }

    /** The input at {@code field} is malformed. */
    public static Refusal invalid(String field, String message) {
        return invalid(List.of(new FieldFault(field, message)));
    }

    /** Several inputs are malformed; all are named at once. */
    public static Refusal invalid(List<FieldFault> faults) {
        FieldFault first = faults.get(0);
        String more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)";
        return new Refusal(Kind.INVALID, "invalid_request", first.field() + ": " + first.message() + more, faults);
    }

    public static Refusal notFound(String what, String id) {
        return new Refusal(Kind.NOT_FOUND, what + "_not_found", "There is no " + what + " with the id " + id + ".",
            List.of());
    }

    public static Refusal of(Kind kind, String code, String message) {
        return new Refusal(kind, code, message, List.of());
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /** The inputs at fault; empty when it is not about inputs. */
    public List<FieldFault> faults() {
        return faults == null ? List.of() : faults;
    }
}
