package io.walnut.enclave.input;

import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which endpoints may stand for independent providers: 1 to {@value #MAX_PROVIDERS} URLs of at most
 * {@value #MAX_URL} characters, {@code https} on different hosts, without user part and fragment. Plain
 * {@code http} and several URLs on one host are for loopback addresses, where a test network lives; so is
 * a quorum of one, since elsewhere it would trust a single provider.
 */
final class ProviderList {

    static final int MAX_PROVIDERS = 9;
    static final int MAX_URL = 512;

    private static final int MIN_QUORUM = 2;
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1]|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private ProviderList() {
    }

    /**
     * @param quorum more than half of the providers, so that two headers can never both have it
     * @throws Refused with {@code DATASET_PROVIDERS} or {@code DATASET_QUORUM}
     */
    static List<URI> check(List<String> urls, int quorum) throws Refused {
        var endpoints = new ArrayList<URI>();
        Set<String> places = new HashSet<>();
        boolean allLoopback = true;
        for (String url : urls) {
            URI endpoint = endpoint(url);
            boolean loopback = isLoopback(endpoint);
            allLoopback &= loopback;
            if (!places.add(loopback ? url : endpoint.getHost().toLowerCase(Locale.ROOT))) {
                throw new Refused(RefusalCode.DATASET_PROVIDERS);
            }
            endpoints.add(endpoint);
        }
        if (endpoints.isEmpty()) {
            throw new Refused(RefusalCode.DATASET_PROVIDERS);
        }
        boolean majority = quorum <= endpoints.size() && 2 * quorum > endpoints.size();
        if (!majority || quorum < MIN_QUORUM && !allLoopback) {
            throw new Refused(RefusalCode.DATASET_QUORUM);
        }
        return List.copyOf(endpoints);
    }

    private static URI endpoint(String url) throws Refused {
        if (url.length() > MAX_URL) {
            throw new Refused(RefusalCode.DATASET_PROVIDERS);
        }
        try {
            var endpoint = new URI(url);
            boolean secure = "https".equals(endpoint.getScheme());
            boolean plain = "http".equals(endpoint.getScheme());
            boolean usable = endpoint.getHost() != null && endpoint.getRawUserInfo() == null
                    && endpoint.getRawFragment() == null && (secure || plain && isLoopback(endpoint));
            if (usable) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the URL, which may hold an API key.
        }
        throw new Refused(RefusalCode.DATASET_PROVIDERS);
    }

    private static boolean isLoopback(URI endpoint) {
        return LOOPBACK.matcher(endpoint.getHost().toLowerCase(Locale.ROOT)).matches();
    }
}
