package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.BrokenFinality;
import io.walnut.ejb.chain.Chains;
import io.walnut.ejb.chain.EscrowWatcher;
import io.walnut.ejb.chain.LogCursor;
import io.walnut.ejb.chain.RpcException;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the portal can do its work, and whose wallets run low before users notice. */
@Stateless
public class PortalHealth {
    private static final Duration STALE = Duration.ofSeconds(60);
    private static final Duration WARNED = Duration.ofDays(1);

    @EJB
    private EscrowWatcher watcher;
    @EJB
    private Reclaim reclaim;
    @Inject
    private Chains chains;
    @Inject
    private SenderKeys keys;
    @Inject
    @ConfigProperty(name = "walnut.health.low-balance-wei", defaultValue = "50000000000000000")
    private BigInteger low;

    /** @param status up or down */
    public record Report(String status, ChainReport chain, Wallet relayer, Wallet treasury) {
    }

    /**
     * @param head, finalized null before the chain was first seen
     * @param warning {@code finality_broken} for a day after final blocks were replaced; null otherwise
     */
    public record ChainReport(String status, Long head, Long finalized, String warning) {
    }

    /** @param status ok or low, or unknown while the chain does not answer; null members without a wallet */
    public record Wallet(Address address, BigInteger balance, String status) {
    }

    public Report report() {
        ChainReport chain = chain();
        return new Report(chain.status(), chain, wallet(keys.address(Sender.RELAYER)), wallet(reclaim.treasury()));
    }

    private ChainReport chain() {
        Optional<LogCursor> seen = watcher.position().filter(p -> p.updatedAt() != null);
        boolean fresh = seen.filter(p -> p.updatedAt().isAfter(Instant.now().minus(STALE))).isPresent();
        return new ChainReport(fresh ? "up" : "down", seen.map(LogCursor::head).orElse(null),
            seen.map(LogCursor::finalized).orElse(null), seen.filter(p -> p.brokenAt() != null
                && p.brokenAt().isAfter(Instant.now().minus(WARNED))).map(p -> BrokenFinality.CODE).orElse(null));
    }

    private Wallet wallet(Optional<Address> address) {
        if (address.isEmpty()) {
            return new Wallet(null, null, null);
        }
        try {
            BigInteger balance = chains.escrow().balances(List.of(address.get())).get(0);
            return new Wallet(address.get(), balance, balance.compareTo(low) < 0 ? "low" : "ok");
        } catch (RpcException e) {
            return new Wallet(address.get(), null, "unknown");
        }
    }
}
