package io.walnut.privacy.chain;

import io.walnut.contracts.Address;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** All that an outsider can read of one escrow; each list in the order of time. */
public record PublicChain(List<PublicDeposit> deposits, List<PublicClaim> claims, List<PublicExit> exits,
        List<PublicTransfer> transfers) {

    public PublicChain {
        deposits = sorted(deposits, PublicDeposit::time);
        claims = sorted(claims, PublicClaim::time);
        exits = sorted(exits, PublicExit::time);
        transfers = sorted(transfers, PublicTransfer::time);
    }

    /** What could be read at {@code now}. */
    public PublicChain until(Instant now) {
        return new PublicChain(
                deposits.stream().filter(d -> !d.time().isAfter(now)).toList(),
                claims.stream().filter(c -> !c.time().isAfter(now)).toList(),
                exits.stream().filter(e -> !e.time().isAfter(now)).toList(),
                transfers.stream().filter(t -> !t.time().isAfter(now)).toList());
    }

    /** The deposits, claims and exits of one token; an outsider attacks each token apart. */
    public PublicChain of(Address token) {
        return new PublicChain(
                deposits.stream().filter(d -> d.token().equals(token)).toList(),
                claims.stream().filter(c -> c.token().equals(token)).toList(),
                exits.stream().filter(e -> e.token().equals(token)).toList(),
                transfers);
    }

    private static <T> List<T> sorted(List<T> events, Function<T, Instant> time) {
        return events.stream().sorted(Comparator.comparing(time)).toList();
    }
}
