package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.backends.Backends;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Both checks against the real functions of the auctions context over DynamoDB Local, in one host, with
/// accounts stood in for.
class AuctionFunctionsTest {

    private static FunctionHost host;

    @BeforeAll
    static void start() {
        Map<String, String> settings = Map.of(
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "bench",
                "AWS_SECRET_ACCESS_KEY", "bench",
                "AWS_ENDPOINT_URL_DYNAMODB", Backends.dynamoDb().toString(),
                "GAVEL_TABLE_PREFIX", "bench-test-",
                "GAVEL_CONTEXT", "auctions",
                "GAVEL_MINIMUM_DURATION", "PT1S",
                // A crowded machine makes it slow, not wrong.
                "GAVEL_DYNAMODB_TIMEOUT", "12",
                "GAVEL_REQUEST_TIMEOUT", "50",
                "GAVEL_LOG", "error");
        try (DynamoDbClient client = DynamoClients.of(Settings.of(settings))) {
            DynamoTables.of("bench-test-").create(client);
        }
        host = FunctionHost.start(
                new HostOptions(
                        "registerUser,issueToken,openAuction,getAuction,placeBid,bidHistory,closeAuction", 0, settings),
                AuctionFunctions.class,
                StubAccountFunctions.class);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void everyAuctionOfTheStreamHasTheWinnerTheOracleSays() throws Exception {
        Nexmark.Result result = Nexmark.run(
                new Nexmark.Options(5_000, host.uri(), address(), "any", 32, Duration.ofMinutes(10), null), System.out);

        assertThat(result.mismatches()).isZero();
        assertThat(result.control()).isPositive();
        assertThat(result.wronglyRepeated()).isZero();
        assertThat(result.unknown()).isPositive();
        assertThat(result.late()).isPositive();
    }

    @Test
    void aRaceAtTheEndLeavesAHistoryWithoutViolations() throws Exception {
        Races.Result result;
        try (ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor();
                MarketApi api = new MarketApi(host.uri(), null)) {
            schedule.scheduleAtFixedRate(
                    () -> api.tick(address(), "close-auction", Instant.now()), 500, 500, TimeUnit.MILLISECONDS);
            result = Races.run(new Races.Options(host.uri(), 64, Duration.ofSeconds(8)), System.out);
            schedule.shutdownNow();
        }

        assertThat(result.violations()).isEmpty();
        assertThat(result.control()).isPositive();
        assertThat(result.history().accepted()).isPositive();
        assertThat(result.passed()).isTrue();
    }

    private static URI address() {
        return host.uri().resolve("/");
    }
}
