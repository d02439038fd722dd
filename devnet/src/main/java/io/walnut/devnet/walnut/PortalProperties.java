package io.walnut.devnet.walnut;

import io.walnut.devnet.Accounts;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.Framework;
import io.walnut.devnet.poco.PocoContracts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The file that tells the portal where everything is. */
public final class PortalProperties {

    public static final String FILE = "portal.properties";

    private static final long MAX_PRICE = 10 * WalnutOrders.WORKERPOOL_PRICE;

    private PortalProperties() {
    }

    /** @param endpoints by name: {@code rpc}, {@code sms}, {@code order-book}, {@code gateway} */
    public static void write(Path dir, Map<String, URI> endpoints, PocoContracts poco, WalnutContracts walnut,
            Accounts accounts, Framework framework, long fromBlock) {
        var values = new LinkedHashMap<String, Object>();
        values.put("walnut.escrow.chain-id", Devnet.CHAIN_ID);
        values.put("walnut.escrow.rpc-urls", endpoints.get("rpc"));
        values.put("walnut.escrow.address", walnut.escrow());
        values.put("walnut.escrow.from-block", fromBlock);
        values.put("walnut.escrow.finality", "finalized");
        values.put("walnut.tokens", poco.rlc() + ":RLC:9");
        values.put("walnut.iexec.chain-id", Devnet.CHAIN_ID);
        values.put("walnut.iexec.rpc-urls", endpoints.get("rpc"));
        values.put("walnut.iexec.hub", poco.hub());
        values.put("walnut.iexec.sms-url", endpoints.get("sms"));
        values.put("walnut.iexec.order-book-url", endpoints.get("order-book"));
        values.put("walnut.iexec.result-gateway-urls", endpoints.get("gateway"));
        values.put("walnut.iexec.framework", framework.configName());
        values.put("walnut.iexec.app", walnut.app());
        values.put("walnut.iexec.dataset", walnut.dataset());
        values.put("walnut.iexec.workerpool", walnut.workerpool());
        values.put("walnut.iexec.category", 0);
        values.put("walnut.iexec.max-price", MAX_PRICE);
        try {
            putKey(values, "walnut.treasury", KeyFile.write(dir, "treasury", accounts.treasury()));
            putKey(values, "walnut.relayer", KeyFile.write(dir, "relayer", accounts.relayer()));
            putKey(values, "walnut.iexec.requester", KeyFile.write(dir, "requester", accounts.requester()));
            Files.writeString(dir.resolve(FILE), text(values));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + dir + " cannot be written to", e);
        }
    }

    private static void putKey(Map<String, Object> values, String prefix, KeyFile file) {
        values.put(prefix + ".keystore", file.keystore());
        values.put(prefix + ".keystore-password-file", file.password());
    }

    /** In properties syntax, where a backslash in a path would be an escape. */
    private static String text(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().toString().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
    }
}
