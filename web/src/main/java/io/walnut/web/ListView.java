package io.walnut.web;

import io.walnut.ejb.shared.Page;
import java.util.List;
import java.util.function.Function;

/** A page of a list, as the API shows it. */
public record ListView<T>(List<T> data, boolean hasMore) {
    public static <E, T> ListView<T> of(Page<E> page, Function<E, T> view) {
        return new ListView<>(page.data().stream().map(view).toList(), page.hasMore());
    }
}
