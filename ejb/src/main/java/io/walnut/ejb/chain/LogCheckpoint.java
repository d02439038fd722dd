package io.walnut.ejb.chain;

import io.walnut.contracts.Bytes32;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A final block that the watch has passed: where it can go back to when finality turns out to be broken. */
@Entity
@Table(name = "log_checkpoint")
public class LogCheckpoint {
    @Id
    private long blockNumber;
    private Bytes32 blockHash;

    protected LogCheckpoint() {
    }

    LogCheckpoint(long blockNumber, Bytes32 blockHash) {
        this.blockNumber = blockNumber;
        this.blockHash = blockHash;
    }

    long blockNumber() {
        return blockNumber;
    }

    Bytes32 blockHash() {
        return blockHash;
    }
}
