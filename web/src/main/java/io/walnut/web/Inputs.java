package io.walnut.web;

import io.walnut.contracts.Address;
import io.walnut.contracts.Amounts;
import io.walnut.contracts.Signature;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.Refusal.FieldFault;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the fields of one request, gathers all that is wrong with them, and then refuses once. */
public final class Inputs {
    private static final int MOST_FAULTS = 100;
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,77}");

    private final List<FieldFault> faults = new ArrayList<>();

    public void fault(String field, String message) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new FieldFault(field, message));
        }
    }

    /** @throws Refusal when anything was wrong so far */
    public void refuseIfFaulty() {
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
    }

    /** Text of 1 to {@code most} characters. */
    public String required(String field, String value, int most) {
        if (value == null || value.isBlank()) {
            fault(field, "is required");
            return null;
        }
        return optional(field, value, most);
    }

    /** The same, or null for none. */
    public String optional(String field, String value, int most) {
        if (value != null && (value.length() > most || value.chars().anyMatch(Character::isISOControl))) {
            fault(field, "must have at most " + most + " characters, without control characters");
            return null;
        }
        return value == null || value.isBlank() ? null : value;
    }

    /** An amount in smallest units, 1 to 2¹²⁸ − 1. */
    public BigInteger amount(String field, String value) {
        BigInteger amount = whole(field, value);
        if (amount != null && !Amounts.isValid(amount)) {
            fault(field, "must lie between 1 and 2^128 - 1 smallest units");
            return null;
        }
        return amount;
    }

    /** A whole number that is not negative. */
    public BigInteger whole(String field, String value) {
        if (value == null || !WHOLE.matcher(value).matches()) {
            fault(field, "must be a whole number in a string, such as \"1000000\"");
            return null;
        }
        return new BigInteger(value);
    }

    public Address address(String field, String value) {
        return parse(field, value, Address::parse, "must be an address: 0x and 40 hexadecimal digits");
    }

    public Signature signature(String field, String value) {
        return parse(field, value, Signature::parse, "must be a compact signature: 0x and 128 hexadecimal digits");
    }

    /** A moment in RFC 3339, or null for none. */
    public Instant time(String field, String value) {
        return value == null ? null : parse(field, value, text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(e.getMessage());
            }
        }, "must be a time such as 2027-01-31T00:00:00Z");
    }

    /** One of an enum's names in lower case; {@code otherwise} for none. */
    public <E extends Enum<E>> E oneOf(String field, Class<E> type, String value, E otherwise) {
        if (value == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        fault(field, "is none of " + java.util.Arrays.stream(type.getEnumConstants())
            .map(c -> c.name().toLowerCase(Locale.ROOT)).toList());
        return otherwise;
    }

    private <T> T parse(String field, String value, Function<String, T> parser, String message) {
        try {
            if (value != null) {
                return parser.apply(value);
            }
        } catch (IllegalArgumentException e) {
            // The message below says it all; the parser's own may repeat the input.
        }
        fault(field, message);
        return null;
    }
}
