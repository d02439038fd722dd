package io.walnut.ejb.iexec.hub;

/**
 * How far a watch of tasks has come. Stored by the caller between ticks.
 *
 * @param block the first block whose events were not seen yet
 * @param range how many blocks to ask for at once; it adapts to what the node gives
 * @param sweep where in the list of open tasks the next probe begins
 */
public record TaskCursor(long block, int range, int sweep) {

    static final int MAX_RANGE = 10_000;
    private static final int MIN_RANGE = 16;

    public TaskCursor {
        range = Math.clamp(range, MIN_RANGE, MAX_RANGE);
    }

    /** Watches from a block on: that of the first deal, or the present one. */
    public static TaskCursor from(long block) {
        return new TaskCursor(block, MAX_RANGE, 0);
    }
}
