package dev.gavel.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.events.PaymentEvent;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.Rejection.Kind;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import dev.gavel.orders.Order.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UseCasesTest {

    private final InMemoryOrders orders = new InMemoryOrders();
    private final Desk desk = new Desk(orders, Terms.DEFAULT);

    @Test
    void whatWasSoldBecomesOneOrderHoweverOftenItIsTold() {
        AuctionId auction = Deal.nextAuction();
        PlaceOrder place = new PlaceOrder(orders, Terms.DEFAULT);
        for (int i = 0; i < 3; i++) {
            assertThat(place.apply(Deal.<MarketEvent>told(Deal.sold(auction)))).isInstanceOf(Outcome.Accepted.class);
        }

        Order order = orders.find(OrderId.of(auction, 1)).orElseThrow();
        assertThat(order.status()).isEqualTo(Status.AWAITING_PAYMENT);
        assertThat(order.price()).isEqualTo(Deal.PRICE);
        assertThat(orders.stored()).hasSize(1).isEqualTo(orders.announced());
    }

    @Test
    void whatWasNotSoldBecomesNoOrder() {
        AuctionId auction = Deal.nextAuction();
        new PlaceOrder(orders, Terms.DEFAULT)
                .apply(Deal.<MarketEvent>told(
                        new AuctionClosed(auction, Deal.SELLER, Result.UNSOLD, null, null, 0, Deal.NOON)));

        assertThat(orders.stored()).isEmpty();
    }

    @Test
    void aSecondChanceIsAnOrderOfItsOwn() {
        AuctionId auction = Deal.nextAuction();
        OrderId second = OrderId.of(auction, 2);
        OfferMade offer =
                new OfferMade(second, auction, null, Deal.SELLER, Deal.STRANGER, Money.krw(51_000), 2, Deal.NOON);
        PlaceOrder place = new PlaceOrder(orders, Terms.DEFAULT);
        assertThat(place.apply(Deal.<MarketEvent>told(Deal.sold(auction)))).isInstanceOf(Outcome.Accepted.class);
        assertThat(place.apply(Deal.<MarketEvent>told(offer))).isInstanceOf(Outcome.Accepted.class);

        Order order = orders.find(second).orElseThrow();
        assertThat(order.buyerId()).isEqualTo(Deal.STRANGER);
        assertThat(order.price()).isEqualTo(Money.krw(51_000));
        assertThat(orders.find(OrderId.of(auction, 1)).orElseThrow().buyerId()).isEqualTo(Deal.ANNA);
    }

    @Test
    void theWayFromTheHammerToTheMoney() {
        OrderId id = added(Status.AWAITING_PAYMENT);
        TrackPayment track = new TrackPayment(desk);

        track.apply(Deal.<PaymentEvent>told(Deal.held(id)));
        accepted(new RegisterShipment(desk)
                .apply(Deal.call(Deal.SELLER, new RegisterShipment.Command(id, "cj-logistics", "640012345678"))));
        accepted(new ConfirmDelivery(desk).apply(Deal.call(Deal.ANNA, new ConfirmDelivery.Command(id))));
        OrderView confirmed =
                accepted(new ConfirmPurchase(desk).apply(Deal.call(Deal.ANNA, new ConfirmPurchase.Command(id))));
        assertThat(confirmed.status()).isEqualTo(Status.DECIDED);
        track.apply(Deal.<PaymentEvent>told(Deal.settled(id)));
        track.apply(Deal.<PaymentEvent>told(Deal.settled(id)));
        track.apply(Deal.<PaymentEvent>told(Deal.held(id)));

        Order order = orders.find(id).orElseThrow();
        assertThat(order.status()).isEqualTo(Status.COMPLETED);
        assertThat(orders.announced())
                .extracting(fact -> fact.type().replaceAll("dev\\.gavel\\.order\\.|\\.v1", ""))
                .containsExactly("paid", "shipped", "delivered", "decided", "completed");
        assertThat(orders.announced()).extracting(fact -> fact.sequence()).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void askingAgainChangesNothing() {
        OrderId id = added(Status.DELIVERED);
        for (int i = 0; i < 2; i++) {
            accepted(new ConfirmPurchase(desk).apply(Deal.call(Deal.ANNA, new ConfirmPurchase.Command(id))));
        }

        assertThat(orders.stored()).hasSize(1);
    }

    @Test
    void aPaymentOfAnOrderThatIsNotHereYetIsToldAgainLater() {
        assertThatThrownBy(() -> new TrackPayment(desk)
                        .apply(Deal.<PaymentEvent>told(Deal.held(OrderId.of(Deal.nextAuction(), 1)))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void onlyTheRightSideTakesAStepAndNobodyElseKnowsTheOrder() {
        OrderId id = added(Status.PAID);
        RegisterShipment.Command parcel = new RegisterShipment.Command(id, "epost", "1");

        assertThat(refused(new RegisterShipment(desk).apply(Deal.call(Deal.ANNA, parcel))))
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(refused(new RegisterShipment(desk).apply(Deal.call(Deal.STRANGER, parcel))))
                .isEqualTo(Kind.MISSING);
        assertThat(refused(new GetOrder(orders).apply(Deal.call(Deal.STRANGER, new GetOrder.Query(id)))))
                .isEqualTo(Kind.MISSING);
        assertThat(refused(new ConfirmPurchase(desk).apply(Deal.call(Deal.SELLER, new ConfirmPurchase.Command(id)))))
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(orders.stored()).isEmpty();
    }

    @Test
    void aStepThatComesTooEarlyIsRefusedWithTheStatus() {
        OrderId id = added(Status.AWAITING_PAYMENT);

        Outcome<OrderView> early =
                new ConfirmPurchase(desk).apply(Deal.call(Deal.ANNA, new ConfirmPurchase.Command(id)));

        assertThat(((Outcome.Rejected<?>) early).reason())
                .isInstanceOfSatisfying(
                        OrderRejected.NotNow.class,
                        reason -> assertThat(reason.status()).isEqualTo(Status.AWAITING_PAYMENT));
    }

    @Test
    void theBuyerCancelsBeforePayingAndTheSellerBeforeShipping() {
        OrderId unpaid = added(Status.AWAITING_PAYMENT);
        OrderId paid = added(Status.PAID);
        OrderId shipped = added(Status.SHIPPED);

        assertThat(cancel(Deal.ANNA, unpaid)).isInstanceOf(Outcome.Accepted.class);
        assertThat(refused(cancel(Deal.ANNA, paid))).isEqualTo(Kind.CONFLICT);
        assertThat(accepted(cancel(Deal.SELLER, paid)).decision())
                .isEqualTo(new Order.Decision(Cause.SELLER_CANCELLED, Deal.PRICE.zero(), Deal.PRICE));
        assertThat(cancel(Deal.SELLER, paid)).isInstanceOf(Outcome.Accepted.class);
        assertThat(refused(cancel(Deal.SELLER, shipped))).isEqualTo(Kind.CONFLICT);
        assertThat(refused(cancel(Deal.STRANGER, unpaid))).isEqualTo(Kind.MISSING);
    }

    private Outcome<OrderView> cancel(UserId who, OrderId id) {
        return new CancelOrder(orders, desk).apply(Deal.call(who, new CancelOrder.Command(id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "52001"})
    void noMoreThanThePriceIsGivenBack(String toBuyer) {
        OrderId id = added(Status.DISPUTED);

        assertThat(refused(resolve(id, Money.of(toBuyer, "KRW")))).isEqualTo(Kind.INVALID);
        assertThat(refused(resolve(id, Money.of("1", "USD")))).isEqualTo(Kind.INVALID);
        assertThat(orders.stored()).isEmpty();
    }

    @Test
    void operatorsAreShownTheDisputesThatAreOpen() {
        OrderId open = added(Status.DISPUTED);
        OrderId decided = added(Status.DISPUTED);
        added(Status.SHIPPED);
        accepted(resolve(decided, Deal.PRICE));
        assertThat(accepted(new ListDisputes(orders).apply(Deal.call(Deal.STRANGER, new ListDisputes.Query())))
                        .orders())
                .extracting(OrderView::orderId)
                .containsExactly(open);
    }

    @Test
    void aDisputeIsDecidedOnce() {
        OrderId id = added(Status.DISPUTED);

        assertThat(accepted(resolve(id, Deal.PRICE)).status()).isEqualTo(Status.DECIDED);
        assertThat(accepted(resolve(id, Deal.PRICE)).status()).isEqualTo(Status.DECIDED);
        assertThat(refused(resolve(id, Deal.PRICE.zero()))).isEqualTo(Kind.CONFLICT);
    }

    private Outcome<OrderView> resolve(OrderId id, Money toBuyer) {
        return new ResolveDispute(orders, desk)
                .apply(Deal.call(Deal.STRANGER, new ResolveDispute.Command(id, toBuyer)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CJ", "a b", "../x"})
    void aCarrierThatIsNoneIsRefused(String carrier) {
        OrderId id = added(Status.PAID);

        assertThat(refused(new RegisterShipment(desk)
                        .apply(Deal.call(Deal.SELLER, new RegisterShipment.Command(id, carrier, "1")))))
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void aDisputeNeedsAReason() {
        OrderId id = added(Status.SHIPPED);
        OpenDispute open = new OpenDispute(desk);

        assertThat(refused(open.apply(Deal.call(Deal.ANNA, new OpenDispute.Command(id, "  ")))))
                .isEqualTo(Kind.INVALID);
        assertThat(accepted(open.apply(Deal.call(Deal.ANNA, new OpenDispute.Command(id, " 깨졌어요 "))))
                        .dispute())
                .isEqualTo("깨졌어요");
    }

    @Test
    void theClockMovesOnWhatIsDueAndNothingElse() {
        OrderId unpaid = added(Status.AWAITING_PAYMENT);
        OrderId unshipped = added(Status.PAID);
        OrderId silent = added(Status.DELIVERED);
        OrderId lost = added(Status.SHIPPED);

        tickAll(Deal.NOON.plus(Duration.ofHours(23)));
        assertThat(statuses(unpaid, unshipped, silent, lost))
                .containsExactly(Status.AWAITING_PAYMENT, Status.PAID, Status.DELIVERED, Status.SHIPPED);
        tickAll(Deal.NOON.plus(Duration.ofHours(25)));
        assertThat(statuses(unpaid, unshipped, silent, lost))
                .containsExactly(Status.CANCELLED, Status.PAID, Status.DELIVERED, Status.SHIPPED);
        tickAll(Deal.NOON.plus(Duration.ofDays(3)));
        assertThat(statuses(unpaid, unshipped, silent, lost))
                .containsExactly(Status.CANCELLED, Status.DECIDED, Status.DECIDED, Status.SHIPPED);
        tickAll(Deal.NOON.plus(Duration.ofDays(14)));
        assertThat(statuses(unpaid, unshipped, silent, lost))
                .containsExactly(Status.CANCELLED, Status.DECIDED, Status.DECIDED, Status.DECIDED);
    }

    @Test
    void aParcelThatArrivedDeliversItsOrderHoweverOftenItIsTold() {
        OrderId id = added(Status.SHIPPED);
        TrackParcel track = new TrackParcel(desk);
        for (int i = 0; i < 200; i++) {
            accepted(track.apply(Deal.told(Deal.arrived(id, Direction.OUTBOUND))));
            accepted(track.apply(Deal.told(Deal.arrived(id, Direction.RETURN))));
        }

        assertThat(statuses(id)).containsExactly(Status.DELIVERED);
        assertThat(orders.find(id).orElseThrow().writes())
                .isEqualTo(Deal.in(Status.DELIVERED).writes());
        OrderId unknown = OrderId.of(Deal.nextAuction(), 1);
        assertThatThrownBy(() -> track.apply(Deal.told(Deal.arrived(unknown, Direction.OUTBOUND))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void whatCameBackIsRefundedAfterThreeDaysAndNoOtherDispute() {
        OrderId back = added(Status.DISPUTED);
        OrderId open = added(Status.DISPUTED);
        accepted(new TrackParcel(desk).apply(Deal.told(Deal.arrived(back, Direction.RETURN))));

        tickAll(Deal.NOON.plus(Duration.ofDays(3)).minusSeconds(1));
        assertThat(statuses(back, open)).containsExactly(Status.DISPUTED, Status.DISPUTED);
        assertThat(accepted(new ListDisputes(orders).apply(Deal.call(Deal.STRANGER, new ListDisputes.Query())))
                        .orders())
                .extracting(OrderView::orderId)
                .containsExactly(back, open);
        tickAll(Deal.NOON.plus(Duration.ofDays(30)));
        tickAll(Deal.NOON.plus(Duration.ofDays(30)));
        assertThat(statuses(back, open)).containsExactly(Status.DECIDED, Status.DISPUTED);
    }

    @Test
    void whoPaysInTheLastMomentIsNotCutOff() {
        OrderId id = added(Status.AWAITING_PAYMENT);

        tickAll(Deal.NOON.plus(Duration.ofDays(1)).plusSeconds(30));

        assertThat(statuses(id)).containsExactly(Status.AWAITING_PAYMENT);
    }

    private void tickAll(Instant at) {
        assertThat(new ExpireUnpaid(orders, desk).apply(Deal.tick(at))).isInstanceOf(Outcome.Accepted.class);
        assertThat(new RefundUnshipped(orders, desk).apply(Deal.tick(at))).isInstanceOf(Outcome.Accepted.class);
        assertThat(new RefundReturned(orders, desk).apply(Deal.tick(at))).isInstanceOf(Outcome.Accepted.class);
        assertThat(new AutoConfirmPurchase(orders, desk).apply(Deal.tick(at))).isInstanceOf(Outcome.Accepted.class);
    }

    private List<Status> statuses(OrderId... ids) {
        return List.of(ids).stream()
                .map(id -> orders.find(id).orElseThrow().status())
                .toList();
    }

    private OrderId added(Status status) {
        Order order = Deal.in(status);
        orders.add(order, List.of());
        return order.orderId();
    }

    private static <T> T accepted(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<T>) outcome).value();
    }

    private static Kind refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected<?>) outcome).reason().kind();
    }
}
