package dev.gavel.shipping;

import static dev.gavel.shipping.Post.NOON;
import static dev.gavel.shipping.Post.WAYBILL;
import static dev.gavel.shipping.Post.hour;
import static dev.gavel.shipping.Post.passed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.events.ParcelEvent.ParcelMoved;
import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import dev.gavel.shipping.Carriers.Found;
import dev.gavel.shipping.Carriers.Unknown;
import dev.gavel.testkit.Race;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseCasesTest {

    private static final Waybill BACK = new Waybill("epost", "7000");

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final InMemoryCarriers carriers = new InMemoryCarriers();
    private final Depot depot = new Depot(parcels);
    private final TrackShipment track = new TrackShipment(parcels, depot);
    private final OrderId order = Post.nextOrder();

    @Test
    void aShippedOrderHasOneParcelHoweverOftenAndInWhateverOrderItIsTold() {
        List<OrderEvent> facts = new ArrayList<>(Collections.nCopies(200, Post.shipped(order, WAYBILL)));
        facts.addAll(Collections.nCopies(50, Post.disputed(order)));
        facts.addAll(Collections.nCopies(50, Post.decided(order)));
        Collections.shuffle(facts.subList(1, facts.size()), new Random(5));
        facts.forEach(this::tell);

        Parcel parcel = outbound();
        assertThat(parcel.writes()).isEqualTo(3);
        assertThat(parcel.disputed()).isTrue();
        assertThat(parcel.decided()).isTrue();
        assertThat(parcel.patience()).isNull();
    }

    @Test
    void twoPodsThatAreToldAtOnceMakeOneParcel() {
        List<Outcome<Done>> told = Race.of(8, _ -> track.apply(Post.told(Post.shipped(order, WAYBILL))));

        assertThat(told).containsOnlyOnce(Outcome.accepted(Done.ONCE));
    }

    @Test
    void aDisputeThatIsHereBeforeTheParcelIsToldAgainLater() {
        assertThatThrownBy(() -> tell(Post.disputed(order))).isInstanceOf(Unavailable.class);
        tell(Post.decided(order));
        assertThat(parcels.of(WAYBILL)).isEmpty();
    }

    @Test
    void carriersAreAskedAndWhatIsNewIsToldOnce() {
        tell(Post.shipped(order, WAYBILL));
        carriers.say(WAYBILL, new Found(List.of(passed(Stage.ACCEPTED, 1))));
        poll(NOON.plusSeconds(60));
        assertThat(carriers.asked).hasValue(0);
        poll(hour(2));
        poll(hour(2));
        assertThat(carriers.asked).hasValue(1);
        carriers.say(WAYBILL, new Found(List.of(passed(Stage.DELIVERED, 5), passed(Stage.ACCEPTED, 1))));
        for (int i = 0; i < 200; i++) {
            poll(hour(10 + i));
        }

        assertThat(carriers.asked).hasValue(2);
        assertThat(parcels.stored()).extracting(Fact::id).containsExactly(id() + "-1", id() + "-2");
        assertThat(parcels.stored())
                .extracting(Fact::data)
                .hasExactlyElementsOfTypes(ParcelMoved.class, ParcelDelivered.class);
        assertThat(parcels.announced()).isEqualTo(parcels.stored());
    }

    @Test
    void manyPodsThatHearOfADeliveryAtOnceTellItOnce() {
        tell(Post.shipped(order, WAYBILL));
        carriers.say(WAYBILL, new Found(List.of(passed(Stage.DELIVERED, 1))));
        Race.of(8, _ -> poll(hour(2)));

        assertThat(parcels.stored()).extracting(Fact::data).hasExactlyElementsOfTypes(ParcelDelivered.class);
    }

    @Test
    void aCarrierThatDoesNotAnswerIsAskedLaterAndKeepsNoOtherWaiting() {
        OrderId other = Post.nextOrder();
        tell(Post.shipped(order, WAYBILL));
        tell(Post.shipped(other, BACK));
        carriers.say(WAYBILL, new Unknown("TIMEOUT"));
        carriers.say(BACK, new Found(List.of(passed(Stage.DELIVERED, 1))));
        poll(hour(1));

        assertThat(outbound().isDue(hour(1).plusSeconds(29 * 60))).isFalse();
        assertThat(outbound().isDue(hour(1).plusSeconds(30 * 60))).isTrue();
        assertThat(parcels.stored()).hasSize(1);
    }

    @Test
    void nobodyIsAskedForAnOrderThatIsOver() {
        tell(Post.shipped(order, WAYBILL));
        tell(Post.decided(order));
        hear(WAYBILL);
        poll(hour(5));

        assertThat(carriers.asked).hasValue(0);
    }

    @Test
    void aWebhookIsOnlyAReasonToAsk() {
        tell(Post.shipped(order, WAYBILL));
        poll(NOON.plusSeconds(1));
        assertThat(carriers.asked).hasValue(0);
        Outcome<Done> known = hear(WAYBILL);
        hear(WAYBILL);
        assertThat(outbound().stage()).isEqualTo(Stage.REGISTERED);
        assertThat(outbound().writes()).isEqualTo(2);
        poll(NOON.plusSeconds(2));

        assertThat(carriers.asked).hasValue(1);
        assertThat(parcels.stored()).isEmpty();
        assertThat(hear(BACK)).isEqualTo(known);
        assertThat(hear("../x", "?")).isEqualTo(known);
    }

    @Test
    void bothSidesSeeTheirParcelsAndNobodyElseDoes() {
        tell(Post.shipped(order, WAYBILL));
        for (UserId side : List.of(Post.BUYER, Post.SELLER)) {
            ShipmentView view = accepted(see(side));
            assertThat(view.parcels()).singleElement().satisfies(parcel -> {
                assertThat(parcel.stage()).isEqualTo(Stage.REGISTERED);
                assertThat(parcel.trackingNumber()).isEqualTo("640012345678");
            });
        }
        assertThat(refused(see(Post.STRANGER))).isEqualTo(Rejection.Kind.MISSING);
        assertThat(refused(sendBack(Post.STRANGER, BACK))).isEqualTo(Rejection.Kind.MISSING);
    }

    @Test
    void theBuyerSendsItBackOnceAndOnlyDuringADispute() {
        assertThat(refused(sendBack(Post.BUYER, BACK))).isEqualTo(Rejection.Kind.MISSING);
        tell(Post.shipped(order, WAYBILL));
        assertThat(refused(sendBack(Post.BUYER, BACK))).isEqualTo(Rejection.Kind.CONFLICT);
        tell(Post.disputed(order));
        assertThat(refused(sendBack(Post.SELLER, BACK))).isEqualTo(Rejection.Kind.FORBIDDEN);

        ShipmentView view = accepted(sendBack(Post.BUYER, BACK));
        assertThat(view.parcels())
                .extracting(ShipmentView.ParcelView::direction)
                .containsExactly(Direction.OUTBOUND, Direction.RETURN);
        assertThat(accepted(sendBack(Post.BUYER, BACK))).isEqualTo(view).isEqualTo(accepted(see(Post.SELLER)));
        assertThat(refused(sendBack(Post.BUYER, new Waybill("epost", "7001")))).isEqualTo(Rejection.Kind.CONFLICT);

        carriers.say(BACK, new Found(List.of(passed(Stage.DELIVERED, 1))));
        poll(hour(2));
        assertThat(parcels.stored())
                .extracting(Fact::data)
                .singleElement()
                .isInstanceOfSatisfying(
                        ParcelDelivered.class,
                        arrived -> assertThat(arrived.direction()).isEqualTo(Direction.RETURN));
    }

    @Test
    void aParcelThatCameBeforeDoesNotPassForTheOneThatGoesBack() {
        tell(Post.shipped(order, WAYBILL));
        tell(Post.shipped(Post.nextOrder(), BACK));
        tell(Post.disputed(order));

        assertThat(refused(sendBack(Post.BUYER, WAYBILL))).isEqualTo(Rejection.Kind.INVALID);
        assertThat(refused(sendBack(Post.BUYER, BACK))).isEqualTo(Rejection.Kind.INVALID);
    }

    @Test
    void nothingComesBackOnceTheDisputeIsDecided() {
        tell(Post.shipped(order, WAYBILL));
        tell(Post.disputed(order));
        tell(Post.decided(order));

        assertThat(refused(sendBack(Post.BUYER, BACK))).isEqualTo(Rejection.Kind.CONFLICT);
    }

    @ParameterizedTest
    @CsvSource({"CJ, 1", "'', 1", "a/b, 1", "../x, 1", "epost, ''", "epost, a b", "epost, ../1", "epost, 1?x=2"})
    void whatIsNoNumberOfACarrierIsRefused(String carrier, String number) {
        tell(Post.shipped(order, WAYBILL));
        tell(Post.disputed(order));

        assertThat(refused(new ReturnShipment(parcels)
                        .apply(Post.call(Post.BUYER, new ReturnShipment.Command(order, carrier, number)))))
                .isEqualTo(Rejection.Kind.INVALID);
    }

    private void tell(OrderEvent event) {
        assertThat(track.apply(Post.told(event))).isInstanceOf(Outcome.Accepted.class);
    }

    private Outcome<Done> poll(Instant at) {
        return new PollCarriers(parcels, carriers, depot).apply(Post.tick(at));
    }

    private Outcome<Done> hear(Waybill waybill) {
        return hear(waybill.carrier(), waybill.trackingNumber());
    }

    private Outcome<Done> hear(String carrier, String number) {
        return new HandleCarrierWebhook(parcels, depot)
                .apply(Post.call(Post.STRANGER, new HandleCarrierWebhook.Command(carrier, number)));
    }

    private Outcome<ShipmentView> see(UserId user) {
        return new GetShipment(parcels).apply(Post.call(user, new GetShipment.Query(order)));
    }

    private Outcome<ShipmentView> sendBack(UserId user, Waybill waybill) {
        return new ReturnShipment(parcels)
                .apply(Post.call(user, new ReturnShipment.Command(order, waybill.carrier(), waybill.trackingNumber())));
    }

    private ParcelId id() {
        return ParcelId.of(order, Direction.OUTBOUND);
    }

    private Parcel outbound() {
        return parcels.find(id()).orElseThrow();
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection reason) -> throw new AssertionError(reason.detail());
        };
    }

    private static Rejection.Kind refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?> accepted -> throw new AssertionError("accepted: " + accepted.value());
            case Outcome.Rejected<?> rejected -> rejected.reason().kind();
        };
    }
}
