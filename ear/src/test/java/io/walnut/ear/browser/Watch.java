package io.walnut.ear.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.BrowserContext;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Link;
import io.walnut.ear.TestBed;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Hears every request that a window makes. */
final class Watch {
    private final List<String> requests = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();

    static Watch over(BrowserContext window) {
        var watch = new Watch();
        window.onRequest(request -> {
            watch.addresses.add(URI.create(request.url()));
            String body = request.postData();
            watch.requests.add(request.method() + ' ' + request.url() + ' ' + request.headers() + ' '
                + (body == null ? "" : body));
        });
        return watch;
    }

    /** Nothing of the link that lets anybody take its money has left, and nobody but the portal was spoken to. */
    void provesThatNothingLeaked(String url) {
        assertFalse(requests.isEmpty(), "the watch heard nothing at all");
        String fragment = url.substring(url.indexOf('#') + 1);
        List<String> secrets = secretsOf(fragment);
        for (String request : requests) {
            String heard = request.toLowerCase(Locale.ROOT);
            for (String secret : secrets) {
                assertFalse(heard.contains(secret.toLowerCase(Locale.ROOT)), () -> "a secret of the link left in " + request);
            }
        }
        for (URI address : addresses) {
            if (!"data".equals(address.getScheme()) && !"blob".equals(address.getScheme())) {
                assertEquals(TestBed.portal().getAuthority(), address.getAuthority(), () -> "spoke to " + address);
            }
        }
    }

    boolean heard(String text) {
        return requests.stream().anyMatch(request -> request.contains(text));
    }

    private static List<String> secretsOf(String fragment) {
        var secrets = new ArrayList<String>();
        secrets.add(fragment.substring(0, 60));
        // docs/protocol.md §8: the link secret lies behind version, flags, chain id, escrow and token.
        byte[] all = Base64.getUrlDecoder().decode(fragment);
        byte[] secret = java.util.Arrays.copyOfRange(all, 50, 82);
        add(secrets, secret);
        try (Link link = Link.parse(fragment)) {
            for (int i = 0; i < link.items().size(); i++) {
                add(secrets, link.noteKey(i));
            }
        }
        return secrets;
    }

    private static void add(List<String> secrets, byte[] secret) {
        secrets.add(Hex.encode(secret).substring(2));
        secrets.add(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        secrets.add(Base64.getEncoder().withoutPadding().encodeToString(secret));
    }
}
