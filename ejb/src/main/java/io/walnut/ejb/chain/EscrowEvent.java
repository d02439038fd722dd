package io.walnut.ejb.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** An event of the escrow, and where the chain has it. */
public sealed interface EscrowEvent {
    long blockNumber();

    Bytes32 txHash();

    /** @param deposit the deposit's id */
    record Deposited(long blockNumber, Bytes32 txHash, Bytes32 deposit, Address depositor) implements EscrowEvent {
    }

    /** A note was paid, by voucher or by exit. */
    record Redeemed(long blockNumber, Bytes32 txHash, Address linkKey, Address recipient, BigInteger amount)
        implements EscrowEvent {
    }

    /** The log as the node's JSON has it. */
    static EscrowEvent decode(JsonNode log) {
        List<Bytes32> topics = new ArrayList<>();
        log.path("topics").forEach(topic -> topics.add(Bytes32.parse(topic.asText())));
        byte[] data = Hex.decode(log.path("data").asText());
        long block = Long.parseLong(log.path("blockNumber").asText().substring(2), 16);
        Bytes32 tx = Bytes32.parse(log.path("transactionHash").asText());
        Bytes32 kind = topics.get(0);
        if (kind.equals(EscrowAbi.DEPOSITED)) {
            var deposited = EscrowAbi.Deposited.decode(topics, data);
            return new Deposited(block, tx, deposited.deposit(), deposited.depositor());
        }
        if (EscrowAbi.Claimed.is(kind)) {
            var claimed = EscrowAbi.Claimed.decode(topics, data);
            return new Redeemed(block, tx, claimed.linkKey(), claimed.recipient(), claimed.amount());
        }
        var exited = EscrowAbi.Exited.decode(topics, data);
        return new Redeemed(block, tx, exited.linkKey(), exited.recipient(), exited.amount());
    }
}
