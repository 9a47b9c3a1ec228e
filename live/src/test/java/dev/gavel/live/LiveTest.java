package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.OrderId;
import dev.gavel.runtime.TokenRefused;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LiveTest {

    private final World world = new World();
    private Replica replica = start();
    private final List<Watcher> watchers = new ArrayList<>();

    private Replica start() {
        return Replica.of(
                world,
                token -> switch (token) {
                    case "anna" -> new Caller.User(world.anna, Set.of());
                    case "seller" -> new Caller.User(world.seller, Set.of());
                    default -> throw new TokenRefused("It is forged.");
                },
                Replica.LIMITS);
    }

    @BeforeEach
    void isReady() throws Exception {
        assertThat(get("/healthz/ready").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        watchers.forEach(Watcher::close);
        replica.close();
    }

    private Watcher connect() {
        Watcher watcher = Watcher.connect(replica.socket());
        watchers.add(watcher);
        watcher.await("welcome");
        return watcher;
    }

    private void publish(Fact<? extends MarketEvent> fact) {
        replica.live().accept(fact);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(replica.http(path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static List<Long> upTo(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void whoeverWatchesSeesTheStateAndThenEveryBid() {
        Watcher watcher = connect().subscribe(world.id);
        JsonNode snapshot = watcher.await("snapshot");
        assertThat(snapshot.get("sequence").asLong()).isEqualTo(1);
        assertThat(snapshot.get("state").get("status").asString()).isEqualTo("open");
        assertThat(snapshot.get("state").has("description")).isFalse();
        for (int i = 0; i < 50; i++) {
            publish(world.bid(i % 2 == 0 ? world.anna : world.bora));
        }
        publish(world.close());
        watcher.await("closed");
        assertThat(watcher.sequences()).isEqualTo(upTo(1, 52));
        assertThat(watcher.told.toString()).doesNotContain(world.anna.value());
        JsonNode last = watcher.all("bids").getLast();
        assertThat(last.get("bidCount").asLong()).isEqualTo(50);
        assertThat(last.get("price").get("amount").asString()).isEqualTo("6000");
    }

    @Test
    void aLateWatcherSeesTheStateAsItIsNow() {
        Watcher first = connect().subscribe(world.id);
        first.await("snapshot");
        publish(world.bid(world.anna));
        first.await("bids");
        JsonNode state = connect().subscribe(world.id).await("snapshot").get("state");
        assertThat(state.get("price").get("amount").asString()).isEqualTo("1100");
        assertThat(state.get("minimumBid").get("amount").asString()).isEqualTo("1200");
        assertThat(state.get("leader").asString()).matches(".\\*\\*\\*.");
        assertThat(world.finds).hasValue(1);
    }

    @Test
    void factsThatComeTwiceOrOvertakeEachOtherAreToldOnceAndInOrder() {
        Watcher watcher = connect().subscribe(world.id);
        watcher.await("snapshot");
        List<Fact<? extends AuctionEvent>> facts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            facts.add(world.bid(world.anna));
        }
        Random random = new Random(7);
        List<Fact<? extends AuctionEvent>> shuffled = new ArrayList<>(facts);
        for (int i = 0; i < 99; i++) {
            java.util.Collections.swap(shuffled, i, Math.min(99, i + random.nextInt(5)));
        }
        shuffled.forEach(fact -> {
            publish(fact);
            publish(fact);
        });
        watcher.await("bids", 100);
        assertThat(watcher.sequences()).isEqualTo(upTo(1, 101));
    }

    @Test
    void aFactTheFeedLostIsAskedOfTheStore() {
        Watcher watcher = connect().subscribe(world.id);
        watcher.await("snapshot");
        publish(world.bid(world.anna));
        world.bid(world.bora);
        world.bid(world.anna);
        publish(world.bid(world.bora));
        watcher.await("bids", 4);
        assertThat(watcher.sequences()).isEqualTo(upTo(1, 5));
    }

    @Test
    void whoeverComesBackIsToldWhatWasMissed() {
        Watcher first = connect().subscribe(world.id);
        first.await("snapshot");
        for (int i = 0; i < 30; i++) {
            publish(world.bid(world.anna));
        }
        first.await("bids", 30);
        Watcher back = connect().resume(world.id, 11);
        assertThat(back.await("resumed").get("sequence").asLong()).isEqualTo(31);
        assertThat(back.sequences()).isEqualTo(upTo(12, 31));
        assertThat(world.tellings).hasValue(0);
        publish(world.bid(world.bora));
        back.await("bids", 21);
        assertThat(back.sequences()).isEqualTo(upTo(12, 32));
    }

    @Test
    void aReplicaThatKnowsNothingAsksTheStoreWhatWasMissed() {
        for (int i = 0; i < 30; i++) {
            world.bid(world.anna);
        }
        Watcher back = connect().resume(world.id, 5);
        assertThat(back.await("resumed").get("sequence").asLong()).isEqualTo(31);
        assertThat(back.sequences()).isEqualTo(upTo(6, 31));
        assertThat(connect()
                        .resume(world.id, 5)
                        .await("resumed")
                        .get("sequence")
                        .asLong())
                .isEqualTo(31);
        assertThat(world.tellings).hasValue(1);
    }

    @Test
    void whoeverWasAwayTooLongIsToldThatSomethingWasLeftOut() {
        for (int i = 0; i < Room.MOST_RECENT + 10; i++) {
            world.bid(world.anna);
        }
        Watcher back = connect().resume(world.id, 2);
        JsonNode snapshot = back.await("snapshot");
        assertThat(snapshot.get("skipped").asBoolean()).isTrue();
        assertThat(snapshot.get("sequence").asLong()).isEqualTo(world.sequence());
    }

    @Test
    void aSubscriptionWaitsForAStoreThatIsAway() {
        world.away = true;
        Watcher watcher = connect().subscribe(world.id);
        Awaitility.await().untilAsserted(() -> assertThat(world.finds).hasValueGreaterThan(1));
        Fact<? extends AuctionEvent> early = world.bid(world.anna);
        publish(early);
        world.away = false;
        assertThat(watcher.await("snapshot").get("sequence").asLong()).isEqualTo(2);
        publish(world.bid(world.anna));
        watcher.await("bids");
        assertThat(watcher.sequences()).isEqualTo(upTo(2, 3));
    }

    @Test
    void anUnknownAuctionAndNonsenseAreAnswered() {
        Watcher watcher = connect().subscribe(World.unknown());
        assertThat(watcher.await("error").get("code").asString()).isEqualTo("auction-unknown");
        watcher.say("hello").say("{}").say("{\"type\":\"subscribe\",\"auction\":\"x\"}");
        watcher.say("{\"type\":\"subscribe\",\"auction\":\"" + world.id + "\",\"lastSeq\":-1}");
        assertThat(watcher.await("error", 5).subList(1, 5))
                .allSatisfy(error -> assertThat(error.get("code").asString()).isEqualTo("malformed"));
        watcher.say("{\"type\":\"ping\"}").await("pong");
        watcher.subscribe(world.id).await("snapshot");
    }

    @Test
    void aBidderIsToldToLeadToBeOutbidAndToWin() {
        Watcher anna = connect().say("{\"type\":\"authenticate\",\"token\":\"anna\"}");
        Watcher seller = connect().say("{\"type\":\"authenticate\",\"token\":\"seller\"}");
        Watcher other = connect().subscribe(world.id);
        assertThat(anna.await("authenticated").get("userId").asString()).isEqualTo(world.anna.value());
        seller.await("authenticated");
        other.await("snapshot");
        publish(world.bid(world.anna));
        anna.await("leading");
        Fact<? extends AuctionEvent> outbid = world.bid(world.bora);
        publish(outbid);
        publish(outbid);
        anna.await("outbid");
        publish(world.bid(world.anna));
        anna.await("leading", 2);
        publish(world.close());
        assertThat(anna.await("won").get("price").get("amount").asString()).isEqualTo("1300");
        seller.await("sold");
        other.await("closed");
        assertThat(anna.all("outbid")).hasSize(1);
        assertThat(other.all("leading", "outbid", "won", "sold")).isEmpty();
    }

    @Test
    void bothSidesOfAnOrderAndNobodyElseAreToldOfIt() {
        Watcher anna = connect().say("{\"type\":\"authenticate\",\"token\":\"anna\"}");
        Watcher seller = connect().say("{\"type\":\"authenticate\",\"token\":\"seller\"}");
        Watcher other = connect().subscribe(world.id);
        anna.await("authenticated");
        seller.await("authenticated");
        other.await("snapshot");
        publish(world.pay());
        publish(world.pay());
        publish(world.ship());
        assertThat(anna.await("order", 2))
                .allSatisfy(told -> assertThat(told.get("order").asString())
                        .isEqualTo(OrderId.of(world.id, 1).value()));
        seller.await("order", 2);
        publish(world.bid(world.anna));
        anna.await("leading");
        other.await("bids");
        assertThat(anna.all("order")).hasSize(2);
        assertThat(other.all("order")).isEmpty();
    }

    @Test
    void bothSidesOfAnOrderAreToldWhereItsParcelIs() {
        Watcher anna = connect().say("{\"type\":\"authenticate\",\"token\":\"anna\"}");
        Watcher seller = connect().say("{\"type\":\"authenticate\",\"token\":\"seller\"}");
        Watcher other = connect().subscribe(world.id);
        anna.await("authenticated");
        seller.await("authenticated");
        other.await("snapshot");
        world.travel().forEach(this::publish);
        world.travel().forEach(this::publish);
        assertThat(anna.await("order", 2))
                .allSatisfy(told -> assertThat(told.get("order").asString())
                        .isEqualTo(OrderId.of(world.id, 1).value()));
        seller.await("order", 2);
        publish(world.bid(world.anna));
        anna.await("leading");
        other.await("bids");
        assertThat(anna.all("order")).hasSize(2);
        assertThat(seller.all("order")).hasSize(2);
        assertThat(other.all("order")).isEmpty();
    }

    @Test
    void aNoticeIsToldOnceToWhomItIsFor() {
        Watcher anna = connect().say("{\"type\":\"authenticate\",\"token\":\"anna\"}");
        Watcher seller = connect().say("{\"type\":\"authenticate\",\"token\":\"seller\"}");
        anna.await("authenticated");
        seller.await("authenticated");
        publish(world.notice());
        publish(world.notice());
        publish(world.ship());
        seller.await("order");
        anna.await("order");
        assertThat(anna.all("notice")).singleElement().satisfies(told -> {
            assertThat(told.get("kind").asString()).isEqualTo("outbid");
            assertThat(told.get("link").asString()).endsWith(world.id.value());
        });
        assertThat(seller.all("notice")).isEmpty();
    }

    @Test
    void aForgedTokenClosesTheConnection() {
        Watcher watcher = connect().say("{\"type\":\"authenticate\",\"token\":\"forged\"}");
        assertThat(watcher.awaitClose()).isEqualTo(4401);
        assertThat(watcher.reason).contains("forged");
    }

    @Test
    void aProductDescribedAnewAfterBidsIsFlagged() {
        Watcher watcher = connect().subscribe(world.id);
        watcher.await("snapshot");
        replica.live().accept(world.revise(true));
        publish(world.bid(world.anna));
        watcher.await("bids");
        assertThat(watcher.all("revised")).isEmpty();
        replica.live().accept(world.revise(false));
        replica.live().accept(world.revise(true));
        assertThat(watcher.await("revised").get("changed")).hasSize(2);
        JsonNode later = connect().subscribe(world.id).await("snapshot").get("state");
        assertThat(later.has("productRevisedAt")).isTrue();
        assertThat(watcher.all("revised")).hasSize(1);
    }

    @Test
    void viewersAreCounted() {
        Watcher first = connect().subscribe(world.id);
        first.await("snapshot");
        connect().subscribe(world.id).await("snapshot");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> first.all("viewers").stream()
                        .anyMatch(message -> message.get("count").asInt() == 2));
        watchers.getLast().close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> first.all("viewers").getLast().get("count").asInt() == 1);
    }

    @Test
    void serverSentEventsBringTheSameAndResume() throws Exception {
        for (int i = 0; i < 3; i++) {
            world.bid(world.anna);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(replica.http("/v1/live/auctions/" + world.id))
                            .header("last-event-id", "2")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                List<String> ids = new ArrayList<>();
                for (String line = lines.readLine(); line != null && ids.size() < 4; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        ids.add(line.substring(4));
                        if (line.equals("id: 4") && ids.size() == 2) {
                            publish(world.bid(world.bora));
                        }
                    }
                }
                assertThat(ids).containsExactly("3", "4", "4", "5");
            }
        }
    }

    @Test
    void aSequenceThatIsNoNumberIsRefused() throws Exception {
        assertThat(get("/v1/live/auctions/" + world.id + "?lastSeq=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aGoodbyeIsAnswered() throws Exception {
        try (RawClient client = new RawClient(replica.server().port(), "203.0.113.7")) {
            client.frame(RawClient.FINAL | 0x8, new byte[] {0x03, (byte) 0xE8});
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }

    @Test
    void anotherPageMayNotConnect() throws Exception {
        assertThat(get("/v1/live/auctions/" + world.id, "origin", "https://evil.test")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/v1/live").statusCode()).isEqualTo(426);
        assertThat(get("/v1/other").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").body()).contains("gavel_live_connections", "gavel_live_refused_total");
    }

    @Test
    void aReplicaThatStopsSendsEverybodyElsewhere() throws Exception {
        List<Watcher> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(connect());
        }
        replica.server().drain(Duration.ofMillis(300));
        for (Watcher watcher : all) {
            assertThat(watcher.awaitClose()).isEqualTo(1012);
            watcher.await("moving");
        }
        Awaitility.await().until(() -> replica.live().numbers().connections.sum() == 0);
    }
}
