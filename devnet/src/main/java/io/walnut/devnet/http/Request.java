package io.walnut.devnet.http;

import io.walnut.contracts.Address;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One request, read whole.
 *
 * @param path the values of the route's placeholders, decoded
 * @param query the query parameters, decoded; of repeated ones the last
 * @param headers by lower-case name
 */
public record Request(String method, String target, Map<String, String> path, Map<String, String> query,
        Map<String, String> headers, byte[] body) {

    /** @throws HttpError 400 when it is absent */
    public String parameter(String name) {
        return optional(name).orElseThrow(() -> new HttpError(400, "the query parameter " + name + " is missing"));
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** @throws HttpError 400 when {@code text} is no address */
    public static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "not an address: " + e.getMessage());
        }
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
