package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gavel.kernel.Ids;
import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrowdTest {

    private static final int CLIENTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final EventLoopGroup loops = Crowd.loops(2);
    private final BidStream stream = new BidStream(Ids.secure(Clock.systemUTC()));

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private Crowd crowd(DeltaServer server, Dialect dialect) throws InterruptedException {
        Crowd crowd =
                new Crowd(loops, dialect, server.address(), stream.auction().value());
        crowd.open(CLIENTS, 4, stream.sequence());
        await().until(() -> server.clients.size() == CLIENTS);
        return crowd;
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyDeltaOfEveryClientIsCountedOnce(Dialect dialect) throws InterruptedException {
        try (DeltaServer server = new DeltaServer(dialect, stream);
                Crowd crowd = crowd(server, dialect)) {
            for (int i = 0; i < 50; i++) {
                server.tellAll(server.next(), server.next());
            }
            Crowd.Report report = crowd.await(stream.sequence(), PATIENCE);
            assertThat(report.faultless(100L * CLIENTS)).as(report.toString()).isTrue();
            assertThat(report.ready()).isEqualTo(CLIENTS);
            assertThat(report.frames()).isEqualTo((dialect == Dialect.GAVEL ? 50L : 100L) * CLIENTS);
            assertThat(report.p50()).isPositive().isLessThanOrEqualTo(report.p99());
            assertThat(report.p99()).isLessThanOrEqualTo(report.largest());
            server.tellAll(server.next());
            assertThat(crowd.await(stream.sequence(), PATIENCE).deliveries()).isEqualTo(CLIENTS);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aDeltaThatOneClientIsNotToldIsMissing(Dialect dialect) throws InterruptedException {
        try (DeltaServer server = new DeltaServer(dialect, stream);
                Crowd crowd = crowd(server, dialect)) {
            String dropped = server.next();
            server.clients.subList(1, CLIENTS).forEach(client -> server.tell(client, dropped));
            server.tellAll(server.next());
            Crowd.Report report = crowd.await(stream.sequence(), PATIENCE);
            assertThat(report.missing()).isEqualTo(1);
            assertThat(report.faultless(2L * CLIENTS)).isFalse();
        }
    }

    @Test
    void theLastDeltaThatOneClientIsNotToldLeavesItBehind() throws InterruptedException {
        try (DeltaServer server = new DeltaServer(Dialect.WS, stream);
                Crowd crowd = crowd(server, Dialect.WS)) {
            String dropped = server.next();
            server.clients.subList(1, CLIENTS).forEach(client -> server.tell(client, dropped));
            await().until(() -> crowd.report(stream.sequence(), false).behind() <= 1);
            Crowd.Report report = crowd.await(stream.sequence(), SHORT);
            assertThat(report.behind()).isEqualTo(1);
            assertThat(report.faultless(CLIENTS)).isFalse();
        }
    }

    @Test
    void deltasOutOfOrderAndTwiceAreNoticed() throws InterruptedException {
        try (DeltaServer server = new DeltaServer(Dialect.GAVEL, stream);
                Crowd crowd = crowd(server, Dialect.GAVEL)) {
            String first = server.next();
            String second = server.next();
            server.tellAll(second, first);
            server.tellAll(second);
            server.tellAll(server.next());
            Crowd.Report report = crowd.await(stream.sequence(), PATIENCE);
            assertThat(report.disordered()).isEqualTo(2L * CLIENTS);
            assertThat(report.missing()).isEqualTo(CLIENTS);
        }
    }

    @Test
    void aStateInsteadOfDeltasCountsAsWhatItLeavesOut() throws InterruptedException {
        try (DeltaServer server = new DeltaServer(Dialect.GAVEL, stream);
                Crowd crowd = crowd(server, Dialect.GAVEL)) {
            long known = stream.sequence();
            server.clients.forEach(
                    client -> DeltaServer.write(client, "[{\"type\":\"snapshot\",\"sequence\":" + (known + 3) + "}]"));
            assertThat(crowd.await(known + 3, PATIENCE).missing()).isEqualTo(3L * CLIENTS);
        }
    }

    @Test
    void aConnectionThatEndsIsLost() throws InterruptedException {
        try (DeltaServer server = new DeltaServer(Dialect.WS, stream);
                Crowd crowd = crowd(server, Dialect.WS)) {
            server.clients.getFirst().close().syncUninterruptibly();
            server.tellAll(server.next());
            await().until(() -> crowd.report(stream.sequence(), false).lost() > 0);
            Crowd.Report report = crowd.await(stream.sequence(), PATIENCE);
            assertThat(List.of(report.lost(), report.ready())).containsExactly(1, CLIENTS - 1);
            assertThat(report.faultless(CLIENTS)).isFalse();
        }
    }

    @Test
    void aPingOfEngineIoIsAnswered() throws InterruptedException {
        try (DeltaServer server = new DeltaServer(Dialect.SOCKETIO, stream);
                Crowd crowd = crowd(server, Dialect.SOCKETIO)) {
            server.clients.forEach(client -> DeltaServer.write(client, "2"));
            server.tellAll(server.next());
            assertThat(crowd.await(stream.sequence(), PATIENCE).behind()).isZero();
            // Both ends of a connection are done with what they were sent at different times.
            await().untilAsserted(() ->
                    assertThat(server.heard).filteredOn("3"::equals).hasSize(CLIENTS));
            assertThat(server.heard).filteredOn("40"::equals).hasSize(CLIENTS);
        }
    }
}
