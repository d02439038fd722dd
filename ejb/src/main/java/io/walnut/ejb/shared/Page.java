package io.walnut.ejb.shared;

import java.util.List;

/** Some objects of a longer list, newest first, and whether more follow. */
public record Page<T>(List<T> data, boolean hasMore) {
    /** How much of which list is wanted: 1 to 100 objects, after the one with the id {@code startingAfter}. */
    public record Request(int limit, String startingAfter) {
        public Request {
            if (limit < 1 || limit > 100) {
                throw Refusal.invalid("limit", "limit must lie between 1 and 100.");
            }
        }
    }

    /** The page made from up to {@code limit + 1} rows. */
    public static <T> Page<T> of(List<T> rows, int limit) {
        return rows.size() > limit ? new Page<>(List.copyOf(rows.subList(0, limit)), true)
            : new Page<>(List.copyOf(rows), false);
    }
}
