package dev.gavel.live;

import dev.gavel.kernel.AuctionId;
import java.util.Map;

/// How many watch at the other replicas. Only ever makes a number on a screen better: what it does not know counts as
/// nobody.
interface Presence extends AutoCloseable {

    /// Says how many watch here, and answers how many watch elsewhere; within a bounded time, and never fails.
    Map<AuctionId, Integer> exchange(Map<AuctionId, Integer> here);

    @Override
    void close();

    /// For a replica that is alone.
    static Presence alone() {
        return new Presence() {
            @Override
            public Map<AuctionId, Integer> exchange(Map<AuctionId, Integer> here) {
                return Map.of();
            }

            @Override
            public void close() {}
        };
    }
}
