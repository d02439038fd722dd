package io.walnut.enclave.input;

import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowDomain;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the confidential dataset says: {@code docs/protocol.md} §6.
 *
 * @param keyShare share B, 32 bytes, wiped by {@link #close}
 * @param providers JSON-RPC endpoints, which may carry API keys in their paths
 * @param quorum how many providers must agree
 * @param denied depositors that get no voucher
 */
public record Configuration(
        byte[] keyShare, EscrowDomain domain, List<URI> providers, int quorum, Finality finality, Set<Address> denied)
        implements AutoCloseable {

    @Override
    public void close() {
        Arrays.fill(keyShare, (byte) 0);
    }

    /** Without the share and the endpoints. */
    @Override
    public String toString() {
        return "Configuration[" + domain + ", " + quorum + " of " + providers.size() + "]";
    }
}
