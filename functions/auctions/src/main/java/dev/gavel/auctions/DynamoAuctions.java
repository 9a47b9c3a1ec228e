package dev.gavel.auctions;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;
import static dev.gavel.dynamo.DynamoItems.padded;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoItems.textIfAny;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.auctions.Auction.Status;
import dev.gavel.dynamo.DynamoListing;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPage;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Auctions in the table `auctions`. One item, the head, holds the state of an auction; each batch of accepted bids is
/// a page of its own, never changed afterwards:
///
/// | auctionId | part                | attributes                                                     |
/// |-----------|---------------------|----------------------------------------------------------------|
/// | auc_…     | head                | version, state (JSON), sellerId, createdAt, statusShard, statusAt |
/// | auc_…     | page#(first number) | bids (JSON), sequence, leaderBefore, endsAtBefore              |
/// | (request) | opening             | opened: the auction this request has opened                    |
/// | prd_…     | sale                | auction: the one that sells this product, until it ends        |
///
/// Heads of auctions of a product have leafShard and topShard besides, for the lists of categories. All indexes hold
/// heads only and carry keys only, so that a bid, which changes none of them, costs no write there.
final class DynamoAuctions implements Auctions {

    private static final String HEAD = "head";
    private static final String PAGE = "page#";
    private static final String OPENING = "opening";
    private static final String SALE = "sale";
    private static final int SHARDS = 4;
    /// Some 8,000 auctions each, in each of the shards.
    private static final int COUNTED_PAGES = 4;

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final String table;

    DynamoAuctions(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.outbox = outbox;
        this.table = tables.name("auctions");
    }

    @Override
    public void add(Auction auction, String opening, List<Fact<?>> facts) {
        Map<String, AttributeValue> item = new HashMap<>(key(opening, OPENING));
        item.put("opened", s(auction.id().value()));
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(putNew(table, item, "part"));
        items.add(putNew(table, head(auction), "part"));
        ProductId product = auction.terms().productId();
        if (product != null) {
            Map<String, AttributeValue> sale = new HashMap<>(key(product.value(), SALE));
            sale.put("auction", s(auction.id().value()));
            items.add(putNew(table, sale, "part"));
        }
        outbox.commit(items, facts, "auction " + auction.id());
    }

    @Override
    public Optional<AuctionId> openedBy(String opening) {
        return item(opening, OPENING).map(item -> new AuctionId(text(item, "opened")));
    }

    @Override
    public Optional<AuctionId> selling(ProductId product) {
        return item(product.value(), SALE).map(item -> new AuctionId(text(item, "auction")));
    }

    @Override
    public void save(Auction next, List<LedgerEntry> accepted, List<Fact<?>> facts) {
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(putNext(table, head(next), "version"));
        if (!accepted.isEmpty()) {
            items.add(putNew(table, page(next.id(), Page.of(accepted, facts)), "part"));
        }
        ProductId product = next.terms().productId();
        if (product != null && next.ended()) {
            items.add(TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(table).key(key(product.value(), SALE)))
                    .build());
        }
        outbox.commit(items, facts, "auction " + next.id());
    }

    @Override
    public void note(List<Fact<?>> facts) {
        outbox.commit(List.of(), facts, "facts of auctions");
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public Optional<Auction> find(AuctionId id) {
        return item(id.value(), HEAD).map(DynamoAuctions::state);
    }

    private Optional<Map<String, AttributeValue>> item(String id, String part) {
        return DynamoReads.item(client, table, key(id, part), "auction " + id);
    }

    @Override
    public List<Auction> findAll(List<AuctionId> ids) {
        List<Map<String, AttributeValue>> keys =
                ids.stream().map(id -> key(id.value(), HEAD)).toList();
        return DynamoReads.items(client, table, keys, "auctions").stream()
                .map(DynamoAuctions::state)
                .toList();
    }

    @Override
    public List<LedgerEntry> accepted(AuctionId id, long above, long upTo) {
        List<LedgerEntry> entries = new ArrayList<>();
        if (upTo > above) {
            pages(id, above + 1, upTo, true)
                    .forEach(page -> bids(page).stream()
                            .filter(entry -> entry.number() > above && entry.number() <= upTo)
                            .forEach(entries::add));
        }
        return entries;
    }

    @Override
    public List<LedgerEntry> latest(AuctionId id, long below, int limit) {
        List<LedgerEntry> entries = new ArrayList<>();
        if (below > 1) {
            var pages = pages(id, 1, below - 1, false).iterator();
            while (entries.size() < limit && pages.hasNext()) {
                bids(pages.next()).reversed().stream()
                        .filter(entry -> entry.number() < below)
                        .limit(limit - entries.size())
                        .forEach(entries::add);
            }
        }
        return entries;
    }

    @Override
    public List<Page> pages(AuctionId id, long below, int bids) {
        List<Page> found = new ArrayList<>();
        if (below > 1) {
            int count = 0;
            var pages = pages(id, 1, below - 1, false).iterator();
            while (count < bids && pages.hasNext()) {
                Page page = page(pages.next());
                found.add(page);
                count += page.entries().size();
            }
        }
        return found;
    }

    private Iterable<Map<String, AttributeValue>> pages(AuctionId id, long first, long last, boolean oldestFirst) {
        return client.queryPaginator(query -> query.tableName(table)
                        .consistentRead(true)
                        .scanIndexForward(oldestFirst)
                        .keyConditionExpression("auctionId = :id AND part BETWEEN :first AND :last")
                        .expressionAttributeValues(
                                Map.of(":id", s(id.value()), ":first", s(page(first)), ":last", s(page(last)))))
                .items();
    }

    @Override
    public Slice<AuctionId> listed(
            Status status, @Nullable String category, Order order, int limit, @Nullable String cursor) {
        boolean newest = order == Order.NEWEST;
        boolean forward = !newest && (status == Status.OPEN || status == Status.SCHEDULED);
        String group = category == null ? "status" : category.indexOf('.') < 0 ? "top" : "leaf";
        String range = newest ? "createdAt" : "statusAt";
        DynamoListing listing = listing("by-" + group + (newest ? "-newest" : ""), group + "Shard", range);
        check(cursor);
        List<String> found = new ArrayList<>();
        boolean more = false;
        for (int shard = 0; shard < SHARDS; shard++) {
            String list = shard(status, category, shard);
            var page = forward ? listing.ascending(list, limit, cursor) : listing.descending(list, limit, cursor);
            page.rows().forEach(item -> found.add(text(item, range)));
            more |= page.cursor() != null;
        }
        found.sort(forward ? Comparator.naturalOrder() : Comparator.reverseOrder());
        return new Slice<>(
                found.stream().limit(limit).map(DynamoAuctions::id).toList(),
                more || found.size() > limit ? found.get(limit - 1) : null);
    }

    @Override
    public Slice<AuctionId> ofSeller(UserId seller, int limit, @Nullable String cursor) {
        check(cursor);
        DynamoPage<AuctionId> page = listing("by-seller", "sellerId", "createdAt")
                .descending(seller.value(), limit, cursor)
                .map(item -> id(text(item, "createdAt")));
        return new Slice<>(page.rows(), page.cursor());
    }

    @Override
    public List<AuctionId> due(Status status, Instant by, int limit) {
        DynamoListing listing = listing("by-status", "statusShard", "statusAt");
        List<String> due = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            String last = null;
            do {
                DynamoPage<String> page =
                        listing.ascending(shard(status, null, shard), 250, last).map(item -> text(item, "statusAt"));
                List<String> overdue = page.rows().stream()
                        .filter(at -> at.compareTo(sortable(by) + "~") <= 0)
                        .toList();
                due.addAll(overdue);
                last = overdue.size() == page.rows().size() ? page.cursor() : null;
            } while (last != null && due.size() < limit);
        }
        return due.stream().sorted().limit(limit).map(DynamoAuctions::id).toList();
    }

    @Override
    public int closing(Instant from, Instant until) {
        DynamoListing listing = listing("by-status", "statusShard", "statusAt");
        int count = 0;
        for (int shard = 0; shard < SHARDS; shard++) {
            count += listing.count(
                    shard(Status.OPEN, null, shard), sortable(from), sortable(until) + "~", COUNTED_PAGES);
        }
        return count;
    }

    /// The sort keys of all indexes end in the id of the auction.
    private DynamoListing listing(String index, String hash, String range) {
        return DynamoListing.ofIndex(client, table, index, hash, range);
    }

    private static void check(@Nullable String cursor) {
        if (cursor != null) {
            id(cursor);
        }
    }

    /// @throws IllegalArgumentException when it is not the end of a sort key, as in a forged cursor
    private static AuctionId id(String sortKey) {
        return new AuctionId(sortKey.substring(sortKey.indexOf('#') + 1));
    }

    private static String shard(Status status, @Nullable String category, int shard) {
        String state = status.name().toLowerCase(Locale.ROOT);
        return (category == null ? state : state + "#" + category) + "#" + shard;
    }

    private static Map<String, AttributeValue> head(Auction auction) {
        Auction.End end = auction.end();
        Instant statusAt = end != null
                ? end.at()
                : auction.status() == Status.SCHEDULED ? auction.terms().startsAt() : auction.endsAt();
        Map<String, AttributeValue> item = new HashMap<>(key(auction.id().value(), HEAD));
        item.put("version", n(auction.version()));
        item.put("state", s(AuctionJson.of(auction)));
        item.put("sellerId", s(auction.terms().sellerId().value()));
        item.put("createdAt", s(sortable(auction.terms().createdAt()) + "#" + auction.id()));
        int shard = Math.floorMod(auction.id().hashCode(), SHARDS);
        item.put("statusShard", s(shard(auction.status(), null, shard)));
        Terms.Item sold = auction.terms().item();
        if (sold != null) {
            item.put("leafShard", s(shard(auction.status(), sold.category(), shard)));
            item.put("topShard", s(shard(auction.status(), sold.top(), shard)));
        }
        item.put("statusAt", s(sortable(statusAt) + "#" + auction.id()));
        return item;
    }

    private static Auction state(Map<String, AttributeValue> item) {
        return AuctionJson.auction(text(item, "state"));
    }

    private static Map<String, AttributeValue> page(AuctionId id, Page page) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(id.value(), page(page.entries().getFirst().number())));
        item.put("bids", s(AuctionJson.of(page.entries())));
        item.put("sequence", n(page.sequence()));
        item.put("endsAtBefore", s(page.endsAtBefore().toString()));
        if (page.leaderBefore() != null) {
            item.put("leaderBefore", s(page.leaderBefore().value()));
        }
        return item;
    }

    private static Page page(Map<String, AttributeValue> item) {
        return new Page(
                number(item, "sequence"),
                textIfAny(item, "leaderBefore").map(UserId::new).orElse(null),
                Instant.parse(text(item, "endsAtBefore")),
                bids(item));
    }

    private static List<LedgerEntry> bids(Map<String, AttributeValue> item) {
        return AuctionJson.bids(text(item, "bids"));
    }

    private static String page(long firstNumber) {
        return PAGE + padded(firstNumber, 12);
    }

    private static Map<String, AttributeValue> key(String id, String part) {
        return Map.of("auctionId", s(id), "part", s(part));
    }
}
