package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.ReceiptTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTimeTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant REPLAYED = Instant.parse("2026-11-23T00:00:01Z");
    private static final Map<String, String> REPLAY =
            Map.of("gavel-replay-key", "secret", "gavel-replay-time", REPLAYED.toString());

    private final ReplayTime time = new ReplayTime(Clock.fixed(NOW, ZoneOffset.UTC), "secret");

    @Test
    void whoKnowsTheKeySaysWhenARequestWasReceived() {
        assertThat(time.receivedAt(REPLAY)).isEqualTo(REPLAYED);
    }

    @Test
    void withoutTheKeyTheHeadersAreIgnored() {
        assertThat(time.receivedAt(Map.of("gavel-replay-time", REPLAYED.toString())))
                .isEqualTo(NOW);
        assertThat(time.receivedAt(Map.of("gavel-replay-key", "wrong", "gavel-replay-time", REPLAYED.toString())))
                .isEqualTo(NOW);
    }

    @Test
    void aTimeNobodyCanReadIsIgnored() {
        assertThat(time.receivedAt(Map.of("gavel-replay-key", "secret", "gavel-replay-time", "tomorrow")))
                .isEqualTo(NOW);
    }

    @Test
    void theWiringOfProductionKnowsOnlyTheClock() {
        try (FunctionHost host = FunctionHost.start(options(), AuctionFunctions.class)) {
            Instant received = host.bean(ReceiptTime.class).receivedAt(REPLAY);
            assertThat(Duration.between(received, Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
        }
    }

    @Test
    void theWiringOfAReplayTakesItsTime() {
        try (FunctionHost host = FunctionHost.start(options(), AuctionFunctions.class, ReplayWiring.class)) {
            assertThat(host.bean(ReceiptTime.class).receivedAt(REPLAY)).isEqualTo(REPLAYED);
        }
    }

    private static HostOptions options() {
        return HostOptions.of("getAuction")
                .with("GAVEL_REPLAY_KEY", "secret")
                .with("AWS_REGION", "ap-northeast-2")
                .with("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")
                .with("AWS_ACCESS_KEY_ID", "x")
                .with("AWS_SECRET_ACCESS_KEY", "x")
                .with("K_SINK", "http://127.0.0.1:1/gavel/auctions")
                .with("GAVEL_JWKS_URL", "http://127.0.0.1:1/");
    }
}
