package dev.gavel.live;

import dev.gavel.events.AuctionDelta;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.NoticeCreated;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.ParcelEvent;
import dev.gavel.events.PaymentEvent;
import dev.gavel.events.ProductEvent.ProductUpdated;
import dev.gavel.kernel.AuctionId;
import dev.gavel.runtime.CallerVerifier;
import dev.gavel.runtime.Span;
import dev.gavel.runtime.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all connections of a replica share.
final class Live implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

    private final LiveOptions options;
    private final CallerVerifier verifier;
    private final Clock clock;
    private final Tracer tracer;
    private final Presence presence;
    private final Numbers numbers = new Numbers();
    private final Audience audience = new Audience();
    private final Addresses addresses;
    private final Rooms rooms;
    private final Thread housekeeping;
    private volatile Map<AuctionId, Integer> elsewhere = Map.of();
    private volatile boolean closed;

    Live(
            LiveOptions options,
            Auctions auctions,
            CallerVerifier verifier,
            Presence presence,
            Clock clock,
            Tracer tracer) {
        this.options = options;
        this.verifier = verifier;
        this.presence = presence;
        this.clock = clock;
        LiveOptions.Limits limits = options.limits();
        this.addresses = new Addresses(limits.perAddress(), limits.newPerSecond());
        this.rooms = new Rooms(auctions, numbers, limits.coalescing(), limits.rooms());
        numbers.rooms(() -> rooms.all().size());
        numbers.spans(tracer.counts());
        this.tracer = tracer;
        this.housekeeping = Thread.ofVirtual().name("housekeeping").start(this::keepHouse);
    }

    /// A fact as it was published.
    void accept(Fact<? extends MarketEvent> fact) {
        numbers.facts.increment();
        switch (fact.data()) {
            case AuctionEvent event -> accept(new Fact<>(fact.source(), fact.sequence(), fact.time(), event), event);
            case ProductUpdated event when event.material() -> revised(event);
            case OrderEvent _, PaymentEvent _, ParcelEvent _, NoticeCreated _ -> audience.accept(fact);
            default -> {}
        }
    }

    private void accept(Fact<AuctionEvent> fact, AuctionEvent event) {
        audience.accept(fact);
        if (rooms.watched(event.auctionId())) {
            Span.around(Span.Kind.CONSUMER, "fan out " + fact.type(), () -> {
                numbers.delay(Duration.between(fact.time(), clock.instant()));
                rooms.accept(AuctionDelta.of(fact));
            });
        }
    }

    /// Whoever has bid, or is about to, must see that what is sold was described otherwise before.
    private void revised(ProductUpdated event) {
        for (Room room : rooms.all()) {
            if (room.revised(event.productId(), event.updatedAt())) {
                room.tell(List.of(Message.of(
                        "revised",
                        "auction",
                        room.id().value(),
                        "at",
                        event.updatedAt().toString(),
                        "changed",
                        event.changed())));
            }
        }
    }

    LiveOptions options() {
        return options;
    }

    CallerVerifier verifier() {
        return verifier;
    }

    Numbers numbers() {
        return numbers;
    }

    Audience audience() {
        return audience;
    }

    Addresses addresses() {
        return addresses;
    }

    Rooms rooms() {
        return rooms;
    }

    Instant now() {
        return clock.instant();
    }

    /// Everybody who watches, here and elsewhere.
    int viewers(Room room) {
        return room.count() + elsewhere.getOrDefault(room.id(), 0);
    }

    private void keepHouse() {
        while (!closed) {
            try {
                Thread.sleep(BETWEEN_COUNTS);
                addresses.sweep();
                rooms.sweep();
                countViewers();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("Viewers could not be counted this time", e);
            }
        }
    }

    private void countViewers() {
        Map<AuctionId, Integer> here = new HashMap<>();
        for (Room room : rooms.all()) {
            if (room.count() > 0) {
                here.put(room.id(), room.count());
            }
        }
        elsewhere = presence.exchange(here);
        for (Room room : rooms.all()) {
            int changed = room.changedCount(elsewhere.getOrDefault(room.id(), 0));
            if (changed >= 0) {
                room.tell(List.of(Message.of("viewers", "auction", room.id().value(), "count", changed)));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        housekeeping.interrupt();
        rooms.close();
        presence.close();
        tracer.close();
    }
}
