package dev.gavel.auctions;

import dev.gavel.auctions.Auction.Status;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A store of exactly one auction, as small as a model checker likes it: one compare-and-set is the conditional write.
final class CellOfOneAuction implements Auctions {

    private record Content(Auction auction, List<LedgerEntry> ledger) {}

    private final AtomicReference<Content> content =
            new AtomicReference<>(new Content(Auctioneer.auction("standard").next(1), List.of()));
    private final AuctionId id = content().auction().id();

    private Content content() {
        return Objects.requireNonNull(content.get());
    }

    AuctionId id() {
        return id;
    }

    @Override
    public void save(Auction next, List<LedgerEntry> accepted, List<Fact<?>> facts) {
        Content seen = content();
        List<LedgerEntry> ledger = new ArrayList<>(seen.ledger());
        ledger.addAll(accepted);
        if (seen.auction().version() != next.version() - 1
                || !content.compareAndSet(seen, new Content(next, List.copyOf(ledger)))) {
            throw new StaleWrite("the auction");
        }
    }

    /// Writes whatever it is given, as an engine without conditions does.
    void overwrite(Auction auction) {
        content.set(new Content(auction, content().ledger()));
    }

    @Override
    public Optional<Auction> find(AuctionId wanted) {
        return Optional.of(content().auction());
    }

    @Override
    public List<LedgerEntry> accepted(AuctionId wanted, long above, long upTo) {
        return content().ledger().stream()
                .filter(entry -> entry.number() > above && entry.number() <= upTo)
                .toList();
    }

    @Override
    public void note(List<Fact<?>> facts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void add(Auction auction, String opening, List<Fact<?>> facts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AuctionId> openedBy(String opening) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AuctionId> selling(ProductId product) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Auction> findAll(List<AuctionId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LedgerEntry> latest(AuctionId wanted, long below, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Slice<AuctionId> listed(
            Status status, @Nullable String category, Order order, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Slice<AuctionId> ofSeller(UserId seller, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<AuctionId> due(Status status, Instant by, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int closing(Instant from, Instant until) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Page> pages(AuctionId id, long below, int bids) {
        throw new UnsupportedOperationException();
    }
}
