package io.walnut.ejb.chain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** How far the escrow's events have been taken in. */
@Entity
@Table(name = "log_cursor")
public class LogCursor {
    static final String ESCROW = "escrow";

    @Id
    private String name;
    private long blockNumber;
    private long head;
    private long finalized;
    private Instant updatedAt;

    protected LogCursor() {
    }

    LogCursor(long fromBlock) {
        this.name = ESCROW;
        this.blockNumber = fromBlock - 1;
    }

    /** All final events up to {@code block} have been taken in. */
    void advance(long block) {
        if (block < blockNumber) {
            throw new IllegalArgumentException("finalized blocks do not go back");
        }
        blockNumber = block;
    }

    void saw(ChainNode.Heights heights) {
        head = heights.head();
        finalized = Math.max(finalized, heights.finalized());
        updatedAt = Instant.now();
    }

    /** The last block whose final events have been taken in. */
    public long blockNumber() {
        return blockNumber;
    }

    public long head() {
        return head;
    }

    public long finalized() {
        return finalized;
    }

    /** When the chain was last asked; null before the first time. */
    public Instant updatedAt() {
        return updatedAt;
    }
}
