package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.AuctionDelta;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells the deltas of an auction again, the newest first, for whoever missed some. They are told from the ledger, so
/// none is ever missing, and each is what the live feed said. Refusals: {@link AuctionRejected}.
public final class ReplayAuction implements UseCase<ReplayAuction.Query, ReplayAuction.Replay> {

    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 500;

    /// @param after only deltas with a larger sequence; all when absent
    /// @param limit about how many bids, 1 to 500; 100 when absent. Bids accepted together are never parted
    /// @param cursor continues the page before, as that page gave it
    public record Query(
            AuctionId auctionId,
            @Nullable Long after,
            @Nullable Integer limit,
            @Nullable Long cursor) {}

    /// One page; the cursor is absent on the last.
    ///
    /// @param sequence of the newest delta there is
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Replay(
            List<AuctionDelta> deltas,
            long sequence,
            @Nullable Long cursor) {}

    private final Auctions auctions;

    ReplayAuction(Auctions auctions) {
        this.auctions = auctions;
    }

    @Override
    public Outcome<Replay> apply(Call<Query> call) {
        Query query = call.command();
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new AuctionRejected.QueryInvalid("limit", "ask for 1 to 500"));
        }
        long after = query.after() == null ? 0 : query.after();
        Optional<Auction> found = auctions.find(query.auctionId());
        if (found.isEmpty()) {
            return Outcome.rejected(new AuctionRejected.Unknown());
        }
        Auction auction = found.get();
        if (after >= auction.facts()) {
            return Outcome.accepted(new Replay(List.of(), auction.facts(), null));
        }
        // Bids committed after the auction was read are left to the next question.
        long below = Math.min(auction.bidCount() + 1, query.cursor() == null ? Long.MAX_VALUE : query.cursor());
        List<Page> pages = auctions.pages(auction.id(), below, limit);
        List<Fact<? extends AuctionEvent>> facts = new ArrayList<>();
        if (query.cursor() == null && auction.ended()) {
            facts.add(ending(auction));
        }
        pages.forEach(page -> facts.addAll(page.facts(auction.id()).reversed()));
        long first = pages.isEmpty() ? 1 : pages.getLast().entries().getFirst().number();
        if (first == 1) {
            facts.addAll(beginnings(auction, pages).reversed());
        }
        boolean complete = first == 1 || facts.getLast().sequence() <= after + 1;
        return Outcome.accepted(new Replay(
                facts.stream()
                        .filter(fact -> fact.sequence() > after)
                        .map(AuctionDelta::of)
                        .toList(),
                auction.facts(),
                complete ? null : first));
    }

    private static Fact<AuctionEvent> ending(Auction auction) {
        Auction.End end = Objects.requireNonNull(auction.end());
        AuctionEvent event = end.result() != null
                ? Ledger.closed(auction)
                : new AuctionCancelled(
                        auction.id(),
                        auction.terms().sellerId(),
                        Objects.requireNonNullElse(end.reason(), ""),
                        end.at());
        return Fact.of(CloseAuction.class, auction.facts(), end.at(), event);
    }

    /// What was said before the first bid.
    private static List<Fact<AuctionEvent>> beginnings(Auction auction, List<Page> pages) {
        Terms terms = auction.terms();
        long count = pages.isEmpty()
                ? auction.facts() - (auction.ended() ? 1 : 0)
                : pages.getLast().sequence() - 1;
        boolean scheduled = terms.startsAt().isAfter(terms.createdAt());
        List<Fact<AuctionEvent>> facts = new ArrayList<>(2);
        if (scheduled) {
            AuctionScheduled event = new AuctionScheduled(
                    auction.id(),
                    terms.sellerId(),
                    terms.title(),
                    terms.startPrice(),
                    terms.startsAt(),
                    terms.plannedEndsAt());
            facts.add(Fact.of(OpenAuction.class, 1, terms.createdAt(), event));
        }
        if (facts.size() < count) {
            facts.add(Fact.of(StartAuction.class, count, terms.startsAt(), Ledger.opened(auction)));
        }
        return facts;
    }
}
