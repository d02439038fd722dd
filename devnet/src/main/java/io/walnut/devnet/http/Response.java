package io.walnut.devnet.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** @param type the content type; null without a body */
public record Response(int status, String type, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public static Response empty(int status) {
        return new Response(status, null, new byte[0]);
    }

    public static Response json(Object value) {
        return json(200, value);
    }

    public static Response json(int status, Object value) {
        return new Response(status, "application/json", JSON.writeValueAsBytes(value));
    }

    public static Response html(String page) {
        return new Response(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    static Response error(int status, String message) {
        return json(status, Map.of("ok", false, "error", message));
    }
}
