package dev.gavel.live;

import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.NoticeCreated;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.ParcelEvent;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is signed in here, and what each must be told of a fact.
final class Audience {

    private static final int MOST_REMEMBERED = 20_000;

    private final Map<UserId, Set<Connection>> present = new ConcurrentHashMap<>();
    /// Sequences of the subjects of late, so that a fact that comes again is told once.
    private final Map<String, Window> seen = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    void enter(UserId user, Connection connection) {
        present.compute(user, (_, here) -> {
            Set<Connection> all = here == null ? ConcurrentHashMap.newKeySet() : here;
            all.add(connection);
            return all;
        });
    }

    void leave(UserId user, Connection connection) {
        present.computeIfPresent(user, (_, here) -> {
            here.remove(connection);
            return here.isEmpty() ? null : here;
        });
    }

    /// Tells those concerned. Only the thread of the feed calls.
    void accept(Fact<? extends MarketEvent> fact) {
        if (present.isEmpty() || !isNew(fact)) {
            return;
        }
        switch (fact.data()) {
            case BidsAccepted it -> tell(it, fact.sequence());
            case AuctionClosed it -> {
                if (it.winnerId() != null) {
                    tell(it.winnerId(), closed("won", it, fact.sequence()));
                    tell(it.sellerId(), closed("sold", it, fact.sequence()));
                }
            }
            case OrderEvent it -> tell(it.orderId(), fact, it.buyerId(), it.sellerId());
            case PaymentHeld it -> tell(it.orderId(), fact, it.buyerId(), it.sellerId());
            case PaymentDeclined it -> tell(it.orderId(), fact, it.buyerId());
            case PaymentSettled it -> tell(it.orderId(), fact, it.buyerId(), it.sellerId());
            case ParcelEvent it -> tell(it.orderId(), fact, it.buyerId(), it.sellerId());
            case PaidOut it -> tell(it.orderId(), fact, it.sellerId());
            case NoticeCreated it -> tell(it.userId(), notice(it));
            default -> {}
        }
    }

    private void tell(OrderId order, Fact<?> fact, UserId... concerned) {
        Message message = Message.of("order", "order", order.value(), "at", fact.time());
        for (UserId user : concerned) {
            tell(user, message);
        }
    }

    /// The highest sequence and, bit by bit, which of the 64 up to it have come: facts may overtake each other.
    private record Window(long highest, long bits) {}

    private boolean isNew(Fact<?> fact) {
        Window window = seen.getOrDefault(fact.subject(), new Window(0, 0));
        long ahead = fact.sequence() - window.highest();
        if (ahead > 0) {
            long bits = ahead >= Long.SIZE ? 1 : (window.bits() << ahead) | 1;
            seen.put(fact.subject(), new Window(fact.sequence(), bits));
            return true;
        }
        if (-ahead >= Long.SIZE || (window.bits() & (1L << -ahead)) != 0) {
            return false;
        }
        seen.put(fact.subject(), new Window(window.highest(), window.bits() | (1L << -ahead)));
        return true;
    }

    private void tell(BidsAccepted fact, long sequence) {
        fact.outbid().forEach(user -> tell(user, standing("outbid", fact, sequence)));
        if (!Objects.equals(fact.previousLeaderId(), fact.leaderId())) {
            tell(fact.leaderId(), standing("leading", fact, sequence));
        }
    }

    private static Message standing(String type, BidsAccepted fact, long sequence) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("auction", fact.auctionId().value());
        members.put("sequence", sequence);
        members.put("price", fact.price());
        if (fact.minimumBid() != null) {
            members.put("minimumBid", fact.minimumBid());
        }
        return Message.of(type, members);
    }

    private static Message closed(String type, AuctionClosed fact, long sequence) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("auction", fact.auctionId().value());
        members.put("sequence", sequence);
        if (fact.price() != null) {
            members.put("price", fact.price());
        }
        return Message.of(type, members);
    }

    private static Message notice(NoticeCreated fact) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("notice", fact.noticeId().value());
        members.put("kind", fact.kind());
        if (fact.about() != null) {
            members.put("about", fact.about());
        }
        members.put("link", fact.link());
        members.put("at", fact.createdAt());
        return Message.of("notice", members);
    }

    private void tell(UserId user, Message message) {
        for (Connection connection : present.getOrDefault(user, Set.of())) {
            connection.loop().execute(() -> connection.send(message));
        }
    }
}
