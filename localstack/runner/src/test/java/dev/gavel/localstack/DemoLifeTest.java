package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DemoLifeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void theMarketFillsAndPeopleBid() throws InterruptedException {
        URI gateway = RunningPlatform.shared().url();
        DemoGoods all = DemoGoods.read();
        DemoGoods some = new DemoGoods(
                all.sellers(), all.bidders().subList(0, 2), all.lots().subList(0, 14));
        Set<String> titles = some.lots().stream().map(DemoGoods.Lot::title).collect(Collectors.toSet());
        try (DemoLife life = DemoLife.begin(gateway, some)) {
            assertThat(life.awaitLively(PATIENCE)).isTrue();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                List<JsonNode> open = open(gateway, titles);
                assertThat(open).hasSizeGreaterThanOrEqualTo(12);
                assertThat(open).allMatch(auction -> !auction.at("/pictures").isEmpty());
                assertThat(open.stream()
                                .mapToLong(auction -> auction.at("/bidCount").asLong())
                                .sum())
                        .isGreaterThanOrEqualTo(5);
            });
            assertThat(life.troubles().kinds()).isZero();
        }
    }

    @Test
    void aGatewayThatDoesNotAnswerIsSaidOnceAndEndsNothing() {
        // Nothing listens on the discard port.
        try (DemoLife life = DemoLife.begin(URI.create("http://127.0.0.1:9"), DemoGoods.read())) {
            // Neither the market can be read, nor a product be made, nor anybody sign in.
            await().atMost(PATIENCE).until(() -> life.troubles().kinds() == 3);
        }
    }

    private static List<JsonNode> open(URI gateway, Set<String> titles) {
        List<JsonNode> open = new ArrayList<>();
        for (JsonNode auction :
                new Api(gateway, null).get("/v1/auctions?limit=100").body().at("/auctions")) {
            if (titles.contains(auction.at("/title").asString())) {
                open.add(auction);
            }
        }
        return open;
    }
}
