package dev.gavel.notifications;

import static dev.gavel.notifications.Post.BUYER;
import static dev.gavel.notifications.Post.NOON;
import static dev.gavel.notifications.Post.ORDER;
import static dev.gavel.notifications.Post.RIVAL;
import static dev.gavel.notifications.Post.SELLER;
import static dev.gavel.notifications.Post.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OccasionTest {

    private static final String ABOUT_THE_ORDER = "/order.html?id=" + ORDER;

    private static Map<UserId, Kind> told(MarketEvent event) {
        return Occasion.of(Post.fact(5, NOON, event)).stream()
                .collect(Collectors.toMap(
                        Occasion::userId, occasion -> occasion.content().kind()));
    }

    @Test
    void everyFactReachesThoseItConcerns() {
        List<MarketEvent> all = Post.everything();
        List<Map<UserId, Kind>> expected = List.of(
                Map.of(RIVAL, Kind.OUTBID),
                Map.of(BUYER, Kind.WON, SELLER, Kind.SOLD),
                Map.of(RIVAL, Kind.SECOND_CHANCE),
                Map.of(SELLER, Kind.PAID),
                Map.of(BUYER, Kind.SHIPPED),
                Map.of(BUYER, Kind.DELIVERED),
                Map.of(SELLER, Kind.DISPUTED),
                Map.of(SELLER, Kind.CANCELLED, BUYER, Kind.CANCELLED),
                Map.of(SELLER, Kind.COMPLETED, BUYER, Kind.COMPLETED),
                Map.of(BUYER, Kind.DECLINED),
                Map.of(SELLER, Kind.PAID_OUT));
        assertThat(all.stream().map(OccasionTest::told).toList()).isEqualTo(expected);
    }

    @Test
    void everyKindHasAnOccasion() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        List<MarketEvent> all = new ArrayList<>(Post.everything());
        all.add(Post.closed(Result.UNSOLD));
        all.forEach(event -> kinds.addAll(told(event).values()));
        assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void theSellerHearsOfAnAuctionNobodyWon() {
        assertThat(told(Post.closed(Result.UNSOLD))).isEqualTo(Map.of(SELLER, Kind.UNSOLD));
        assertThat(told(Post.closed(Result.RESERVE_NOT_MET))).isEqualTo(Map.of(SELLER, Kind.UNSOLD));
    }

    @Test
    void whoLedBeforeOrInBetweenAndNotAfterIsOutbid() {
        assertThat(told(Post.bids(RIVAL, BUYER, THIRD, SELLER))).containsOnlyKeys(RIVAL, BUYER, THIRD);
        assertThat(told(Post.bids(null, BUYER))).isEmpty();
        assertThat(told(Post.bids(BUYER, RIVAL, BUYER))).containsOnlyKeys(RIVAL);
    }

    @Test
    void whatConcernsNobodyMakesNoNotice() {
        assertThat(told(Post.opened())).isEmpty();
        assertThat(told(Post.placed())).isEmpty();
        assertThat(told(new OrderDecided(ORDER, SELLER, BUYER, Cause.CONFIRMED, Money.krw(1), Money.krw(0), NOON)))
                .isEmpty();
    }

    @Test
    void aCauseIsKindAndSubjectAndNotTheFact() {
        for (MarketEvent event : Post.everything()) {
            List<Occasion> first = Occasion.of(Post.fact(5, NOON, event));
            List<Occasion> again = Occasion.of(Post.fact(6, NOON.plusSeconds(1), event));
            boolean each = event instanceof PaymentDeclined;
            assertThat(first.equals(again)).as("%s", event).isEqualTo(!each);
            assertThat(first).extracting(Occasion::noticeId).doesNotHaveDuplicates();
        }
    }

    @Test
    void aLinkLeadsToTheOrderOrTheAuction() {
        assertThat(Occasion.of(Post.fact(1, NOON, Post.sold())))
                .extracting(occasion -> occasion.content().link())
                .containsOnly(ABOUT_THE_ORDER);
        assertThat(Occasion.of(Post.fact(1, NOON, Post.bids(RIVAL, BUYER))))
                .extracting(occasion -> occasion.content().link())
                .containsOnly("/auction.html?id=" + Post.AUCTION);
    }
}
