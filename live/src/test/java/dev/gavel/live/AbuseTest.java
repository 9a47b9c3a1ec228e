package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.kernel.Caller;
import dev.gavel.runtime.TokenRefused;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that mean harm: each is closed with a code that says why, memory stays bounded, and somebody who watches
/// beside them misses nothing.
class AbuseTest {

    private static final String SOMEBODY = "203.0.113.7";

    private final World world = new World();
    private volatile boolean expired;
    private final Replica replica = Replica.of(
            world,
            token -> {
                if (expired) {
                    throw new TokenRefused("It has expired.");
                }
                return new Caller.User(world.anna, Set.of());
            },
            Replica.LIMITS);
    private final List<AutoCloseable> open = new ArrayList<>();
    private Watcher bystander = Watcher.connect(replica.socket());

    @BeforeEach
    void watch() {
        open.add(bystander);
        bystander.subscribe(world.id).await("snapshot");
    }

    @AfterEach
    void theBystanderMissedNothing() throws Exception {
        replica.live().accept(world.bid(world.anna));
        long last = world.sequence();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> bystander.sequences().getLast() == last);
        assertThat(bystander.sequences())
                .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
        assertThat(bystander.closed).isZero();
        for (AutoCloseable one : open) {
            one.close();
        }
        replica.close();
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(replica.server().port(), SOMEBODY);
        assertThat(client.status).isEqualTo(101);
        open.add(client);
        return client;
    }

    private String subscription() {
        return "{\"type\":\"subscribe\",\"auction\":\"" + world.id + "\"}";
    }

    @Test
    void aFrameThatIsTooLargeIsRefusedByItsHeader() throws Exception {
        assertThat(client().announce(RawClient.FINAL | RawClient.TEXT, 1L << 40).awaitClose())
                .isEqualTo(1009);
        assertThat(client().frame(RawClient.FINAL | RawClient.TEXT, new byte[20_000])
                        .awaitClose())
                .isEqualTo(1009);
    }

    @Test
    void fragmentsMayNotAddUpToMore() throws Exception {
        RawClient client = client().frame(RawClient.TEXT, new byte[5_000]);
        assertThat(client.frame(RawClient.CONTINUATION, new byte[5_000]).awaitClose())
                .isEqualTo(1009);
    }

    @Test
    void endlessFragmentsAreAFlood() throws Exception {
        RawClient client = client().frame(RawClient.TEXT, new byte[0]);
        assertThat(client.flood(2_000, RawClient.CONTINUATION, new byte[0])).isEqualTo(1008);
    }

    @Test
    void aFloodOfMessagesClosesTheConnection() throws Exception {
        byte[] again = subscription().getBytes(StandardCharsets.UTF_8);
        assertThat(client().flood(1_000, RawClient.FINAL | RawClient.TEXT, again))
                .isEqualTo(1008);
        assertThat(replica.live().numbers().closedFlood.sum()).isEqualTo(1);
        assertThat(world.finds).hasValue(1);
    }

    @Test
    void unknownAuctionsAreNotAskedForForEver() throws Exception {
        Watcher guesser = Watcher.connect(replica.socket());
        open.add(guesser);
        for (int i = 1; i < 20; i++) {
            guesser.subscribe(World.unknown()).await("error", i);
        }
        guesser.subscribe(World.unknown());
        assertThat(guesser.awaitClose()).isEqualTo(1008);
        assertThat(replica.live().rooms().all()).hasSize(1);
    }

    @Test
    void oneConnectionWatchesABoundedNumberOfAuctions() throws Exception {
        world.away = true;
        Watcher greedy = Watcher.connect(replica.socket());
        open.add(greedy);
        for (int i = 0; i < 8; i++) {
            greedy.subscribe(World.unknown());
        }
        assertThat(greedy.await("error", 3))
                .allSatisfy(error -> assertThat(error.get("code").asString()).isEqualTo("too-many-subscriptions"));
        world.away = false;
    }

    @Test
    void whatIsNoWebSocketOrNoTextIsRefused() throws Exception {
        assertThat(client().frame(RawClient.FINAL | RawClient.BINARY, new byte[4])
                        .awaitClose())
                .isEqualTo(1003);
        assertThat(client().bytes(new byte[] {(byte) 0x81, 2, 'h', 'i'}).awaitClose())
                .isEqualTo(1002);
        assertThat(client().bytes(new byte[] {(byte) 0xF1, (byte) 0x80, 0, 0, 0, 0})
                        .awaitClose())
                .isEqualTo(1002);
        assertThat(client().frame(RawClient.FINAL | RawClient.TEXT, new byte[] {(byte) 0xC3, (byte) 0x28})
                        .awaitClose())
                .isEqualTo(1007);
        byte[] garbage = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(client().bytes(garbage).awaitClose()).isPositive();
    }

    @Test
    void aReaderThatNeverReadsIsLeftBehindAndClosed() throws Exception {
        long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        List<RawClient> deaf = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deaf.add(client().say(subscription()));
        }
        for (int i = 0; i < 5; i++) {
            open.add(deafStream());
        }
        Awaitility.await().until(() -> replica.live().numbers().seats.sum() == 26);
        // No faster than somebody who does read, or this machine would make a slow reader of the bystander too.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    if (bystander.newest() == world.sequence()) {
                        for (int i = 0; i < 100; i++) {
                            replica.live().accept(world.bid(world.bora));
                        }
                    }
                    return replica.live().numbers().closedSlow.sum() == 25;
                });
        assertThat(replica.live().numbers().conflated.sum()).isPositive();
        // Bounded by the water mark and one frame for each, however much was published.
        assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
                .isLessThan(64L * 1024 * 1024);
        Awaitility.await().until(() -> replica.live().numbers().connections.sum() == 1);
    }

    private java.net.Socket deafStream() throws IOException {
        java.net.Socket socket = new java.net.Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new java.net.InetSocketAddress(
                java.net.InetAddress.getLoopbackAddress(), replica.server().port()));
        String request = "GET /v1/live/auctions/" + world.id + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void aTokenThatExpiresEndsThePersonalMessages() throws Exception {
        Watcher anna = Watcher.connect(replica.socket()).say("{\"type\":\"authenticate\",\"token\":\"t\"}");
        open.add(anna);
        anna.await("authenticated");
        expired = true;
        anna.await("token-expired");
        replica.live().accept(world.bid(world.anna));
        bystander.await("bids");
        assertThat(anna.all("leading")).isEmpty();
        assertThat(anna.closed).isZero();
        expired = false;
        anna.say("{\"type\":\"authenticate\",\"token\":\"t\"}").await("authenticated", 2);
    }

    @Test
    void anotherOriginIsRefused() throws Exception {
        try (RawClient client = new RawClient(replica.server().port(), SOMEBODY, "Origin: https://evil.test")) {
            assertThat(client.status).isEqualTo(403);
        }
        try (RawClient client = new RawClient(replica.server().port(), SOMEBODY, "Origin: null")) {
            assertThat(client.status).isEqualTo(403);
        }
    }

    @Test
    void fiveThousandConnectionsFromOneAddressHarmNobodyElse() throws Exception {
        List<Integer> answers = new CopyOnWriteArrayList<>();
        List<RawClient> clients = connect(5_000, _ -> "198.51.100.1", answers);
        assertThat(answers).hasSize(5_000).containsOnly(101, 429);
        assertThat(clients).hasSize(Replica.LIMITS.perAddress());
        Watcher other = Watcher.connect(replica.socket());
        open.add(other);
        other.subscribe(world.id).await("snapshot");
    }

    @Test
    void asManyFromAddressesOfTheirOwnAreLetIn() {
        List<Integer> answers = new CopyOnWriteArrayList<>();
        int many = Replica.LIMITS.perAddress() + 50;
        assertThat(connect(many, i -> "198.51.100." + i % 200, answers)).hasSize(many);
        assertThat(answers).containsOnly(101);
    }

    private List<RawClient> connect(int count, IntFunction<String> address, List<Integer> answers) {
        List<RawClient> clients = new CopyOnWriteArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < count; i++) {
                String from = address.apply(i);
                threads.submit(() -> {
                    RawClient client = new RawClient(replica.server().port(), from);
                    answers.add(client.status);
                    if (client.status == 101) {
                        clients.add(client);
                    } else {
                        client.close();
                    }
                    return null;
                });
            }
        }
        open.addAll(clients);
        return clients;
    }

    @Test
    void whoeverConnectsAndSaysNothingIsLetGo() throws Exception {
        List<java.net.Socket> silent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            java.net.Socket socket = new java.net.Socket(
                    java.net.InetAddress.getLoopbackAddress(), replica.server().port());
            socket.setSoTimeout(30_000);
            silent.add(socket);
            open.add(socket);
        }
        for (java.net.Socket socket : silent) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
