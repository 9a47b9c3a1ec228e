package dev.gavel.auctions;

import dev.gavel.auctions.Auction.Status;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store with another behind it, for tests that put something in between.
class ForwardingAuctions implements Auctions {

    private final Auctions behind;

    ForwardingAuctions(Auctions behind) {
        this.behind = behind;
    }

    @Override
    public void add(Auction auction, String opening, List<Fact<?>> facts) {
        behind.add(auction, opening, facts);
    }

    @Override
    public Optional<AuctionId> openedBy(String opening) {
        return behind.openedBy(opening);
    }

    @Override
    public Optional<AuctionId> selling(ProductId product) {
        return behind.selling(product);
    }

    @Override
    public void save(Auction next, List<LedgerEntry> accepted, List<Fact<?>> facts) {
        behind.save(next, accepted, facts);
    }

    @Override
    public void note(List<Fact<?>> facts) {
        behind.note(facts);
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        behind.announce(facts);
    }

    @Override
    public Optional<Auction> find(AuctionId id) {
        return behind.find(id);
    }

    @Override
    public List<Auction> findAll(List<AuctionId> ids) {
        return behind.findAll(ids);
    }

    @Override
    public List<LedgerEntry> accepted(AuctionId id, long above, long upTo) {
        return behind.accepted(id, above, upTo);
    }

    @Override
    public List<LedgerEntry> latest(AuctionId id, long below, int limit) {
        return behind.latest(id, below, limit);
    }

    @Override
    public Slice<AuctionId> listed(
            Status status, @Nullable String category, Order order, int limit, @Nullable String cursor) {
        return behind.listed(status, category, order, limit, cursor);
    }

    @Override
    public Slice<AuctionId> ofSeller(UserId seller, int limit, @Nullable String cursor) {
        return behind.ofSeller(seller, limit, cursor);
    }

    @Override
    public List<AuctionId> due(Status status, Instant by, int limit) {
        return behind.due(status, by, limit);
    }

    @Override
    public int closing(Instant from, Instant until) {
        return behind.closing(from, until);
    }

    @Override
    public List<Page> pages(AuctionId id, long below, int bids) {
        return behind.pages(id, below, bids);
    }
}
