package io.walnut.ejb.privacy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far public events have been kept; its row lets one node at a time read on. */
@Entity
@Table(name = "public_cursor")
public class PublicCursor {
    static final String ESCROW = "escrow";

    @Id
    private String name;
    private long blockNumber;

    protected PublicCursor() {
    }

    PublicCursor(long fromBlock) {
        name = ESCROW;
        blockNumber = fromBlock - 1;
    }

    /** The last block whose events are kept. */
    long blockNumber() {
        return blockNumber;
    }

    void advance(long block) {
        blockNumber = block;
    }

    /** Final blocks have been replaced: all after {@code block} are read anew. */
    void goBack(long block) {
        blockNumber = Math.min(blockNumber, block);
    }
}
