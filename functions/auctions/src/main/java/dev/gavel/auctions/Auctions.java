package dev.gavel.auctions;

import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All auctions and the bids they have accepted.
interface Auctions {

    /// Writes the first version of a new auction together with its facts.
    ///
    /// @param opening names the request that opens it: each opens one auction, however often it is repeated
    /// @throws dev.gavel.kernel.StaleWrite when this request has opened one, there is one with this id, or another
    /// that has not ended sells the same product
    void add(Auction auction, String opening, List<Fact<?>> facts);

    /// The auction that a request has opened.
    Optional<AuctionId> openedBy(String opening);

    /// The auction that sells a product and has not ended.
    Optional<AuctionId> selling(ProductId product);

    /// Writes the next version of an auction, the bids it newly accepted and its facts: all or nothing, and only if
    /// nobody has written this version before.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been written
    void save(Auction next, List<LedgerEntry> accepted, List<Fact<?>> facts);

    /// Stores facts that change no auction, to be told like all others.
    ///
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: they may or may not have been stored
    void note(List<Fact<?>> facts);

    /// Tells the world what `add`, `save` or `note` has stored. Never fails: what cannot be told now is told later.
    void announce(List<Fact<?>> facts);

    /// The newest committed state.
    Optional<Auction> find(AuctionId id);

    /// The newest committed states, in the order of the ids; unknown ones are left out. At most 100 at a time.
    List<Auction> findAll(List<AuctionId> ids);

    /// The accepted bids with numbers above one and up to another, in that order.
    List<LedgerEntry> accepted(AuctionId id, long above, long upTo);

    /// The newest accepted bids with numbers below one, the newest first.
    List<LedgerEntry> latest(AuctionId id, long below, int limit);

    /// The newest pages that begin below a number, the newest first: as many as it takes for so many bids.
    List<Page> pages(AuctionId id, long below, int bids);

    /// Auctions in one state: open ones by their end, scheduled ones by their start, the soonest first; ended ones
    /// the latest first.
    default Slice<AuctionId> withStatus(Auction.Status status, int limit, @Nullable String cursor) {
        return listed(status, null, Order.ENDING, limit, cursor);
    }

    /// Auctions in one state, all or those in one category.
    ///
    /// @param category the id of a leaf, or of a top category for all its leaves
    Slice<AuctionId> listed(
            Auction.Status status, @Nullable String category, Order order, int limit, @Nullable String cursor);

    /// The orders a list comes in.
    enum Order {
        /// As `withStatus` has them.
        ENDING,
        /// Those created last first.
        NEWEST
    }

    /// A seller's auctions, the newest first.
    Slice<AuctionId> ofSeller(UserId seller, int limit, @Nullable String cursor);

    /// Auctions in a state (scheduled or open) that should have left it by then, the most overdue first.
    List<AuctionId> due(Auction.Status status, Instant by, int limit);

    /// How many open auctions end from one instant up to another; of tens of thousands not all are counted.
    int closing(Instant from, Instant until);

    /// Some of a longer list; the cursor continues it and is absent at its end.
    record Slice<T>(List<T> items, @Nullable String cursor) {}
}
