package dev.gavel.live;

import dev.gavel.events.AuctionDelta;
import dev.gavel.kernel.AuctionId;
import java.util.List;
import java.util.Optional;

/// Several auctions in one store.
record Worlds(List<World> worlds) implements Auctions {

    @Override
    public Optional<PublicState> find(AuctionId id) {
        return worlds.stream().flatMap(world -> world.find(id).stream()).findFirst();
    }

    @Override
    public List<AuctionDelta> deltas(AuctionId id, long after, int most) {
        return worlds.stream()
                .filter(world -> world.id.equals(id))
                .findFirst()
                .map(world -> world.deltas(id, after, most))
                .orElse(List.of());
    }
}
