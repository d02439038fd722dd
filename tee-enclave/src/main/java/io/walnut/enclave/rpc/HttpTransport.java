package io.walnut.enclave.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/**
 * One POST at a time to one endpoint, by the JDK's {@link HttpURLConnection}: it is part of
 * {@code java.base}, so the image needs no further module, and it starts faster than
 * {@code java.net.http}. Follows no redirect and asks no proxy.
 */
final class HttpTransport {

    private static final int OK = 200;
    private static final int BUFFER = 8_192;

    private final URI endpoint;
    private final RpcLimits limits;

    HttpTransport(URI endpoint, RpcLimits limits) {
        this.endpoint = endpoint;
        this.limits = limits;
    }

    /** @return the body, at most {@link RpcLimits#bytes} long */
    byte[] post(byte[] request) throws ProviderFault {
        long deadline = System.nanoTime() + limits.answer().toNanos();
        HttpURLConnection connection = null;
        boolean reusable = false;
        try {
            connection = open(request.length);
            try (var out = connection.getOutputStream()) {
                out.write(request);
            }
            if (connection.getResponseCode() != OK) {
                throw new ProviderFault(Fault.UNREACHABLE);
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] body = read(in, deadline);
                reusable = true;
                return body;
            }
        } catch (IOException | RuntimeException e) {
            // RuntimeException: the JDK's client throws some on malformed headers.
            throw new ProviderFault(Fault.UNREACHABLE);
        } finally {
            if (connection != null && !reusable) {
                connection.disconnect();
            }
        }
    }

    private HttpURLConnection open(int length) throws IOException {
        var connection = (HttpURLConnection) endpoint.toURL().openConnection(Proxy.NO_PROXY);
        int timeout = Math.toIntExact(limits.answer().toMillis());
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "walnut");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(length);
        return connection;
    }

    private byte[] read(InputStream in, long deadline) throws IOException, ProviderFault {
        var body = new ByteArrayOutputStream(BUFFER);
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (body.size() + count > limits.bytes()) {
                throw new ProviderFault(Fault.OVERSIZED);
            }
            if (System.nanoTime() > deadline) {
                throw new ProviderFault(Fault.UNREACHABLE);
            }
            body.write(buffer, 0, count);
        }
        return body.toByteArray();
    }
}
