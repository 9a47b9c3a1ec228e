package dev.gavel.auctions;

import dev.gavel.auctions.Auction.Status;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.RememberedFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The in-memory twin of {@link DynamoAuctions}, held to the same contract.
final class InMemoryAuctions extends RememberedFacts implements Auctions {

    private final Map<AuctionId, Auction> heads = new HashMap<>();
    private final Map<AuctionId, List<LedgerEntry>> ledgers = new HashMap<>();
    private final Map<AuctionId, List<Page>> pages = new HashMap<>();
    private final Map<String, AuctionId> openings = new HashMap<>();
    private final Map<ProductId, AuctionId> sales = new HashMap<>();

    @Override
    public synchronized void add(Auction auction, String opening, List<Fact<?>> facts) {
        ProductId product = auction.terms().productId();
        if (openings.containsKey(opening)
                || product != null && sales.containsKey(product)
                || heads.putIfAbsent(auction.id(), auction) != null) {
            throw new StaleWrite("auction " + auction.id());
        }
        if (product != null) {
            sales.put(product, auction.id());
        }
        openings.put(opening, auction.id());
        store(facts);
    }

    @Override
    public synchronized Optional<AuctionId> openedBy(String opening) {
        return Optional.ofNullable(openings.get(opening));
    }

    @Override
    public synchronized Optional<AuctionId> selling(ProductId product) {
        return Optional.ofNullable(sales.get(product));
    }

    @Override
    public synchronized void save(Auction next, List<LedgerEntry> accepted, List<Fact<?>> facts) {
        Auction current = heads.get(next.id());
        if (current == null || current.version() != next.version() - 1) {
            throw new StaleWrite("auction " + next.id());
        }
        heads.put(next.id(), next);
        if (next.ended() && next.terms().productId() != null) {
            sales.remove(next.terms().productId());
        }
        if (!accepted.isEmpty()) {
            pages.computeIfAbsent(next.id(), _ -> new ArrayList<>()).add(Page.of(accepted, facts));
        }
        ledgers.computeIfAbsent(next.id(), _ -> new ArrayList<>()).addAll(accepted);
        store(facts);
    }

    @Override
    public synchronized void note(List<Fact<?>> facts) {
        store(facts);
    }

    @Override
    public synchronized Optional<Auction> find(AuctionId id) {
        return Optional.ofNullable(heads.get(id));
    }

    @Override
    public synchronized List<Auction> findAll(List<AuctionId> ids) {
        return ids.stream().map(heads::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized List<LedgerEntry> accepted(AuctionId id, long above, long upTo) {
        return ledger(id)
                .filter(entry -> entry.number() > above && entry.number() <= upTo)
                .toList();
    }

    @Override
    public synchronized List<LedgerEntry> latest(AuctionId id, long below, int limit) {
        return ledger(id)
                .filter(entry -> entry.number() < below)
                .sorted(Comparator.comparingLong(LedgerEntry::number).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Page> pages(AuctionId id, long below, int bids) {
        List<Page> found = new ArrayList<>();
        int count = 0;
        for (Page page : pages.getOrDefault(id, List.of()).reversed()) {
            if (page.entries().getFirst().number() < below && count < bids) {
                found.add(page);
                count += page.entries().size();
            }
        }
        return found;
    }

    private Stream<LedgerEntry> ledger(AuctionId id) {
        return ledgers.getOrDefault(id, List.of()).stream();
    }

    @Override
    public synchronized Slice<AuctionId> listed(
            Status status, @Nullable String category, Order order, int limit, @Nullable String cursor) {
        boolean newest = order == Order.NEWEST;
        boolean soonest = !newest && (status == Status.OPEN || status == Status.SCHEDULED);
        Comparator<Auction> ascending = Comparator.comparing(
                        (Auction auction) -> newest ? auction.terms().createdAt() : statusAt(auction))
                .thenComparing(auction -> auction.id().value());
        return slice(
                heads.values().stream()
                        .filter(auction -> auction.status() == status && isIn(auction, category))
                        .sorted(soonest ? ascending : ascending.reversed()),
                limit,
                cursor);
    }

    private static boolean isIn(Auction auction, @Nullable String category) {
        Terms.Item item = auction.terms().item();
        return category == null
                || item != null
                        && (item.category().equals(category) || item.top().equals(category));
    }

    @Override
    public synchronized Slice<AuctionId> ofSeller(UserId seller, int limit, @Nullable String cursor) {
        return slice(
                heads.values().stream()
                        .filter(auction -> auction.terms().sellerId().equals(seller))
                        .sorted(Comparator.comparing(
                                        (Auction auction) -> auction.terms().createdAt())
                                .thenComparing(auction -> auction.id().value())
                                .reversed()),
                limit,
                cursor);
    }

    @Override
    public synchronized List<AuctionId> due(Status status, Instant by, int limit) {
        return heads.values().stream()
                .filter(auction ->
                        auction.status() == status && !statusAt(auction).isAfter(by))
                .sorted(Comparator.comparing(InMemoryAuctions::statusAt))
                .limit(limit)
                .map(Auction::id)
                .toList();
    }

    @Override
    public synchronized int closing(Instant from, Instant until) {
        return (int) heads.values().stream()
                .filter(auction -> auction.status() == Status.OPEN
                        && !statusAt(auction).isBefore(from)
                        && !statusAt(auction).isAfter(until))
                .count();
    }

    private static Instant statusAt(Auction auction) {
        return auction.end() != null
                ? auction.end().at()
                : auction.status() == Status.SCHEDULED ? auction.terms().startsAt() : auction.endsAt();
    }

    private static Slice<AuctionId> slice(Stream<Auction> sorted, int limit, @Nullable String cursor) {
        List<AuctionId> ids = sorted.map(Auction::id).toList();
        int from = cursor == null ? 0 : ids.indexOf(new AuctionId(cursor)) + 1;
        List<AuctionId> some = ids.stream().skip(from).limit(limit).toList();
        return new Slice<>(some, from + limit < ids.size() ? some.getLast().value() : null);
    }
}
