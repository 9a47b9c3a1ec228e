package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.auctions.AuctionView;
import dev.gavel.events.Json;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.CallerVerifier;
import dev.gavel.runtime.TokenRefused;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ProtocolTest {

    private static final Set<String> FOR_ONE_CALLER = Set.of("description", "youLead", "yourMaximum", "version");
    private static final LiveOptions.Limits LIMITS = new LiveOptions.Limits(
            100,
            100,
            100,
            2,
            10,
            8 * 1024,
            3,
            64 * 1024,
            Duration.ofMillis(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));

    private final Protocol protocol = new Protocol(Protocol.document());
    private final World sale = new World();
    private final World later = World.scheduled();
    private final World third = new World();
    private final World fourth = new World();
    private volatile boolean expired;
    private final Replica replica = Replica.of(new Worlds(List.of(sale, later, third, fourth)), verifier(), LIMITS);
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<String> streamed = new CopyOnWriteArrayList<>();

    private CallerVerifier verifier() {
        return token -> {
            if (expired) {
                throw new TokenRefused("It has expired.");
            }
            return switch (token) {
                case "seller" -> new Caller.User(sale.seller, Set.of());
                case "later" -> throw new Unavailable("the keys are away");
                case "forged" -> throw new TokenRefused("It is forged.");
                default -> new Caller.User(sale.anna, Set.of());
            };
        };
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

    private static Watcher authenticate(Watcher watcher, String token) {
        return watcher.say("{\"type\":\"authenticate\",\"token\":\"" + token + "\"}");
    }

    private CompletableFuture<Void> stream(HttpClient client, World world) {
        return client.sendAsync(
                        HttpRequest.newBuilder(replica.http("/v1/live/auctions/" + world.id))
                                .header("last-event-id", "0")
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .thenAcceptAsync(answer -> answer.body().forEach(streamed::add));
    }

    /// Makes a replica say all it ever says.
    private void play() throws Exception {
        Watcher first = connect().say("{\"type\":\"ping\"}").say("hello").subscribe(sale.id);
        first.await("pong");
        first.await("snapshot");
        first.resume(later.id, 0).await("resumed");
        first.subscribe(third.id).await("error", 2);
        Watcher second = connect().subscribe(World.unknown());
        second.await("error");
        second.subscribe(third.id).await("snapshot");
        second.subscribe(fourth.id).await("error", 2);
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"exp\":2000000000}".getBytes(StandardCharsets.UTF_8));
        assertThat(authenticate(first, "e30." + claims + ".c2ln")
                        .await("authenticated")
                        .get("expiresAt")
                        .asString())
                .isEqualTo("2033-05-18T03:33:20Z");
        authenticate(second, "seller").await("authenticated");
        authenticate(connect(), "later").await("error");

        replica.live().accept(later.open());
        replica.live().accept(later.cancel());
        first.await("cancelled");
        first.say("{\"type\":\"unsubscribe\",\"auction\":\"" + later.id + "\"}");
        replica.live().accept(sale.bid(sale.anna));
        first.await("leading");
        first.await("bids");
        replica.live().accept(sale.revise(true));
        replica.live().accept(sale.bid(sale.bora));
        first.await("outbid");
        replica.live().accept(sale.extend());
        replica.live().accept(sale.bid(sale.anna));
        replica.live().accept(sale.close());
        first.await("closed");
        first.await("won");
        second.await("sold");
        replica.live().accept(sale.pay());
        first.await("order");
        replica.live().accept(sale.notice());
        first.await("notice");
        first.await("heartbeat");
        expired = true;
        first.await("token-expired");
    }

    @Test
    void everyMessageIsAsTheDocumentSaysAndEveryOneIsSeen() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<Void> stream = stream(client, sale);
            play();
            replica.server().drain(Duration.ofMillis(200));
            watchers.forEach(Watcher::awaitClose);
            stream.get(20, TimeUnit.SECONDS);
        }
        List<JsonNode> told = new ArrayList<>();
        for (Watcher watcher : watchers) {
            told.addAll(watcher.told);
            assertThat(watcher.frames)
                    .allSatisfy(frame ->
                            assertThat(protocol.problems(Protocol.FRAME, frame)).isEmpty());
        }
        List<JsonNode> said = watchers.stream()
                .flatMap(watcher -> watcher.said.stream())
                .filter(Predicate.not("hello"::equals))
                .map(Json.MAPPER::readTree)
                .toList();
        List<JsonNode> events = streamed.stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.MAPPER.readTree(line.substring(6)))
                .toList();
        List<JsonNode> all = new ArrayList<>(told);
        all.addAll(said);
        all.addAll(events);

        assertThat(all)
                .allSatisfy(message -> assertThat(protocol.problems(message)).isEmpty());
        assertThat(types(all)).isEqualTo(protocol.types());
        assertThat(protocol.types("stream")).containsAll(types(events));
        assertThat(protocol.types("live")).contains(Protocol.FRAME).containsAll(types(said));
        assertThat(told)
                .filteredOn(message -> message.path("type").asString().equals("error"))
                .extracting(message -> message.path("code").asString())
                .containsAll(protocol.errorCodes());
    }

    @Test
    void anEventHasTheSequenceOfItsMessageAsItsId() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            sale.bid(sale.anna);
            CompletableFuture<Void> stream = stream(client, sale);
            connect().subscribe(sale.id).await("snapshot");
            replica.live().accept(sale.bid(sale.bora));
            org.awaitility.Awaitility.await()
                    .until(() -> streamed.stream().anyMatch(line -> line.contains("\"sequence\":3")));
            replica.server().drain(Duration.ofMillis(50));
            stream.get(20, TimeUnit.SECONDS);
        }
        for (int i = 0; i < streamed.size(); i++) {
            if (streamed.get(i).startsWith("id: ")) {
                assertThat(streamed.get(i + 1))
                        .contains("\"sequence\":" + streamed.get(i).substring(4));
            }
        }
        assertThat(streamed.stream().filter(line -> line.startsWith("id: "))).isNotEmpty();
    }

    @Test
    void theCloseCodesAreThoseOfTheDocument() {
        Watcher binary = connect();
        binary.socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), true);
        Watcher large = connect().say("x".repeat(LIMITS.message() + 1));
        Watcher flood = connect();
        flood(flood);
        Watcher forged = authenticate(connect(), "forged");

        assertThat(List.of(binary.awaitClose(), large.awaitClose(), flood.awaitClose(), forged.awaitClose()))
                .containsExactly(1003, 1009, 1008, 4401)
                .allSatisfy(code -> assertThat(protocol.closeCodes()).contains(code.toString()));
    }

    @Test
    void whoeverIsStillSendingIsToldWhyTheConnectionEnds() {
        for (int i = 0; i < 30; i++) {
            Watcher flood = connect();
            flood(flood);
            assertThat(flood.awaitClose()).isEqualTo(1008);
        }
    }

    /// As a client that does not wait for anything.
    private static void flood(Watcher watcher) {
        for (int i = 0; i < 10_000 && watcher.closed == 0; i++) {
            try {
                watcher.socket()
                        .sendText("{\"type\":\"ping\"}", true)
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException _) {
                return; // It has been closed.
            }
        }
    }

    @Test
    void theStateIsWhatGetAuctionAnswersToAnybody() {
        List<RecordComponent> shown = Arrays.stream(AuctionView.class.getRecordComponents())
                .filter(member -> !FOR_ONE_CALLER.contains(member.getName())
                        && !member.getName().equals("sequence"))
                .toList();
        JsonNode state = protocol.schema("State");

        assertThat(state.path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        shown.stream().map(RecordComponent::getName).toList());
        assertThat(state.path("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(shown.stream()
                        .filter(member -> !member.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void aWrongMemberIsCaught() {
        ObjectNode snapshot = (ObjectNode) connect().subscribe(sale.id).await("snapshot");
        assertThat(protocol.problems(snapshot)).isEmpty();

        ObjectNode unknown = snapshot.deepCopy();
        ((ObjectNode) unknown.get("state")).put("yourMaximum", 5);
        ObjectNode wrong = snapshot.deepCopy();
        ((ObjectNode) wrong.at("/state/price")).put("amount", 1000);
        ObjectNode missing = snapshot.deepCopy();
        missing.remove("sequence");
        ObjectNode another = snapshot.deepCopy();
        another.put("type", "snapshots");

        assertThat(protocol.problems(unknown)).singleElement().asString().contains("yourMaximum");
        assertThat(protocol.problems(wrong)).singleElement().asString().contains("amount");
        assertThat(protocol.problems(missing)).singleElement().asString().contains("sequence");
        assertThat(protocol.problems(another)).singleElement().asString().contains("not in the document");
        assertThat(protocol.problems(Protocol.FRAME, snapshot)).isNotEmpty();
    }

    @Test
    void aMessageNobodySendsIsNoticed() {
        JsonNode document = Protocol.document();
        ObjectNode messages = (ObjectNode) document.at("/components/messages");
        ObjectNode invented = ((ObjectNode) messages.get("Pong")).deepCopy();
        messages.set("Invented", invented.put("name", "invented"));

        assertThat(new Protocol(document).types())
                .isNotEqualTo(protocol.types())
                .contains("invented");
    }

    private static Set<String> types(List<JsonNode> messages) {
        Set<String> types = new TreeSet<>();
        messages.forEach(message -> types.add(message.path("type").asString()));
        return types;
    }
}
