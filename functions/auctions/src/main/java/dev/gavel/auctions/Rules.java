package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The rules one auction is held by, chosen when it is opened and never changed afterwards.
///
/// @param preset the name they were published under
/// @param proxy whether a bid is a hidden maximum that the platform defends step by step; otherwise the amount bid
/// becomes the price
/// @param softClose how late bids move the end, or absent when the end is fixed
@JsonInclude(JsonInclude.Include.NON_NULL)
record Rules(
        String preset,
        boolean proxy,
        Increments increments,
        @Nullable SoftClose softClose) {

    /// A bid that raises the price within `window` before the end moves the end by `extension`, but never further than
    /// `limit` past the planned end.
    record SoftClose(Duration window, Duration extension, Duration limit) {
        SoftClose {
            if (window.isNegative() || window.isZero() || extension.isNegative() || extension.isZero()) {
                throw new IllegalArgumentException("window and extension of a soft close are longer than nothing");
            }
        }
    }
}
