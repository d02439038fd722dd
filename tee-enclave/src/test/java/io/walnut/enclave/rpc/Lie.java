package io.walnut.enclave.rpc;

import static io.walnut.enclave.rpc.ScriptedProvider.ok;

import io.walnut.enclave.AnvilChain;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.chain.BlockHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * What a provider can do wrong, and the code when so many do it that no quorum is left. Each lie answers
 * honestly, from a real node, whatever it does not lie about.
 */
enum Lie {
    HANGS_UP(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> { }),
    NEVER_ANSWERS(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> Thread.sleep(60_000)),
    STOPS_IN_THE_HEADERS(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> {
        text(out, "HTTP/1.1 200 OK\r\nContent-Ty");
        Thread.sleep(60_000);
    }),
    DRIPS_IN_THE_HEADERS(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> {
        text(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
        for (int i = 0; i < 600; i++) {
            text(out, "z");
            Thread.sleep(100);
        }
    }),
    STOPS_IN_THE_BODY(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> {
        text(out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"jsonrpc\"");
        Thread.sleep(60_000);
    }),
    DRIPS(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> {
        text(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        for (int i = 0; i < 5_000; i++) {
            text(out, " ");
            Thread.sleep(100);
        }
    }),
    SENDS_HEADERS_WITHOUT_END(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> {
        text(out, "HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 1_000_000; i++) {
            text(out, "X-" + i + ": " + "x".repeat(1_000) + "\r\n");
        }
    }),
    SENDS_A_GIGABYTE(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> {
        text(out, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n{\"result\":\"");
        flood(out);
    }),
    SENDS_CHUNKS_WITHOUT_END(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> {
        text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 100_000; i++) {
            text(out, "2710\r\n" + "0".repeat(10_000) + "\r\n");
        }
    }),
    SENDS_A_GZIP_BOMB(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[50_000_000]);
        }
        text(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
        out.write(zipped.toByteArray());
    }),
    ANSWERS_500(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) ->
            text(out, "HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\n{}")),
    REDIRECTS(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) ->
            text(out, "HTTP/1.1 307 Away\r\nLocation: " + chain.urls(1).get(0) + "\r\nContent-Length: 0\r\n\r\n")),
    SPEAKS_NO_HTTP(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> text(out, "\0\1\2SSH-2.0\r\n\r\n")),
    ANSWERS_NOTHING(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> ok(out, new byte[0])),
    ANSWERS_GARBAGE(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> {
        byte[] garbage = new byte[10_000];
        new java.util.Random(7).nextBytes(garbage);
        ok(out, garbage);
    }),
    ANSWERS_DEEP_JSON(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) ->
            ok(out, bytes("[".repeat(500_000)))),
    ANSWERS_DEEP_OBJECTS(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) ->
            ok(out, bytes("{\"result\":".repeat(50_000)))),
    ANSWERS_A_LONG_STRING(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) ->
            ok(out, bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x" + "1".repeat(900_000) + "\"}"))),
    ANSWERS_TRUNCATED_JSON(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> {
        byte[] honest = honest(chain, request);
        ok(out, java.util.Arrays.copyOf(honest, honest.length - 2));
    }),
    ANSWERS_TWICE(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> {
        String honest = new String(honest(chain, request), StandardCharsets.UTF_8);
        ok(out, bytes(honest + honest));
    }),
    REPEATS_A_MEMBER(RefusalCode.PROVIDERS_ANSWER_INVALID, (chain, request, out) -> {
        String honest = new String(honest(chain, request), StandardCharsets.UTF_8);
        ok(out, bytes(honest.replaceFirst("\"result\":", "\"result\":\"0x1\",\"result\":")));
    }),
    ANSWERS_NULL(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) ->
            ok(out, bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}"))),
    ANSWERS_AN_ERROR(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) ->
            ok(out, bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"pay first\"}}"))),
    IS_ON_ANOTHER_CHAIN(RefusalCode.PROVIDERS_WRONG_CHAIN, lying("eth_chainId", honest ->
            honest.replace("0xffff", "0x1"))),
    GIVES_A_HEADER_THAT_DOES_NOT_HASH(RefusalCode.PROVIDERS_ANSWER_INVALID, lying("eth_getBlockByNumber", honest ->
            replaced(honest, "stateRoot", "0x" + "12".repeat(32)))),
    GIVES_ANOTHER_HEADER(RefusalCode.PROVIDERS_DISAGREE, lying("eth_getBlockByNumber", honest ->
            rehashed(replaced(honest, "stateRoot", random32())))),
    CLAIMS_A_FAR_HEIGHT(null, lying("eth_getBlockByNumber", honest ->
            rehashed(replaced(honest, "number", "0x7fffffffffff")))),
    STAYS_AT_AN_OLD_HEAD(null, (chain, request, out) -> ok(out, honest(chain,
            request.replace("\"finalized\"", "\"0x1\"")))),
    HAS_NO_FINALIZED_BLOCK(RefusalCode.PROVIDERS_UNREACHABLE, (chain, request, out) -> ok(out,
            request.contains("finalized") ? bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}")
                    : honest(chain, request))),
    TAMPERS_WITH_PROOFS(RefusalCode.PROOF_INVALID, lying("eth_getProof", honest ->
            honest.replaceAll("(\"0xf8[0-9a-f]{20})[0-9a-f]{4}", "$1beef"))),
    GIVES_EMPTY_PROOFS(RefusalCode.PROOF_INVALID, lying("eth_getProof", honest ->
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"accountProof\":[],\"storageProof\":[{\"proof\":[]}]}}")),
    GIVES_NO_STORAGE_PROOF(RefusalCode.PROOF_INVALID, lying("eth_getProof", honest ->
            honest.replaceFirst("\"storageProof\":\\[.*", "\"storageProof\":[]}}"))),
    GIVES_TOO_MANY_NODES(RefusalCode.PROOF_INVALID, lying("eth_getProof", honest ->
            honest.replaceFirst("\"accountProof\":\\[", "\"accountProof\":[" + "\"0x80\",".repeat(10_000)))),
    PROVES_ANOTHER_ACCOUNT(RefusalCode.PROOF_INVALID, (chain, request, out) -> ok(out, honest(chain,
            request.contains("eth_getProof") ? request.replaceFirst("0x[0-9a-f]{40}", AnvilChain.DEPOSITOR.hex())
                    : request))),
    PROVES_AN_OLDER_STATE(RefusalCode.PROOF_INVALID, (chain, request, out) -> ok(out, honest(chain,
            request.contains("eth_getProof") ? request.replaceFirst("\"0x[0-9a-f]+\"]}", "\"0x1\"]}") : request))),
    DECLINES_PROOFS(RefusalCode.PROOF_UNAVAILABLE, lying("eth_getProof", honest ->
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"missing trie node\"}}"));

    /** A provider's answer to a request, given a node that knows the truth. */
    interface Answering {
        void answer(AnvilChain chain, String request, OutputStream out) throws IOException, InterruptedException;
    }

    private interface Change {
        String of(String honest);
    }

    /** The code when all providers do this; null where such providers need not be refused as such. */
    final RefusalCode refusal;
    private final Answering answering;

    Lie(RefusalCode refusal, Answering answering) {
        this.refusal = refusal;
        this.answering = answering;
    }

    /** Whether headers are honest, so that only the proof can be refused. */
    boolean isAboutProofs() {
        return refusal == RefusalCode.PROOF_INVALID || refusal == RefusalCode.PROOF_UNAVAILABLE;
    }

    ScriptedProvider start(AnvilChain chain) {
        return ScriptedProvider.start((request, out) -> answering.answer(chain, request, out));
    }

    private static Answering lying(String method, Change change) {
        return (chain, request, out) -> {
            byte[] honest = honest(chain, request);
            ok(out, request.contains(method) ? bytes(change.of(new String(honest, StandardCharsets.UTF_8))) : honest);
        };
    }

    private static byte[] honest(AnvilChain chain, String request) {
        return chain.post(bytes(request));
    }

    private static String replaced(String json, String member, String value) {
        return json.replaceFirst("\"" + member + "\":\"0x[0-9a-f]*\"", "\"" + member + "\":\"" + value + "\"");
    }

    /** With the hash that belongs to the changed fields: a lie that only a quorum finds out. */
    private static String rehashed(String json) {
        Map<String, String> fields = new HashMap<>();
        Matcher member = Pattern.compile("\"(\\w+)\":\"(0x[0-9a-f]*)\"").matcher(json);
        while (member.find()) {
            fields.put(member.group(1), member.group(2));
        }
        return replaced(json, "hash", BlockHeader.ofFields(fields).orElseThrow().hash().toString());
    }

    private static String random32() {
        byte[] bytes = new byte[32];
        new java.security.SecureRandom().nextBytes(bytes);
        return io.walnut.contracts.Hex.encode(bytes);
    }

    private static void flood(OutputStream out) throws IOException {
        byte[] block = bytes("0".repeat(65_536));
        for (long sent = 0; sent < 1L << 30; sent += block.length) {
            out.write(block);
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(bytes(text));
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
