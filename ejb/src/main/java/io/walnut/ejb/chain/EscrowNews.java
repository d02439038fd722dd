package io.walnut.ejb.chain;

import java.util.List;

/**
 * What one look at the chain has shown; fired as a CDI event in the transaction that moves the cursor.
 *
 * @param settled events in finalized blocks, each given exactly once
 * @param pending all events in blocks that may still be undone, given anew with each look
 * @param complete whether the look reached the head: only then is what {@code pending} lacks not there
 */
public record EscrowNews(List<EscrowEvent> settled, List<EscrowEvent> pending, boolean complete) {
}
