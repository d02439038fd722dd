package io.walnut.ejb.chain;

/**
 * Final blocks have been replaced; fired as a CDI event in the transaction that takes the cursor back.
 *
 * @param safeBlock the last block that is still what it was: what was read of later ones does not count
 */
public record FinalityBroken(long safeBlock) {
}
