package dev.gavel.bench;

import org.jspecify.annotations.Nullable;

/// Where an auction with proxy bidding stands, as an engine keeps it that stores only the sum of what came
/// before.
///
/// @param highest the maximum of the leader
/// @param second the highest maximum of those who do not lead, -1 when there is none
record ProxyState(@Nullable String leader, long highest, long second, long price, long bids) {

    static ProxyState start(long startPrice) {
        return new ProxyState(null, 0, -1, startPrice, 0);
    }

    long minimum(String bidder) {
        return new PublishedRules.Standing(leader, price, highest).minimum(bidder);
    }

    /// The state after a bid that is at least the minimum.
    ProxyState take(String bidder, long maximum) {
        boolean first = leader == null;
        boolean own = bidder.equals(leader);
        boolean takes = first || own || maximum > highest;
        long others = first || own ? second : Math.max(second, Math.min(highest, maximum));
        long top = takes ? maximum : highest;
        long now = first || own ? price : Math.min(top, others + PublishedRules.increment(others));
        return new ProxyState(takes ? bidder : leader, top, others, now, bids + 1);
    }
}
