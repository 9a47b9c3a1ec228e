package dev.gavel.auctions;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;

/// A bid as it was received.
///
/// @param key names this bid for ever: bidder and `Idempotency-Key`, digested
/// @param amount the maximum, or the price at which to buy now
record Bid(String key, UserId bidderId, Money amount, boolean buyNow, Instant receivedAt) {}
