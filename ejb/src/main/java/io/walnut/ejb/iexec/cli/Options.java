package io.walnut.ejb.iexec.cli;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A command's {@code --name value} pairs; {@code --send} stands alone. Every complaint names the option. */
final class Options {

    private static final String SEND = "send";

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    /** The command line is wrong; the message says how to put it right. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    Options(String[] arguments, int from) {
        for (int i = from; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                throw new UsageException("unexpected \"" + arguments[i] + "\": options are written --name value");
            }
            String name = arguments[i].substring(2);
            if (name.equals(SEND)) {
                values.put(SEND, "");
            } else if (i + 1 < arguments.length) {
                values.put(name, arguments[++i]);
            } else {
                throw new UsageException("--" + name + " needs a value");
            }
        }
    }

    boolean send() {
        asked.add(SEND);
        return values.containsKey(SEND);
    }

    Optional<String> find(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name));
    }

    String text(String name) {
        return find(name).orElseThrow(() -> new UsageException("--" + name + " is missing"));
    }

    Address address(String name) {
        return parsed(name, Address::parse);
    }

    Bytes32 bytes32(String name) {
        return parsed(name, Bytes32::parse);
    }

    Path path(String name) {
        return parsed(name, Path::of);
    }

    /** A decimal number, 0 or more. */
    BigInteger number(String name, long byDefault) {
        return find(name).isPresent() ? parsed(name, Options::unsigned) : BigInteger.valueOf(byDefault);
    }

    BigInteger number(String name) {
        return parsed(name, Options::unsigned);
    }

    /** To be called when a command has read its options: a misspelt one must not pass for an absent one. */
    void requireNoOthers() {
        values.keySet().stream().filter(name -> !asked.contains(name)).findFirst().ifPresent(name -> {
            throw new UsageException("this command has no option --" + name);
        });
    }

    private <T> T parsed(String name, Function<String, T> parser) {
        String text = text(name);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + name + ": " + e.getMessage());
        }
    }

    private static BigInteger unsigned(String text) {
        if (!text.matches("[0-9]{1,78}")) {
            throw new IllegalArgumentException("a decimal number is needed");
        }
        return new BigInteger(text);
    }
}
