package io.walnut.ejb.iexec;

import io.walnut.contracts.Address;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One iExec network: its chain, contracts and services. The presets are the SDKs' own defaults (9.0.1 for
 * the Arbitrum networks, 8.24.0 for Bellecour); every value can be overridden by configuration.
 *
 * @param uploadUrl an IPFS node that takes data sets; only deploy commands need it
 * @param nativeFunds whether the hub's money is the chain's own coin (Bellecour) rather than the RLC token
 */
public record IexecNetwork(
        String name,
        long chainId,
        Address hub,
        List<URI> rpcUrls,
        URI smsUrl,
        URI orderBookUrl,
        List<URI> resultGateways,
        Optional<URI> uploadUrl,
        TeeFramework framework,
        boolean nativeFunds) {

    public IexecNetwork {
        rpcUrls = List.copyOf(rpcUrls);
        resultGateways = List.copyOf(resultGateways);
        if (rpcUrls.isEmpty()) {
            throw new IllegalArgumentException("the iExec chain needs at least one RPC URL");
        }
    }

    /** Without the URLs: those of RPC providers often hold an API key. */
    @Override
    public String toString() {
        return name + " (chain " + chainId + ", " + framework + ")";
    }

    /** A network known by name. */
    public enum Preset {
        ARBITRUM_ONE(42161, "0x098bFCb1E50ebcA0BaA92C12eA0c3F045A1aD9f0", "https://arb1.arbitrum.io/rpc",
                "https://sms.arbitrum-mainnet.iex.ec", "https://api.market.arbitrum-mainnet.iex.ec",
                "https://ipfs-gateway.arbitrum-mainnet.iex.ec", "https://ipfs-upload.arbitrum-mainnet.iex.ec"),
        ARBITRUM_SEPOLIA(421614, "0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E",
                "https://sepolia-rollup.arbitrum.io/rpc",
                "https://sms.arbitrum-sepolia-testnet.iex.ec", "https://api-market.arbitrum-sepolia-testnet.iex.ec",
                "https://ipfs-gateway.arbitrum-sepolia-testnet.iex.ec",
                "https://ipfs-upload.arbitrum-sepolia-testnet.iex.ec"),
        BELLECOUR(134, "0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f", "https://bellecour.iex.ec",
                "https://sms.iex.ec", "https://api.market.v8-bellecour.iex.ec",
                "https://ipfs-gateway.v8-bellecour.iex.ec", "https://ipfs-upload.v8-bellecour.iex.ec");

        private final long chainId;
        private final Address hub;
        private final List<URI> urls;

        Preset(long chainId, String hub, String... urls) {
            this.chainId = chainId;
            this.hub = Address.parse(hub);
            this.urls = Arrays.stream(urls).map(URI::create).toList();
        }

        /** @throws IllegalArgumentException when no worker of the network runs the framework */
        public IexecNetwork with(TeeFramework framework) {
            if (this == BELLECOUR && framework == TeeFramework.TDX) {
                throw new IllegalArgumentException("Bellecour runs SCONE only: choose the framework scone");
            }
            return new IexecNetwork(toString(), chainId, hub, List.of(urls.get(0)), urls.get(1), urls.get(2),
                    List.of(urls.get(3)), Optional.of(urls.get(4)), framework, this == BELLECOUR);
        }

        static Optional<Preset> ofChain(long chainId) {
            return Arrays.stream(values()).filter(preset -> preset.chainId == chainId).findFirst();
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Reads {@code walnut.iexec.*}. With a preset's chain id every other value is optional; another chain
     * id, such as the devnet's, needs hub, rpc-urls, sms-url, order-book-url and result-gateway-urls.
     *
     * @param config a configuration key to its value, or null
     * @throws IexecException CONFIGURATION, naming the key
     */
    public static IexecNetwork configured(Function<String, String> config) {
        var keys = new Keys(config);
        long chainId = keys.parse("chain-id", Long::parseLong)
                .orElseThrow(() -> Keys.missing("chain-id", "the iExec chain's id, such as 42161"));
        TeeFramework framework = keys.parse("framework", TeeFramework::parse).orElse(TeeFramework.TDX);
        Optional<IexecNetwork> preset = Preset.ofChain(chainId).map(known -> keys.checked(
                "framework", () -> known.with(framework)));
        return new IexecNetwork(
                preset.map(IexecNetwork::name).orElse("chain " + chainId),
                chainId,
                keys.parse("hub", Address::parse).or(() -> preset.map(IexecNetwork::hub))
                        .orElseThrow(() -> Keys.missing("hub", "the hub's address")),
                keys.parse("rpc-urls", Keys::urls).or(() -> preset.map(IexecNetwork::rpcUrls))
                        .orElseThrow(() -> Keys.missing("rpc-urls", "comma separated URLs")),
                keys.parse("sms-url", Keys::url).or(() -> preset.map(IexecNetwork::smsUrl))
                        .orElseThrow(() -> Keys.missing("sms-url", "a URL")),
                keys.parse("order-book-url", Keys::url).or(() -> preset.map(IexecNetwork::orderBookUrl))
                        .orElseThrow(() -> Keys.missing("order-book-url", "a URL")),
                keys.parse("result-gateway-urls", Keys::urls).or(() -> preset.map(IexecNetwork::resultGateways))
                        .orElseThrow(() -> Keys.missing("result-gateway-urls", "comma separated URLs")),
                keys.parse("upload-url", Keys::url).or(() -> preset.flatMap(IexecNetwork::uploadUrl)),
                framework,
                preset.map(IexecNetwork::nativeFunds).orElse(false));
    }

    /** The keys below {@code walnut.iexec.}; every complaint names the key. */
    private record Keys(Function<String, String> config) {

        private static final String PREFIX = "walnut.iexec.";

        <T> Optional<T> parse(String key, Function<String, T> parser) {
            String text = config.apply(PREFIX + key);
            return text == null || text.isBlank()
                    ? Optional.empty() : Optional.of(checked(key, () -> parser.apply(text.strip())));
        }

        <T> T checked(String key, java.util.function.Supplier<T> value) {
            try {
                return value.get();
            } catch (IllegalArgumentException e) {
                throw new IexecException(IexecException.Code.CONFIGURATION, PREFIX + key + ": " + e.getMessage());
            }
        }

        static IexecException missing(String key, String what) {
            return new IexecException(IexecException.Code.CONFIGURATION, "set " + PREFIX + key + ": " + what);
        }

        static URI url(String text) {
            URI url = URI.create(text);
            if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
                throw new IllegalArgumentException("an http or https URL is needed");
            }
            return url;
        }

        static List<URI> urls(String text) {
            return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty())
                    .map(Keys::url).toList();
        }
    }
}
