package io.walnut.ejb.health;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.BrokenFinality;
import io.walnut.ejb.chain.Chains;
import io.walnut.ejb.chain.EscrowWatcher;
import io.walnut.ejb.chain.LogCursor;
import io.walnut.ejb.chain.RpcException;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.relay.Reclaim;
import io.walnut.ejb.treasury.Iexec;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether the portal can do its work, and whose wallets run low before users notice. What it found is kept for a few
 * seconds, so that those who ask often cost the chain nothing.
 */
@ApplicationScoped
public class PortalHealth {
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration IEXEC_KEPT = Duration.ofSeconds(30);
    private static final Duration WARNED = Duration.ofDays(1);
    private static final Wallet NO_WALLET = new Wallet(null, null, null);

    @EJB
    private EscrowWatcher watcher;
    @EJB
    private Reclaim reclaim;
    @Inject
    private Chains chains;
    @Inject
    private SenderKeys keys;
    @Inject
    private Iexec iexec;
    @Inject
    @ConfigProperty(name = "walnut.health.low-balance-wei", defaultValue = "50000000000000000")
    private BigInteger low;
    @Inject
    @ConfigProperty(name = "walnut.health.low-tasks", defaultValue = "5")
    private long lowTasks;
    @Inject
    @ConfigProperty(name = "walnut.health.stale-after-seconds", defaultValue = "60")
    private long staleAfterSeconds;
    private Found last;
    private IexecFound lastIexec;

    /** What was found, with all that operators may see. @param at when */
    public record Found(Instant at, boolean database, ChainReport chain, Wallet relayer, Wallet treasury,
        Wallet requester, IexecFound iexec) {
        /** What anybody may see: the requester's address is left out, for iExec's chain must not point to the company. */
        public Report report() {
            boolean up = database && chain.status().equals("up");
            return new Report(up ? "up" : "down", database ? "up" : "down", chain, relayer, treasury,
                new IexecReport(iexec.up ? "up" : "down", requester.status(), iexec.rlc.status()));
        }
    }

    /** @param rlc what there is to pay tasks with, in stake and wallet, in nRLC */
    public record IexecFound(Instant at, boolean up, Wallet rlc) {
    }

    /** @param status up or down @param database up or down */
    public record Report(String status, String database, ChainReport chain, Wallet relayer, Wallet treasury,
        IexecReport iexec) {
    }

    /**
     * @param head, finalized null before the chain was first seen
     * @param warning {@code finality_broken} for a day after final blocks were replaced; null otherwise
     */
    public record ChainReport(String status, Long head, Long finalized, String warning) {
    }

    /** @param gas, rlc ok, low or unknown, and null without a requester */
    public record IexecReport(String status, String gas, String rlc) {
    }

    /** @param status ok or low, or unknown while the chain does not answer; null members without a wallet */
    public record Wallet(Address address, BigInteger balance, String status) {
    }

    /** As it was found at most some seconds ago. */
    public synchronized Found find() {
        Instant now = Instant.now();
        if (last == null || last.at().plus(KEPT).isBefore(now)) {
            last = look(now);
        }
        return last;
    }

    private Found look(Instant now) {
        Optional<LogCursor> seen;
        try {
            seen = watcher.position().filter(p -> p.updatedAt() != null);
        } catch (EJBException e) {
            return new Found(now, false, new ChainReport("down", null, null, null), NO_WALLET, NO_WALLET, NO_WALLET,
                new IexecFound(now, false, NO_WALLET));
        }
        boolean fresh = seen.filter(p -> p.updatedAt().isAfter(now.minusSeconds(staleAfterSeconds))).isPresent();
        var chain = new ChainReport(fresh ? "up" : "down", seen.map(LogCursor::head).orElse(null),
            seen.map(LogCursor::finalized).orElse(null), seen.filter(p -> p.brokenAt() != null
                && p.brokenAt().isAfter(now.minus(WARNED))).map(p -> BrokenFinality.CODE).orElse(null));
        return new Found(now, true, chain, wallet(Sender.RELAYER, keys.address(Sender.RELAYER), fresh),
            wallet(Sender.TREASURY, reclaim.treasury(), fresh),
            wallet(Sender.REQUESTER, keys.address(Sender.REQUESTER), true), iexec(now));
    }

    /** @param answers whether it is worth asking the chain */
    private Wallet wallet(Sender sender, Optional<Address> address, boolean answers) {
        if (address.isEmpty()) {
            return NO_WALLET;
        }
        try {
            if (answers) {
                BigInteger balance = chains.of(sender).balances(List.of(address.get())).get(0);
                return new Wallet(address.get(), balance, balance.compareTo(low) < 0 ? "low" : "ok");
            }
        } catch (RpcException e) {
            // Unknown, as below.
        }
        return new Wallet(address.get(), null, "unknown");
    }

    private IexecFound iexec(Instant now) {
        if (lastIexec == null || lastIexec.at().plus(IEXEC_KEPT).isBefore(now)) {
            Optional<Address> requester = keys.address(Sender.REQUESTER);
            try {
                lastIexec = new IexecFound(now, true, requester.map(this::rlc).orElse(NO_WALLET));
            } catch (IexecException | IllegalArgumentException e) {
                lastIexec = new IexecFound(now, false, requester.map(r -> new Wallet(r, null, "unknown"))
                    .orElse(NO_WALLET));
            }
        }
        return lastIexec;
    }

    private Wallet rlc(Address requester) {
        BigInteger funds = iexec.taskFunds();
        BigInteger wanted = iexec.maxPrice().multiply(BigInteger.valueOf(lowTasks));
        return new Wallet(requester, funds, funds.compareTo(wanted) < 0 ? "low" : "ok");
    }
}
