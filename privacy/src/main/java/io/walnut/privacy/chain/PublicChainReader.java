package io.walnut.privacy.chain;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowAbi.Claimed;
import io.walnut.contracts.EscrowAbi.Deposited;
import io.walnut.contracts.EscrowAbi.Exited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the escrow's logs, as {@code eth_getLogs} gives them, into what an outsider sees. Not safe for many threads. */
public final class PublicChainReader {

    private final List<PublicDeposit> deposits = new ArrayList<>();
    private final List<PublicClaim> claims = new ArrayList<>();
    private final List<PublicExit> exits = new ArrayList<>();

    /**
     * Logs of other events are passed over.
     *
     * @param time of the log's block
     * @param transaction that the log is of
     * @throws IllegalArgumentException for a deposit, claim or exit of another shape than the escrow's
     */
    public void add(List<Bytes32> topics, byte[] data, Instant time, PublicTransaction transaction) {
        Bytes32 event = topics.isEmpty() ? Bytes32.ZERO : topics.getFirst();
        if (event.equals(EscrowAbi.DEPOSITED)) {
            Deposited d = Deposited.decode(topics, data);
            deposits.add(new PublicDeposit(d.deposit(), d.depositor(), d.token(), d.amount(), time));
        } else if (event.equals(EscrowAbi.CLAIMED)) {
            Claimed c = Claimed.decode(topics, data);
            claims.add(new PublicClaim(c.linkKey(), c.recipient(), c.token(), c.amount(), c.relayer(), time, transaction));
        } else if (event.equals(EscrowAbi.EXITED)) {
            Exited e = Exited.decode(topics, data);
            exits.add(new PublicExit(e.deposit(), e.linkKey(), e.recipient(), e.token(), e.amount(), time));
        }
    }

    /** @param transfers between companies and recipients outside the escrow, as far as they are known */
    public PublicChain chain(List<PublicTransfer> transfers) {
        return new PublicChain(deposits, claims, exits, transfers);
    }
}
