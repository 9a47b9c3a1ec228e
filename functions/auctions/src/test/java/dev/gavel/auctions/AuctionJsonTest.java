package dev.gavel.auctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.auctions.Auction.End;
import dev.gavel.auctions.Auction.Lead;
import dev.gavel.auctions.Auction.Status;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Json;
import dev.gavel.events.JsonStreams;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/// What is written by hand is what Jackson's binding writes and reads.
class AuctionJsonTest {

    private final Ids ids = Ids.secure(Clock.systemUTC());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20261123);

    @Test
    void anAuctionIsWrittenAndReadAsByTheBinding() {
        for (int i = 0; i < 500; i++) {
            Auction auction = auction();
            String text = AuctionJson.of(auction);
            assertThat(text).isEqualTo(Json.MAPPER.writeValueAsString(auction));
            assertThat(AuctionJson.auction(text)).isEqualTo(auction);
            assertThat(Json.MAPPER.readValue(text, Auction.class)).isEqualTo(auction);
        }
    }

    @Test
    void aReceiptIsWrittenAsByTheBinding() {
        for (PlaceBid.Standing standing : PlaceBid.Standing.values()) {
            PlaceBid.Receipt receipt = new PlaceBid.Receipt(
                    new AuctionId(ids.next("auc")),
                    random.nextLong(),
                    standing,
                    Money.krw(random.nextInt()),
                    Money.krw(random.nextInt()),
                    random.nextBoolean(),
                    time(),
                    time(),
                    Money.of("12.50", "USD"));
            assertThat(JsonStreams.text(receipt)).isEqualTo(Json.MAPPER.writeValueAsString(receipt));
        }
    }

    @Test
    void bidsAreReadAsTheyWereWritten() {
        List<LedgerEntry> bids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            bids.add(new LedgerEntry(
                    i + 1,
                    new Bid("key\"" + i, new UserId(ids.next("usr")), Money.krw(i), random.nextBoolean(), time()),
                    Money.krw(random.nextInt()),
                    new UserId(ids.next("usr")),
                    Money.krw(random.nextInt()),
                    random.nextBoolean(),
                    time()));
        }
        assertThat(AuctionJson.bids(AuctionJson.of(bids))).isEqualTo(bids);
        assertThat(AuctionJson.bids("[]")).isEmpty();
    }

    @Test
    void aPageIsReadAsItHasAlwaysBeenWritten() {
        assertThat(AuctionJson.bids("""
                [{"n":1,"k":"k1","b":"usr_01KAMQ2M4N6P8R0STVWXYZ1357","a":12000,"c":"KRW","y":false,
                  "t":"2026-01-01T00:00:00.500Z","p":10000,"l":"usr_01KAMQ2M4N6P8R0STVWXYZ1357","m":11000,"r":true,
                  "e":"2026-01-01T01:00:00Z","later":{"and":["more"]}}]"""))
                .containsExactly(new LedgerEntry(
                        1,
                        new Bid(
                                "k1",
                                new UserId("usr_01KAMQ2M4N6P8R0STVWXYZ1357"),
                                Money.krw(12000),
                                false,
                                Instant.parse("2026-01-01T00:00:00.500Z")),
                        Money.krw(10000),
                        new UserId("usr_01KAMQ2M4N6P8R0STVWXYZ1357"),
                        Money.krw(11000),
                        true,
                        Instant.parse("2026-01-01T01:00:00Z")));
    }

    @Test
    void whatANewerVersionAddedIsPassedOver() {
        Auction auction = auction();
        String newer = AuctionJson.of(auction)
                .replaceFirst("\\{", "{\"added\":{\"a\":[1,{}]},\"lost\":null,")
                .replaceFirst("\"rules\":\\{", "\"rules\":{\"added\":[[]],");
        assertThat(AuctionJson.auction(newer)).isEqualTo(auction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "{\"status\":\"open\"}", "{\"status\":\"opened\"}", "{\"terms\":3}"})
    void whatIsNoAuctionIsNotReadAsOne(String text) {
        assertThatThrownBy(() -> AuctionJson.auction(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"version\":\"1\"}", "{\"facts\":1,\"facts\":1}"})
    void whatIsNoJsonIsNotReadAsIt(String text) {
        assertThatThrownBy(() -> AuctionJson.auction(text))
                .isInstanceOfAny(JacksonException.class, IllegalArgumentException.class);
    }

    private Auction auction() {
        Terms terms = new Terms(
                AuctionId.next(ids),
                new UserId(ids.next("usr")),
                "필름 카메라 \"F3\"\n" + random.nextInt(),
                random.nextBoolean() ? "" : "상자 포함 \\ 🎥",
                rules(),
                money(),
                random.nextBoolean() ? money() : null,
                random.nextBoolean() ? money() : null,
                time(),
                time(),
                time(),
                random.nextBoolean()
                        ? new Terms.Item(
                                new ProductId(ids.next("prd")),
                                "camera.film",
                                random.nextBoolean() ? List.of() : List.of("a", "b/c"))
                        : null);
        return new Auction(
                terms,
                Status.values()[random.nextInt(Status.values().length)],
                time(),
                money(),
                random.nextBoolean() ? new Lead(new UserId(ids.next("usr")), money()) : null,
                random.nextInt(1000),
                random.nextBoolean() ? end() : null,
                random.nextLong(1L << 60),
                random.nextInt(1000));
    }

    private End end() {
        return random.nextBoolean()
                ? new End(time(), Result.values()[random.nextInt(Result.values().length)], null)
                : new End(time(), null, "broken");
    }

    private Rules rules() {
        return new Rules(
                "standard",
                random.nextBoolean(),
                new Increments(
                        List.of(new Increments.Step(0, 1 + random.nextInt(100)), new Increments.Step(10_000, 1_000))),
                random.nextBoolean()
                        ? new Rules.SoftClose(
                                Duration.ofSeconds(1 + random.nextInt(1000)),
                                Duration.ofMillis(1 + random.nextInt(100_000)),
                                Duration.ofHours(1))
                        : null);
    }

    private Money money() {
        return random.nextBoolean() ? Money.krw(random.nextLong(1L << 50)) : Money.of("25.50", "EUR");
    }

    private Instant time() {
        return Instant.ofEpochSecond(1_790_000_000L + random.nextInt(1_000_000), random.nextInt(3) * 500_000_000L / 2);
    }
}
