package io.walnut.ear;

import static io.walnut.ear.Api.TINA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ear.RawHttp.Answer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Whatever is sent, the answer is a success or a problem of the caller with a code that is documented: never an error of
 * the server, and never its innards. What can be sent is read from the API's own description, so that new resources are
 * tried by themselves. {@code -Dwalnut.it.fuzz-seed} makes another run, {@code -Dwalnut.it.fuzz-rounds} makes it longer.
 */
@ExtendWith(ArquillianExtension.class)
class BadInputIT {
    private static final int ROUNDS = Integer.getInteger("walnut.it.fuzz-rounds", 14);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INNARDS = Pattern.compile("Exception|\\bat [a-z]+\\.[a-z]|java\\.|jakarta\\.|org\\.|select |constraint");
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `([a-z_]+)` \\| [0-9]{3}", Pattern.MULTILINE);
    /** Of a body, to the API. */
    private static final int MOST_BYTES = 5 << 20;
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final List<String> IDS = List.of("bat_none", "lnk_%00", "%FF%FE", "..%2f..%2f..%2fetc", "'%20or%20''='",
        "%F0%9F%98%80", "%25n%25s", "-1", "99999999999999999999999999", "a".repeat(3000), "%0d%0aX-Evil:1", "null", "%20");
    private static final List<String> VALUES = List.of("", "-1", "0", "101", "99999999999999999999", "NaN", "%00", "%FF%FE",
        "1e400", "a".repeat(3000), "null", "true", "lnk_none", "%F0%9F%98%80", "2027-01-31T00:00:00Z", "+999999999-01-01T00:00:00Z");
    private static final List<String> JUNK = List.of("null", "true", "-1", "0", "1e999999999", "9".repeat(900), "0.1", "\"\"",
        "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\nb\"", "\"" + "x".repeat(100_000) + "\"", "[]", "{}", "[[[[[[]]]]]]",
        "[null]", "{\"a\":{\"b\":{}}}", "\"0x\"", "\"0x" + "00".repeat(20) + "\"", "\"0x" + "f".repeat(128) + "\"", "\"1\"",
        "\"-5\"", "\"1e5\"", "\"9999-99-99\"", "\"ftp://x\"", "\"http://[::1\"", "\"a@b\\r\\nBcc: c@d\"", "\"\\u202e\"", "\"💸\"");
    private static final List<String> HEADERS = List.of("Accept: image/png", "Accept: ;;;", "Accept: */*;q=2", "Accept-Language: xx-" + "y".repeat(2000),
        "Idempotency-Key: ", "Idempotency-Key: " + "k".repeat(300), "Idempotency-Key: \u00e9\u00ff", "Idempotency-Key: fuzz",
        "Last-Event-ID: x", "Last-Event-ID: -9", "Last-Event-ID: 99999999999999999999", "Range: bytes=5-1", "Range: bytes=0-0",
        "If-Match: \"x\"", "If-Modified-Since: yesterday", "Expect: a miracle", "X-Request-Id: " + "r".repeat(500),
        "X-HTTP-Method-Override: DELETE", "Content-Encoding: gzip", "Content-Encoding: br", "Origin: null", "Cookie: JSESSIONID=../..",
        "X-Forwarded-For: ::::", "Forwarded: for=\"", "Sec-Fetch-Site: cross-site", "Upgrade: websocket", "Accept-Encoding: \u0001");
    private static final List<String> TYPES = List.of("application/json", "application/json", "application/json", "text/csv",
        "text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
        "application/json; charset=utf-16", "application/json; charset=nonsense", "application/json;;;", "nonsense", "*/*", "a/b/c");

    private final long seed = Long.getLong("walnut.it.fuzz-seed", 20_261_122L);
    private final Random random = new Random(seed);
    private final List<String> failures = new ArrayList<>();
    private Set<String> codes;
    private JsonNode api;
    private List<String> real;

    @Deployment(testable = false)
    static EnterpriseArchive portal() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("walnut.it.ear")));
    }

    @Test
    void whateverIsSentIsAnsweredWithASuccessOrADocumentedProblemOfTheCaller() throws IOException {
        System.out.println("fuzz seed " + seed);
        codes = DOCUMENTED.matcher(Files.readString(Path.of("../docs/api.md"))).results().map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
        api = JSON.readTree(RawHttp.send(TestBed.portal(), "GET", "/openapi?format=JSON", List.of(), null).body());
        JsonNode batch = TINA.post("batches", "{\"title\":\"fuzzed\",\"payments\":[{\"amount\":\"5\"}]}").expect(201);
        String id = batch.get("id").asString();
        TINA.post("batches/" + id + "/submit").expect(200);
        real = List.of(id, TINA.get("links?batch=" + id).expect(200).get("data").get(0).get("id").asString());
        var operations = new ArrayList<String>();
        for (var path : api.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                operations.add(operation.getKey() + ' ' + path.getKey());
                for (int round = 0; round < ROUNDS; round++) {
                    attack(operation.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), operation.getValue());
                }
            }
            for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "FROB")) {
                if (!path.getValue().has(method.toLowerCase(java.util.Locale.ROOT))) {
                    judge(method, target(path.getKey(), JSON.createObjectNode()), List.of(login()), null);
                }
            }
        }
        judge("POST", "/api/v1/claims", List.of("Content-Type: application/json"),
            "[".repeat(200_000).getBytes(StandardCharsets.UTF_8));
        TINA.get("webhook-endpoints").expect(200).get("data").forEach(endpoint ->
            TINA.send("DELETE", "webhook-endpoints/" + endpoint.get("id").asString(), null, null, Map.of()));
        assertTrue(operations.size() >= 30, "the description names the operations: " + operations);
        assertTrue(failures.isEmpty(), () -> "seed " + seed + ", " + failures.size() + " failures:\n"
            + failures.stream().limit(40).collect(Collectors.joining("\n")));
        assertEquals(200, TINA.get("batches/" + id).status(), "still there, and well");
    }

    /** Its length said beforehand, or found out on the way; by a client that reads its answer late, and by a usual one. */
    @Test
    void aBodyThatIsTooLargeIsAnsweredWithTheLimit() throws IOException, InterruptedException {
        for (int size : List.of(MOST_BYTES + 1, 6 << 20, 24 << 20)) {
            byte[] body = json(size);
            for (String path : List.of("batches", "claims", "rpc", "webhook-endpoints", "batches?title=x")) {
                for (String length : List.of("Content-Length: " + size, RawHttp.CHUNKED)) {
                    String type = path.contains("?") ? "text/csv" : "application/json";
                    assertTooLarge(RawHttp.send(TestBed.portal(), "POST", "/api/v1/" + path,
                        List.of(login("tina"), "Content-Type: " + type, length), body), path + ' ' + length);
                }
            }
            HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
            for (var publisher : List.of(HttpRequest.BodyPublishers.ofByteArray(body), stream)) {
                var request = HttpRequest.newBuilder(TestBed.portal().resolve("/api/v1/claims")).timeout(Duration.ofMinutes(2))
                    .header("Content-Type", "application/json").POST(publisher).build();
                try (HttpClient http = HttpClient.newHttpClient()) {
                    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                    assertTooLarge(new Answer(answer.statusCode(), answer.headers().firstValue("content-type").orElse("")
                        .split(";")[0], answer.body()), "a usual client");
                }
            }
        }
        for (String length : List.of("Content-Length: " + MOST_BYTES, RawHttp.CHUNKED)) {
            Answer read = RawHttp.send(TestBed.portal(), "POST", "/api/v1/batches",
                List.of(login("tina"), "Content-Type: application/json", length), json(MOST_BYTES));
            assertEquals("invalid_request", JSON.readTree(read.body()).get("code").asString(), "a title of that length");
        }
    }

    private static byte[] json(int size) {
        byte[] json = "{\"title\":\"\"}".getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(json, size);
        Arrays.fill(body, json.length - 2, size - 2, (byte) 'x');
        System.arraycopy(json, json.length - 2, body, size - 2, 2);
        return body;
    }

    private static void assertTooLarge(Answer answer, String what) {
        assertEquals(413, answer.status(), what);
        assertEquals("application/problem+json", answer.type(), what);
        JsonNode problem = JSON.readTree(answer.body());
        assertEquals("body_too_large", problem.get("code").asString(), what);
        assertTrue(problem.get("detail").asString().startsWith("The body is larger than 5 MiB: send less at once"), what);
    }

    private void attack(String method, String path, JsonNode operation) {
        JsonNode schema = operation.path("requestBody").path("content").path("application/json").path("schema");
        var headers = new ArrayList<String>();
        headers.add(login());
        for (int i = random.nextInt(3); i > 0; i--) {
            headers.add(pick(HEADERS));
        }
        byte[] body = null;
        if (!schema.isMissingNode() || method.equals("POST") && random.nextInt(4) == 0) {
            headers.add("Content-Type: " + pick(TYPES));
            body = body(schema);
        }
        judge(method, target(path, operation), headers, body);
    }

    private void judge(String method, String target, List<String> headers, byte[] body) {
        String what = method + ' ' + shortened(target) + ' ' + headers.stream().filter(h -> !h.startsWith("Authorization"))
            .map(BadInputIT::shortened).toList() + ' ' + (body == null ? "" : shortened(new String(body, StandardCharsets.ISO_8859_1)));
        try {
            Answer answer = RawHttp.send(TestBed.portal(), method, target, headers, body);
            String wrong = isNoRequest(method, target, answer) ? null : wrong(method, answer);
            if (wrong != null) {
                failures.add(what + " → " + wrong + ": " + answer.status() + ' ' + answer.type() + ' ' + shortened(answer.body()));
            }
        } catch (IOException | RuntimeException e) {
            failures.add(what + " → " + e);
        }
    }

    /**
     * What the server itself turns away and never hands on, without a body: too malformed to know whom it is for, or a
     * method that it does not serve.
     */
    private static boolean isNoRequest(String method, String target, Answer answer) {
        boolean unreadable = BROKEN_ESCAPE.matcher(target).find();
        return answer.body().isEmpty()
            && (answer.status() == 400 && unreadable || answer.status() == 405 && method.equals("TRACE"));
    }

    private String wrong(String method, Answer answer) {
        if (INNARDS.matcher(answer.body()).find() && answer.status() >= 400) {
            return "innards";
        }
        if (answer.status() >= 200 && answer.status() < 300) {
            return null;
        }
        if (answer.status() < 400 || answer.status() >= 500) {
            return "status";
        }
        if (method.equals("HEAD")) {
            return null;
        }
        if (!answer.type().equals("application/problem+json")) {
            return "no problem document";
        }
        String code = JSON.readTree(answer.body()).path("code").asString("");
        return codes.contains(code) ? null : "a code that is not documented";
    }

    private String target(String path, JsonNode operation) {
        String target = path.replaceAll("\\{[a-z_]+}", java.util.regex.Matcher.quoteReplacement(
            random.nextInt(3) == 0 ? pick(real) : pick(IDS)));
        var query = new ArrayList<String>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asString("").equals("query") && random.nextBoolean()) {
                query.add(parameter.get("name").asString() + '=' + pick(VALUES));
            }
        }
        if (random.nextInt(5) == 0) {
            query.add(pick(List.of("unknown=1", "limit", "=", "&&", "a[b]=c", "limit=1&limit=2", "%00=%00", "%")));
        }
        return target + (query.isEmpty() ? "" : '?' + String.join("&", query));
    }

    private byte[] body(JsonNode schema) {
        return switch (random.nextInt(12)) {
            case 0 -> new byte[0];
            case 1 -> pick(JUNK).getBytes(StandardCharsets.UTF_8);
            case 2 -> "{\"title\":".repeat(20_000).getBytes(StandardCharsets.UTF_8);
            case 3 -> {
                byte[] noise = new byte[random.nextInt(400)];
                random.nextBytes(noise);
                yield noise;
            }
            case 4 -> {
                byte[] text = value(schema, 0, 0).getBytes(StandardCharsets.UTF_8);
                text[random.nextInt(text.length)] = (byte) 0xff;
                yield text;
            }
            case 5 -> {
                String text = value(schema, 0, 0);
                yield text.substring(0, random.nextInt(text.length())).getBytes(StandardCharsets.UTF_8);
            }
            case 6 -> value(schema, 0, 0).getBytes(StandardCharsets.UTF_16);
            default -> value(schema, 15, 0).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** JSON like the schema wants it, with some of its parts replaced, left out or doubled. @param chance in percent */
    private String value(JsonNode given, int chance, int depth) {
        if (chance > 0 && random.nextInt(100) < chance) {
            return pick(JUNK);
        }
        JsonNode schema = given.has("$ref") ? api.at(given.get("$ref").asString().substring(1)) : given;
        if (schema.has("examples") && !schema.get("examples").isEmpty()) {
            return schema.get("examples").get(0).toString();
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0).toString();
        }
        JsonNode type = schema.path("type").isArray() ? schema.get("type").get(0) : schema.path("type");
        return switch (type.asString("string")) {
            case "object" -> object(schema, chance, depth);
            case "array" -> '[' + (depth > 6 ? "" : value(schema.path("items"), chance, depth + 1)) + ']';
            case "integer", "number" -> "7";
            case "boolean" -> "true";
            default -> "\"7\"";
        };
    }

    private String object(JsonNode schema, int chance, int depth) {
        var members = new ArrayList<String>();
        for (var property : schema.path("properties").properties()) {
            if (depth < 6 && random.nextInt(100) >= chance / 2) {
                members.add('"' + property.getKey() + "\":" + value(property.getValue(), chance, depth + 1));
            }
        }
        if (chance > 0 && random.nextInt(8) == 0) {
            members.add("\"unheard_of\":" + pick(JUNK));
        }
        if (chance > 0 && !members.isEmpty() && random.nextInt(8) == 0) {
            members.add(members.get(0));
        }
        return '{' + String.join(",", members) + '}';
    }

    private String login() {
        String user = pick(List.of("tina", "tina", "tina", "olga", "olga", "adam"));
        return random.nextInt(12) == 0 ? pick(List.of("Authorization: Basic !!!", "Authorization: Bearer a.b.c", "X-No: login",
            "Authorization: Basic " + "A".repeat(5000)))
            : login(user);
    }

    private static String login(String user) {
        return "Authorization: Basic "
            + Base64.getEncoder().encodeToString((user + ':' + user + "-walnut").getBytes(StandardCharsets.UTF_8));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…(" + text.length() + ')' : text;
    }
}
