package dev.gavel.dynamo;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a listing.
///
/// @param cursor for the page after this one: the range key of the last row. Null when this is the last page.
public record DynamoPage<T>(List<T> rows, @Nullable String cursor) {

    public DynamoPage {
        rows = List.copyOf(rows);
    }

    /// The same page with every row turned into something else.
    public <R> DynamoPage<R> map(Function<? super T, ? extends R> of) {
        return new DynamoPage<>(rows.stream().<R>map(of).toList(), cursor);
    }
}
