package io.walnut.devnet.worker;

import io.walnut.contracts.Address;
import io.walnut.devnet.http.HttpError;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/**
 * Secrets for a worker in a process of its own. On the real network an attested enclave session stands here;
 * the devnet attests nothing, so a token that only this worker is given has to do.
 */
final class SecretsOverHttp implements Secrets {

    private static final String TOKEN = "authorization";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI vault;
    private final String token;

    SecretsOverHttp(URI vault, String token) {
        this.vault = vault;
        this.token = token;
    }

    /** The other end. */
    static void addRoutes(HttpService service, Secrets secrets, String token) {
        service.route("GET", "/requester/{owner}/{name}", request -> answer(request, token,
                secrets.requesterSecret(owner(request), name(request))));
        service.route("GET", "/app/{owner}/{name}", request -> answer(request, token,
                secrets.appSecret(owner(request))));
        service.route("GET", "/dataset/{owner}/{name}", request -> answer(request, token,
                secrets.datasetKey(owner(request))));
        service.route("GET", "/web2/{owner}/{name}", request -> answer(request, token,
                secrets.web2Secret(owner(request), name(request))));
    }

    private static Response answer(Request request, String token, Optional<byte[]> secret) {
        if (!MessageDigest.isEqual(request.header(TOKEN).getBytes(StandardCharsets.UTF_8),
                token.getBytes(StandardCharsets.UTF_8))) {
            throw new HttpError(401, "only the devnet's own worker may ask");
        }
        return secret.map(value -> new Response(200, "application/octet-stream", value))
                .orElseThrow(() -> new HttpError(404, "no such secret"));
    }

    private static Address owner(Request request) {
        return Request.address(request.path().get("owner"));
    }

    private static String name(Request request) {
        return request.path().get("name");
    }

    @Override
    public Optional<byte[]> requesterSecret(Address requester, String name) {
        return get("requester", requester, name);
    }

    @Override
    public Optional<byte[]> appSecret(Address app) {
        return get("app", app, "1");
    }

    @Override
    public Optional<byte[]> datasetKey(Address dataset) {
        return get("dataset", dataset, "key");
    }

    @Override
    public Optional<byte[]> web2Secret(Address owner, String name) {
        return get("web2", owner, name);
    }

    private Optional<byte[]> get(String kind, Address owner, String name) {
        URI place = vault.resolve("/" + kind + "/" + owner.hex() + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        try {
            HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(place).timeout(LIMIT)
                    .header(TOKEN, token).build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != 200 && response.statusCode() != 404) {
                throw new IOException("the vault answers with status " + response.statusCode());
            }
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
