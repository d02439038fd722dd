package io.walnut.enclave.ceremony;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowDomain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code --name value} pairs; a name may be repeated. */
final class Options {

    private final Map<String, List<String>> values = new HashMap<>();

    Options(List<String> arguments) throws CeremonyException {
        if (arguments.size() % 2 != 0) {
            throw new CeremonyException("each option takes one value: --name value");
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.startsWith("--")) {
                throw new CeremonyException("expected an option such as --out, not " + name);
            }
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(arguments.get(i + 1));
        }
    }

    /** @throws CeremonyException if an option was given that {@code names} does not hold */
    void only(String... names) throws CeremonyException {
        for (String name : values.keySet()) {
            if (!List.of(names).contains(name)) {
                throw new CeremonyException("this command has no option " + name);
            }
        }
    }

    String one(String name) throws CeremonyException {
        List<String> given = all(name);
        if (given.size() != 1) {
            throw new CeremonyException("give " + name + " exactly once");
        }
        return given.get(0);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Path path(String name) throws CeremonyException {
        return Path.of(one(name));
    }

    int number(String name) throws CeremonyException {
        try {
            return Integer.parseInt(one(name));
        } catch (NumberFormatException e) {
            throw new CeremonyException(name + " takes a whole number");
        }
    }

    EscrowDomain domain() throws CeremonyException {
        try {
            return new EscrowDomain(Long.parseLong(one("--chain-id")), Address.parse(one("--escrow")));
        } catch (IllegalArgumentException e) {
            throw new CeremonyException("--chain-id takes a positive number, --escrow 0x and 40 hexadecimal digits");
        }
    }

    Bytes32 challenge() throws CeremonyException {
        try {
            return Bytes32.parse(one("--challenge"));
        } catch (IllegalArgumentException e) {
            throw new CeremonyException("--challenge takes what the other person's 'challenge' command printed");
        }
    }
}
