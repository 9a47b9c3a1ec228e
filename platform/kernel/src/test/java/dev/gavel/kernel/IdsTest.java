package dev.gavel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.kernel.ParcelId.Direction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @Test
    void laterIdsSortAfterEarlierOnes() {
        String early = at("2026-01-01T00:00:00Z").next("auc");
        String late = at("2026-01-01T00:00:00.001Z").next("auc");
        assertThat(late).isGreaterThan(early);
    }

    @Test
    void anIdIsReadBack() {
        AuctionId id = AuctionId.next(at("2026-01-01T00:00:00Z"));
        assertThat(new AuctionId(id.value())).isEqualTo(id);
        assertThatThrownBy(() -> new ProductId(id.value())).hasMessageContaining("prd_");
    }

    @Test
    void anOrderIsKnownByItsAuctionAndWhoWasOfferedItBefore() {
        AuctionId auction = AuctionId.next(at("2026-01-01T00:00:00Z"));
        OrderId winner = OrderId.of(auction, 1);

        assertThat(winner).isEqualTo(OrderId.of(auction, 1));
        assertThat(OrderId.of(auction, 2))
                .isEqualTo(OrderId.of(auction, 2))
                .isNotEqualTo(winner)
                .isNotEqualTo(OrderId.of(auction, 3));
        assertThat(PaymentId.of(winner)).isNotEqualTo(PaymentId.of(OrderId.of(auction, 2)));
        assertThat(ParcelId.of(winner, Direction.RETURN))
                .isEqualTo(ParcelId.of(winner, Direction.RETURN))
                .isNotEqualTo(ParcelId.of(winner, Direction.OUTBOUND))
                .isNotEqualTo(ParcelId.of(OrderId.of(auction, 2), Direction.RETURN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "auc_", "usr_01JDABCDEFGHJKMNPQRSTVWXYZ", "auc_01jdabcdefghjkmnpqrstvwxyz", "auc_../../etc"})
    void refusesWhatIsNotAnAuctionId(String text) {
        assertThatThrownBy(() -> new AuctionId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Ids at(String instant) {
        return Ids.secure(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }
}
