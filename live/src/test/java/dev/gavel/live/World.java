package dev.gavel.live;

import dev.gavel.events.Alias;
import dev.gavel.events.AuctionDelta;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionExtended;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.NoticeCreated;
import dev.gavel.events.OrderEvent.OrderShipped;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.events.ParcelEvent.ParcelMoved;
import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.events.ProductEvent.ProductUpdated;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One auction as the store has it: its facts, from which the test decides what the feed brings.
final class World implements Auctions {

    static final Instant ENDS = Instant.parse("2030-01-01T00:00:00Z");
    private static final Ids IDS = Ids.secure(Clock.systemUTC());

    final AuctionId id = AuctionId.next(IDS);
    final ProductId product = ProductId.next(IDS);
    final UserId seller = UserId.next(IDS);
    final UserId anna = UserId.next(IDS);
    final UserId bora = UserId.next(IDS);
    private final NoticeId notice = NoticeId.of(anna, "outbid");
    final AtomicInteger finds = new AtomicInteger();
    final AtomicInteger tellings = new AtomicInteger();
    volatile boolean away;

    private final List<Fact<? extends AuctionEvent>> facts = new ArrayList<>();
    private long bids;
    private @Nullable UserId leader;

    World() {
        open();
    }

    /// One that has not opened yet.
    static World scheduled() {
        World world = new World();
        world.facts.clear();
        world.add(new AuctionScheduled(world.id, world.seller, "필름 카메라", Money.krw(1_000), Instant.EPOCH, ENDS));
        return world;
    }

    final Fact<? extends AuctionEvent> open() {
        return add(new AuctionOpened(id, seller, "필름 카메라", Money.krw(1_000), Instant.EPOCH, ENDS));
    }

    Fact<? extends AuctionEvent> extend() {
        return add(new AuctionExtended(id, ENDS, ENDS.plusSeconds(60)));
    }

    Fact<? extends AuctionEvent> cancel() {
        return add(new AuctionCancelled(id, seller, "It fell.", Instant.now()));
    }

    /// That the money of what anna bought is held; not about the auction any more.
    Fact<? extends MarketEvent> pay() {
        OrderId order = OrderId.of(id, 1);
        return new Fact<>(
                "/functions/confirm-payment",
                1,
                Instant.now(),
                new PaymentHeld(PaymentId.of(order), order, anna, seller, Money.krw(1_300), Instant.now()));
    }

    /// That it is on its way.
    Fact<? extends MarketEvent> ship() {
        return new Fact<>(
                "/functions/register-shipment",
                2,
                Instant.now(),
                new OrderShipped(OrderId.of(id, 1), seller, anna, "epost", "1", Instant.now()));
    }

    /// That it has come further, and then that it has arrived.
    List<Fact<? extends MarketEvent>> travel() {
        OrderId order = OrderId.of(id, 1);
        ParcelId parcel = ParcelId.of(order, Direction.OUTBOUND);
        Instant now = Instant.now();
        return List.of(
                new Fact<>(
                        "/functions/poll-carriers",
                        1,
                        now,
                        new ParcelMoved(
                                parcel, order, seller, anna, Direction.OUTBOUND, Stage.IN_TRANSIT, "옥천HUB", now)),
                new Fact<>(
                        "/functions/poll-carriers",
                        2,
                        now,
                        new ParcelDelivered(parcel, order, seller, anna, Direction.OUTBOUND, now)));
    }

    /// That anna has something new in the inbox; the same notice whenever it is asked.
    Fact<? extends MarketEvent> notice() {
        return new Fact<>(
                "/functions/send-notification",
                1,
                Instant.now(),
                new NoticeCreated(notice, anna, "outbid", id.value(), "/auction.html?id=" + id, Instant.now()));
    }

    static AuctionId unknown() {
        return AuctionId.next(IDS);
    }

    private synchronized Fact<? extends AuctionEvent> add(AuctionEvent event) {
        Fact<AuctionEvent> fact = new Fact<>("/functions/place-bid", facts.size() + 1L, Instant.now(), event);
        facts.add(fact);
        return fact;
    }

    /// Commits one bid; the feed knows nothing of it.
    synchronized Fact<? extends AuctionEvent> bid(UserId bidder) {
        UserId before = leader;
        leader = bidder;
        bids++;
        Money price = Money.krw(1_000 + bids * 100);
        return add(new BidsAccepted(
                id,
                List.of(new AcceptedBid(bids, bidder, price, bidder, Instant.now())),
                price,
                bidder,
                before,
                Money.krw(1_100 + bids * 100),
                true,
                bids,
                ENDS));
    }

    synchronized Fact<? extends AuctionEvent> close() {
        return add(new AuctionClosed(id, seller, Result.SOLD, leader, price(), bids, ENDS));
    }

    /// The seller describes what is sold anew.
    Fact<ProductUpdated> revise(boolean material) {
        return new Fact<>(
                "/functions/update-product",
                2,
                Instant.now(),
                new ProductUpdated(
                        product,
                        seller,
                        "필름 카메라, 고장",
                        "",
                        "digital.camera",
                        Condition.FOR_PARTS,
                        List.of(),
                        material,
                        List.of("title", "condition"),
                        Instant.now()));
    }

    synchronized long sequence() {
        return facts.size();
    }

    synchronized Money price() {
        return Money.krw(1_000 + bids * 100);
    }

    @Override
    public synchronized Optional<PublicState> find(AuctionId wanted) {
        finds.incrementAndGet();
        refuseWhileAway();
        if (!wanted.equals(id)) {
            return Optional.empty();
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("auctionId", id.value());
        view.put("sellerId", seller.value());
        view.put("productId", product.value());
        view.put("title", "필름 카메라");
        view.put("description", "long");
        view.put("preset", "standard");
        view.put(
                "status",
                switch (facts.getLast().data()) {
                    case AuctionClosed _ -> "closed";
                    case AuctionCancelled _ -> "cancelled";
                    case AuctionScheduled _ -> "scheduled";
                    default -> "open";
                });
        view.put("startPrice", Money.krw(1_000));
        view.put("price", price());
        if (leader != null) {
            view.put("leader", Alias.of(id, leader));
        }
        view.put("bidCount", bids);
        view.put("hasReserve", false);
        view.put("reserveMet", bids > 0);
        view.put("startsAt", Instant.EPOCH.toString());
        view.put("endsAt", ENDS.toString());
        view.put("youLead", false);
        view.put("version", 1);
        view.put("pictures", List.of());
        view.put("sequence", facts.size());
        return Optional.of(PublicState.of(Json.MAPPER.writeValueAsBytes(view)));
    }

    @Override
    public synchronized List<AuctionDelta> deltas(AuctionId wanted, long after, int most) {
        tellings.incrementAndGet();
        refuseWhileAway();
        List<AuctionDelta> missed = facts.stream()
                .filter(fact -> fact.sequence() > after)
                .<AuctionDelta>map(AuctionDelta::of)
                .toList();
        return missed.subList(Math.max(0, missed.size() - most), missed.size());
    }

    private void refuseWhileAway() {
        if (away) {
            throw new Unavailable("the store is away");
        }
    }
}
