package dev.gavel.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Proxy bidding written down a second time, from its published description and not from Gavel's code: the
/// price is one increment above the highest maximum of everybody but the leader, never above the leader's
/// own; of equal maxima the earlier leads; leaders who raise their own maximum do not change the price; a
/// maximum that reaches the reserve lifts the price to it. Amounts are KRW.
final class PublishedRules {

    private final long startPrice;
    private final long reserve;
    private final Map<String, Long> maxima = new HashMap<>();
    private final List<Standing> standings = new ArrayList<>();
    private @Nullable String leader;

    /// How the auction stands after some bid.
    ///
    /// @param highest the maximum of the leader
    record Standing(@Nullable String leader, long price, long highest) {

        /// The least amount this bidder must bid now.
        long minimum(String bidder) {
            if (leader == null) {
                return price;
            }
            return leader.equals(bidder) ? highest + 1 : price + increment(price);
        }
    }

    /// @param reserve 0 when there is none
    PublishedRules(long startPrice, long reserve) {
        this.startPrice = startPrice;
        this.reserve = reserve;
        standings.add(new Standing(null, startPrice, 0));
    }

    Standing now() {
        return standings.getLast();
    }

    /// Takes a bid that is at least the minimum.
    ///
    /// @throws IllegalArgumentException when it is too low
    Standing take(String bidder, long maximum) {
        if (maximum < now().minimum(bidder)) {
            throw new IllegalArgumentException(maximum + " is below the minimum of " + now().minimum(bidder));
        }
        boolean raisesOwn = bidder.equals(leader);
        if (leader == null || raisesOwn || maximum > maximum(leader)) {
            leader = bidder;
        }
        maxima.merge(bidder, maximum, Math::max);
        standings.add(new Standing(leader, raisesOwn ? lifted(now().price()) : price(), maximum(leader)));
        return now();
    }

    /// The standing after each bid; the first is the one before any.
    List<Standing> standings() {
        return standings;
    }

    private long price() {
        if (leader == null) {
            return startPrice;
        }
        long highest = maximum(leader);
        long second = maxima.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(leader))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(-1);
        long price = second < 0 ? startPrice : Math.min(highest, second + increment(second));
        return lifted(price);
    }

    private long lifted(long price) {
        boolean reached = leader != null && reserve > 0 && maximum(leader) >= reserve;
        return reached ? Math.max(price, reserve) : price;
    }

    private long maximum(String bidder) {
        return maxima.getOrDefault(bidder, 0L);
    }

    static long increment(long price) {
        if (price < 10_000) {
            return 100;
        } else if (price < 50_000) {
            return 500;
        } else if (price < 100_000) {
            return 1_000;
        } else if (price < 500_000) {
            return 2_000;
        }
        return price < 1_000_000 ? 5_000 : 10_000;
    }
}
