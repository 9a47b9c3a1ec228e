package dev.gavel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventCatalogTest {

    @Test
    void everyRecordOfTheSealedHierarchyIsListedByItsType() {
        int records = Stream.of(MarketEvent.class.getPermittedSubclasses())
                .mapToInt(family -> family.getPermittedSubclasses().length)
                .sum();

        assertThat(EventCatalog.TYPES)
                .hasSize(records)
                .containsEntry("dev.gavel.auction.opened.v1", AuctionOpened.class);
        EventCatalog.TYPES.forEach(
                (type, event) -> assertThat(EventCatalog.type(event)).isEqualTo(type));
    }

    @Test
    void whatKnowsItsTypeSaysWhatItsAnnotationDoes() {
        AuctionId id = new AuctionId("auc_01ARZ3NDEKTSV4RRFFQ69G5FAV");
        UserId leader = new UserId("usr_01ARZ3NDEKTSV4RRFFQ69G5FAV");
        for (UserId previous : new UserId[] {null, leader}) {
            Instant at = Instant.parse("2026-11-23T21:00:00.123Z");
            BidsAccepted fact = new BidsAccepted(
                    id,
                    List.of(
                            new AcceptedBid(1, leader, Money.krw(5_000), leader, at),
                            new AcceptedBid(2, leader, Money.of("12.50", "USD"), leader, at)),
                    Money.krw(5_000),
                    leader,
                    previous,
                    previous == null ? null : Money.krw(6_000),
                    previous == null,
                    2,
                    at.plusSeconds(60));
            assertThat(fact.type()).isEqualTo(EventCatalog.type(BidsAccepted.class));
            assertThat(fact.schema()).isEqualTo(EventCatalog.schema(BidsAccepted.class));
            assertThat(JsonStreams.text(fact)).isEqualTo(Json.MAPPER.writeValueAsString(fact));
            assertThat(JsonStreams.bytes(fact)).isEqualTo(Json.MAPPER.writeValueAsBytes(fact));
        }
    }

    @Test
    void theSchemaIsNamedWithoutTheMajorOfTheType() {
        assertThat(EventCatalog.schema(BidsAccepted.class))
                .isEqualTo("https://gavel.dev/schemas/auction.bids-accepted/1.1");
    }

    @Test
    void anUnknownTypeIsNoEvent() {
        assertThat(EventCatalog.event("dev.gavel.auction.opened.v1")).hasValue(AuctionOpened.class);
        assertThat(EventCatalog.event("dev.gavel.auction.opened.v2")).isEmpty();
    }

    @Test
    void aRecordWithoutATypeIsRefusedByName() {
        assertThatThrownBy(() -> EventCatalog.type(AuctionEvent.AcceptedBid.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AcceptedBid needs @CloudEventType");
    }

    @Test
    void theCatalogueCannotBeChanged() {
        assertThatThrownBy(() -> EventCatalog.TYPES.clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
