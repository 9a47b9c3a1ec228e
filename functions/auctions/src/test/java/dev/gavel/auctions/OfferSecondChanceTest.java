package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.CHUL;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.SELLER;
import static dev.gavel.auctions.Auctioneer.bid;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.Fact;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.Reason;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfferSecondChanceTest {

    private final InMemoryAuctions auctions = new InMemoryAuctions();
    private final OfferSecondChance offerSecondChance = new OfferSecondChance(auctions);

    @Test
    void whoBidNextGetsItAtTheirOwnHighestBid() {
        Auction auction = closed(null, bid(CHUL, 3_000), bid(BORA, 5_000), bid(ANNA, 9_000), bid(BORA, 7_000));

        OfferMade second = offered(auction, ANNA, Reason.UNPAID);
        assertThat(second.bidderId()).isEqualTo(BORA);
        assertThat(second.price()).isEqualTo(won(7_000));
        assertThat(second.offer()).isEqualTo(2);
        assertThat(second.orderId()).isEqualTo(OrderId.of(auction.id(), 2));
        OfferMade third = offered(auction, BORA, Reason.BUYER_CANCELLED);
        assertThat(third.bidderId()).isEqualTo(CHUL);
        assertThat(third.price()).isEqualTo(won(3_000));
        assertThat(told(auction, CHUL, Reason.UNPAID)).isEmpty();
    }

    @Test
    void aSellerWhoTakesItBackOffersItToNobody() {
        assertThat(told(closed(null, bid(ANNA, 9_000), bid(BORA, 5_000)), ANNA, Reason.SELLER_CANCELLED))
                .isEmpty();
    }

    @Test
    void nothingIsOfferedBelowTheReserve() {
        assertThat(told(closed(won(6_000), bid(BORA, 5_000), bid(ANNA, 9_000)), ANNA, Reason.UNPAID))
                .isEmpty();
    }

    @Test
    void aStrangersOrderMakesNoOffer() {
        assertThat(told(closed(null, bid(ANNA, 9_000), bid(BORA, 5_000)), CHUL, Reason.UNPAID))
                .isEmpty();
    }

    @Test
    void theSameAgainMakesTheSameOffer() {
        Auction auction = closed(null, bid(ANNA, 9_000), bid(BORA, 5_000));

        assertThat(told(auction, ANNA, Reason.UNPAID)).isEqualTo(told(auction, ANNA, Reason.UNPAID));
        assertThat(auctions.announced()).extracting(Fact::id).containsOnly(OrderId.of(auction.id(), 2) + "-1");
    }

    /// An auction that took these bids, all of them, and was sold.
    private Auction closed(@Nullable Money reserve, Bid... bids) {
        Auction opened = Auctioneer.auction("standard", reserve, null).next(0);
        auctions.add(opened, "opening " + opened.id(), List.of());
        Ledger.Batch batch = new Ledger(opened).decide(List.of(bids));
        assertThat(batch.accepted()).hasSize(bids.length);
        auctions.save(batch.next(), batch.accepted(), batch.facts());
        Auction ended = batch.next().closed(opened.endsAt()).next(0);
        auctions.save(ended, List.of(), List.of());
        return ended;
    }

    private OfferMade offered(Auction auction, UserId buyer, Reason reason) {
        List<Fact<?>> told = told(auction, buyer, reason);
        assertThat(told).hasSize(1);
        return (OfferMade) told.getFirst().data();
    }

    private List<Fact<?>> told(Auction auction, UserId buyer, Reason reason) {
        int before = auctions.announced().size();
        Fact<OrderCancelled> fact = new Fact<>(
                "/functions/expire-unpaid",
                2,
                NOON,
                new OrderCancelled(OrderId.of(auction.id(), 1), auction.id(), SELLER, buyer, reason, NOON));
        assertThat(offerSecondChance.apply(new Call<>(fact, new Caller.Platform("broker"), NOON, fact.id())))
                .isNotNull();
        List<Fact<?>> all = auctions.announced();
        return all.subList(before, all.size());
    }
}
