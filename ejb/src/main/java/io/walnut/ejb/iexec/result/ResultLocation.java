package io.walnut.ejb.iexec.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a completed task's result lies, as the hub records it: UTF-8 {@code {"storage":"ipfs","location":"/ipfs/<cid>"}}.
 *
 * @param path of the shape {@code /ipfs/<cid>}
 */
public record ResultLocation(String path) {

    private static final int MAX_LENGTH = 1_024;
    /** A CID is letters and digits; a path in it, a query or a host would let the worker choose what we ask. */
    private static final Pattern PATH = Pattern.compile("/ipfs/[0-9A-Za-z]{1,128}");
    private static final ObjectMapper JSON = new ObjectMapper();

    public ResultLocation {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("a result lies at /ipfs/<cid>");
        }
    }

    /** @return empty when the bytes name no place on IPFS */
    public static Optional<ResultLocation> parse(byte[] results) {
        if (results.length > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(new String(results, StandardCharsets.UTF_8));
            String path = json.path("location").asText("");
            return "ipfs".equals(json.path("storage").asText()) && PATH.matcher(path).matches()
                    ? Optional.of(new ResultLocation(path)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
