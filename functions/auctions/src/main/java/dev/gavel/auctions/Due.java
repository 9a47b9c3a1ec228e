package dev.gavel.auctions;

import dev.gavel.auctions.Auction.Status;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Each;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Moves every auction on whose time has come, several at once, at most so many per tick, and none is begun
/// after 15 seconds. What is left, also by a lost tick, is still due at the next one.
final class Due {

    private static final int AT_ONCE = 16;
    private static final int PER_TICK = 2_000;
    private static final int ATTEMPTS = 20;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(15);

    private final Auctions auctions;
    private final Class<? extends UseCase<?, ?>> useCase;
    private final Status leaving;
    private final BiFunction<Auction, Instant, @Nullable Auction> step;
    private final Function<Auction, AuctionEvent> event;

    /// @param step the state after, or null when the auction is not due after all
    Due(
            Auctions auctions,
            Class<? extends UseCase<?, ?>> useCase,
            Status leaving,
            BiFunction<Auction, Instant, @Nullable Auction> step,
            Function<Auction, AuctionEvent> event) {
        this.auctions = auctions;
        this.useCase = useCase;
        this.leaving = leaving;
        this.step = step;
        this.event = event;
    }

    /// Handles what was due at an instant before or at the call's.
    Outcome<Done> advance(Call<Tick> call, Instant by) {
        List<AuctionId> due = auctions.due(leaving, by, PER_TICK);
        return Outcome.accepted(
                new Done(Each.within(LONG_ENOUGH, due, AT_ONCE, id -> advanceOne(id, call.receivedAt()))));
    }

    private boolean advanceOne(AuctionId id, Instant now) {
        for (int attempt = 1; ; attempt++) {
            Auction auction = auctions.find(id).orElse(null);
            Auction after = auction == null || auction.ended() ? null : step.apply(auction, now);
            if (after == null) {
                return false;
            }
            Auction next = after.next(1);
            List<Fact<?>> facts = List.of(Fact.of(useCase, next.facts(), now, event.apply(next)));
            try {
                auctions.save(next, List.of(), facts);
                auctions.announce(facts);
                return true;
            } catch (StaleWrite stale) {
                if (attempt == ATTEMPTS) {
                    throw stale;
                }
            }
        }
    }
}
