package dev.gavel.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store of parcels promises.
interface ParcelsContract {

    /// An empty store.
    Parcels parcels();

    @Test
    default void aParcelIsReadBackAsItWasWritten() {
        Parcels parcels = parcels();
        Parcel parcel = Post.parcel();
        parcels.save(parcel, List.of());
        assertThat(parcels.find(parcel.parcelId())).contains(parcel);
        Parcel next = ParcelRules.heard(
                        parcel, List.of(new Passed(Stage.ACCEPTED, Post.hour(1), "옥천HUB")), Post.hour(2))
                .next()
                .written(true);
        parcels.save(next, List.of());
        assertThat(parcels.find(parcel.parcelId())).contains(next);
        assertThat(parcels.find(Post.parcel().parcelId())).isEmpty();
    }

    @Test
    default void aWriteDecidedOnAnOldStateWritesNothing() {
        Parcels parcels = parcels();
        Parcel parcel = Post.parcel();
        parcels.save(parcel, List.of());
        assertThatThrownBy(() -> parcels.save(parcel, List.of())).isInstanceOf(StaleWrite.class);
        List<Boolean> won = Race.of(8, _ -> {
            try {
                parcels.save(parcel.withDispute().written(false), List.of());
                return true;
            } catch (StaleWrite _) {
                return false;
            }
        });
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    default void parcelsAreFoundByTheirNumber() {
        Parcels parcels = parcels();
        Parcel one = Post.parcel();
        Parcel other = Post.parcel();
        parcels.save(one, List.of());
        parcels.save(other, List.of());
        assertThat(parcels.of(Post.WAYBILL)).containsExactlyInAnyOrder(one.parcelId(), other.parcelId());
        assertThat(parcels.of(new Waybill("epost", Post.WAYBILL.trackingNumber())))
                .isEmpty();
    }

    @Test
    default void noMoreThanTwentyAreFoundByOneNumber() {
        Parcels parcels = parcels();
        IntStream.range(0, 25).forEach(_ -> parcels.save(Post.parcel(), List.of()));
        assertThat(parcels.of(Post.WAYBILL)).hasSize(20);
    }

    @Test
    default void whoseCarrierIsToBeAskedIsFoundTheLongestWaitingFirst() {
        Parcels parcels = parcels();
        List<Parcel> all = IntStream.range(0, 6)
                .mapToObj(i -> Post.parcel(Post.NOON.plusSeconds(i)))
                .toList();
        all.forEach(parcel -> parcels.save(parcel, List.of()));
        Duration wait = Duration.ofMinutes(15);
        assertThat(parcels.due(Post.NOON.plus(wait).plusSeconds(2), 10))
                .containsExactlyElementsOf(
                        all.subList(0, 3).stream().map(Parcel::parcelId).toList());
        assertThat(parcels.due(Post.NOON.plus(wait).plusSeconds(9), 2))
                .containsExactlyElementsOf(
                        all.subList(0, 2).stream().map(Parcel::parcelId).toList());
        parcels.save(all.getFirst().withDecision().written(false), List.of());
        assertThat(parcels.due(Post.NOON.plus(wait), 10)).isEmpty();
    }

    @Test
    default void theParcelBackIsAnotherOne() {
        Parcels parcels = parcels();
        OrderId order = Post.nextOrder();
        for (Direction direction : Direction.values()) {
            parcels.save(
                    Parcel.sent(order, direction, Post.SELLER, Post.BUYER, Post.waybill(order), Post.NOON, Post.NOON),
                    List.of());
        }
        assertThat(parcels.of(Post.waybill(order))).hasSize(2);
    }
}
