package dev.gavel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AuctionEvent.AuctionExtended;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class FactTest {

    private static final AuctionId AUCTION = new AuctionId("auc_01KAMR5Z8QJ3T7W9XBDEFGHKMN");
    private static final Instant NOW = Instant.parse("2026-11-23T09:30:00Z");
    private static final AuctionExtended EXTENDED = new AuctionExtended(AUCTION, NOW, NOW.plusSeconds(300));

    private abstract static class CloseDueAuctions2 implements UseCase<Tick, Done> {}

    @Test
    void theSourceIsTheUseCaseInKebabCase() {
        assertThat(Fact.of(CloseDueAuctions2.class, 7, NOW, EXTENDED).source())
                .isEqualTo("/functions/close-due-auctions2");
    }

    @Test
    void aRepublishedFactHasTheSameId() {
        Fact<AuctionExtended> first = new Fact<>("/functions/place-bid", 7, NOW, EXTENDED);
        Fact<AuctionExtended> again = new Fact<>("/functions/relay-auction-facts", 7, NOW.plusSeconds(60), EXTENDED);

        assertThat(again.id()).isEqualTo(first.id()).isEqualTo(AUCTION.value() + "-7");
        assertThat(new Fact<>("/functions/place-bid", 8, NOW, EXTENDED).id()).isNotEqualTo(first.id());
    }

    @Test
    void subjectAndTypeComeFromTheData() {
        Fact<AuctionExtended> fact = new Fact<>("/functions/place-bid", 7, NOW, EXTENDED);

        assertThat(fact.subject()).isEqualTo(AUCTION.value());
        assertThat(fact.type()).isEqualTo("dev.gavel.auction.extended.v1");
    }

    @Test
    void aTypoOfACallerIsRefusedWhereANewerFactIsRead() {
        String json = "{\"userId\":\"usr_01KAMQA7C9E1G3J5M7P9R1T3V5\",\"displayName\":\"Minji\","
                + "\"updatedAt\":\"2026-11-22T08:20:00Z\",\"nickname\":\"M\"}";

        assertThat(Json.MAPPER
                        .readValue(json, UserEvent.UserProfileUpdated.class)
                        .displayName())
                .isEqualTo("Minji");
        assertThatThrownBy(() ->
                        Json.STRICT.forType(UserEvent.UserProfileUpdated.class).readValue(json))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("nickname");
    }
}
