package io.walnut.privacy.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowAbi.Claimed;
import io.walnut.contracts.EscrowAbi.Deposited;
import io.walnut.contracts.EscrowAbi.Exited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the escrow's logs, as {@code eth_getLogs} gives them, into what an outsider sees. Not safe for many threads. */
public final class PublicChainReader {

    /** Nobody takes that many payments at fresh addresses in the time that is looked at. */
    private static final int PAYS_FOR_OTHERS = 15;

    private final List<PublicDeposit> deposits = new ArrayList<>();
    private final List<PublicClaim> claims = new ArrayList<>();
    private final List<PublicExit> exits = new ArrayList<>();
    private final Set<Address> relayers;

    public PublicChainReader() {
        this(Set.of());
    }

    /** @param relayers that are known as such; others are recognised by whom they pay */
    public PublicChainReader(Set<Address> relayers) {
        this.relayers = Set.copyOf(relayers);
    }

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
            add(new PublicDeposit(d.deposit(), d.depositor(), d.token(), d.amount(), time));
        } else if (Claimed.is(event)) {
            Claimed c = Claimed.decode(topics, data);
            add(new PublicClaim(c.linkKey(), c.recipient(), c.token(), c.amount(), false, time, transaction));
        } else if (event.equals(EscrowAbi.EXITED)) {
            Exited e = Exited.decode(topics, data);
            add(new PublicExit(e.deposit(), e.linkKey(), e.recipient(), e.token(), e.amount(), time));
        }
    }

    public void add(PublicDeposit deposit) {
        deposits.add(deposit);
    }

    /** Whether it is relayed is found out in the end. */
    public void add(PublicClaim claim) {
        claims.add(claim);
    }

    public void add(PublicExit exit) {
        exits.add(exit);
    }

    /** @param transfers between companies and recipients outside the escrow, as far as they are known */
    public PublicChain chain(List<PublicTransfer> transfers) {
        Set<Address> paying = payingForOthers();
        return new PublicChain(deposits, claims.stream().map(c -> new PublicClaim(c.linkKey(), c.recipient(), c.token(),
                c.amount(), paying.contains(c.transaction().sender()), c.time(), c.transaction())).toList(), exits,
                transfers);
    }

    /** Those who send several recipients' claims in one transaction, or those of many recipients. */
    private Set<Address> payingForOthers() {
        var paying = new HashSet<>(relayers);
        Map<Address, Set<Address>> paid = new HashMap<>();
        Map<Bytes32, Address> recipientOf = new HashMap<>();
        for (PublicClaim claim : claims) {
            Address sender = claim.transaction().sender();
            Address other = recipientOf.putIfAbsent(claim.transaction().hash(), claim.recipient());
            Set<Address> recipients = paid.computeIfAbsent(sender, s -> new HashSet<>());
            recipients.add(claim.recipient());
            if (recipients.size() >= PAYS_FOR_OTHERS || other != null && !other.equals(claim.recipient())) {
                paying.add(sender);
            }
        }
        return paying;
    }
}
