package io.walnut.devnet.worker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Files that a deal or a dataset names by URL. */
final class Downloads {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(LIMIT).build();

    private Downloads() {
    }

    static byte[] get(URI url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url).timeout(LIMIT).build();
        HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("the download answered " + response.statusCode());
        }
        return response.body();
    }
}
