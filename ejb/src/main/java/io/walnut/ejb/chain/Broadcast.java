package io.walnut.ejb.chain;

import io.walnut.contracts.Bytes32;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;

/** One signed form of a transaction. A replaced one stays: it may still be the one that is mined. */
@Entity
@Table(name = "broadcast")
public class Broadcast {
    /** In hexadecimal: converters do not apply to ids. */
    @Id
    private String hash;
    private String transactionId;
    private byte[] raw;
    private BigInteger maxFee;
    private BigInteger priorityFee;
    private Instant signedAt;

    protected Broadcast() {
    }

    Broadcast(Bytes32 hash, String transactionId, byte[] raw, ChainNode.Fees fees) {
        this.hash = hash.toString();
        this.transactionId = transactionId;
        this.raw = raw.clone();
        this.maxFee = fees.maxFee();
        this.priorityFee = fees.priorityFee();
        this.signedAt = Instant.now();
    }

    Bytes32 hash() {
        return Bytes32.parse(hash);
    }

    String transactionId() {
        return transactionId;
    }

    byte[] raw() {
        return raw.clone();
    }

    ChainNode.Fees fees() {
        return new ChainNode.Fees(maxFee, priorityFee);
    }
}
