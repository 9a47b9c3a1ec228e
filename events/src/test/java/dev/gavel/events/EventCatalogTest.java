package dev.gavel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.BidsAccepted;
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
