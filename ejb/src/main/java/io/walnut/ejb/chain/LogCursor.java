package io.walnut.ejb.chain;

import io.walnut.contracts.Bytes32;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

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
    /** Of the block {@code blockNumber}; null before the first final block was passed. */
    private Bytes32 blockHash;
    private Instant brokenAt;

    protected LogCursor() {
    }

    LogCursor(long fromBlock) {
        this.name = ESCROW;
        this.blockNumber = fromBlock - 1;
    }

    /** Whether {@code hash}, of the cursor's block, is another than it was; not so when a node lacks the block. */
    boolean isContradictedBy(Optional<Bytes32> hash) {
        return blockHash != null && hash.isPresent() && !hash.get().equals(blockHash);
    }

    /** Final blocks have been replaced: all after {@code block} are read anew. */
    void goBack(long block) {
        blockNumber = block;
        finalized = Math.min(finalized, block);
        blockHash = null;
        brokenAt = Instant.now();
    }

    /** All final events up to {@code block} have been taken in. */
    void advance(long block, Bytes32 hash) {
        if (block < blockNumber) {
            throw new IllegalArgumentException("finalized blocks do not go back");
        }
        blockNumber = block;
        blockHash = hash;
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

    /** When final blocks were last found replaced; null if never. */
    public Instant brokenAt() {
        return brokenAt;
    }

    /** When the chain was last asked; null before the first time. */
    public Instant updatedAt() {
        return updatedAt;
    }
}
