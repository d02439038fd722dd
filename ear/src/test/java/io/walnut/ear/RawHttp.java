package io.walnut.ear;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** HTTP/1.1 byte by byte: says what clients with manners cannot. */
final class RawHttp {
    /** The header of a body whose length is not said beforehand. */
    static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final int CHUNK = 1 << 16;
    private static final int TIMEOUT_MILLIS = 120_000;
    private static final int MOST = 4 << 20;

    private RawHttp() {
    }

    /** @param type of the content, without parameters; empty when there is none */
    record Answer(int status, String type, String body) {
    }

    /**
     * @param headers whole lines
     * @param body null for none; its length is said unless a header does, or says that it comes in chunks
     */
    static Answer send(URI server, String method, String target, List<String> headers, byte[] body) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nConnection: close\r\n");
            headers.forEach(line -> head.append(line).append("\r\n"));
            boolean chunked = headers.contains(CHUNKED);
            if (body != null && !chunked
                && headers.stream().noneMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("content-length"))) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            var out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            try {
                if (chunked) {
                    chunks(body, out);
                } else if (body != null) {
                    out.write(body);
                }
                out.flush();
            } catch (IOException e) {
                // A server may refuse, and close, before it has read everything; its answer is there all the same.
            }
            return read(socket.getInputStream());
        }
    }

    private static void chunks(byte[] body, OutputStream out) throws IOException {
        for (int at = 0; at < body.length; at += CHUNK) {
            int length = Math.min(CHUNK, body.length - at);
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body, at, length);
            out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Answer read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        String text = "";
        try {
            for (int n; (n = in.read(buffer)) > 0 && bytes.size() < MOST;) {
                bytes.write(buffer, 0, n);
                text = bytes.toString(StandardCharsets.ISO_8859_1);
                // A stream of events has no end.
                if (text.contains("\r\n\r\n") && type(text).equals("text/event-stream")) {
                    break;
                }
            }
        } catch (IOException e) {
            if (bytes.size() == 0) {
                throw e;
            }
        }
        text = bytes.toString(StandardCharsets.UTF_8);
        if (!text.startsWith("HTTP/1.1 ")) {
            throw new IOException("no HTTP answer: " + text);
        }
        int split = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(text.substring(9, 12)), type(text), unchunked(text, split));
    }

    /** Good enough to read JSON that came in one chunk. */
    private static String unchunked(String text, int split) {
        String body = text.substring(split + 4);
        return text.substring(0, split).toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
            ? body.replaceFirst("^[0-9a-fA-F]+\r\n", "").replaceFirst("\r\n0\r\n\r\n$", "") : body;
    }

    private static String type(String text) {
        return text.lines().takeWhile(line -> !line.isBlank()).filter(line -> line.toLowerCase(Locale.ROOT)
                .startsWith("content-type:")).map(line -> line.substring("content-type:".length()).split(";")[0].strip())
            .findFirst().orElse("");
    }
}
