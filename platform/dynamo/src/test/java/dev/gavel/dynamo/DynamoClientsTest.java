package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.Race;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DynamoClientsTest {

    private static final int CALLERS = 16;

    @Test
    @Timeout(60)
    void manyCallersShareAsManyConnections() throws IOException {
        try (var server = new CannedDynamo(200, "{}");
                var client = server.client()) {
            var together = new CyclicBarrier(CALLERS);
            Race.of(CALLERS, caller -> {
                for (int i = 0; i < 20; i++) {
                    // All at once, so that each needs a connection of its own and gives it back.
                    await(together);
                    client.getItem(request -> request.tableName("users").key(Map.of("pk", s("u" + caller))));
                }
                return true;
            });
            assertThat(server.requests()).isEqualTo(CALLERS * 20);
            // Without telling the JDK to keep more than 5, it would be over 200.
            assertThat(server.connections()).isLessThanOrEqualTo(CALLERS * 3);
        }
    }

    @Test
    void theContextIsTheOneOfTheBrokerUnlessTold() {
        var sink = "http://kafka-broker-ingress.knative-eventing.svc.cluster.local/gavel/auctions";
        assertThat(DynamoSettings.context(Settings.of(Map.of("K_SINK", sink)))).isEqualTo("auctions");
        assertThat(DynamoSettings.context(Settings.of(Map.of("K_SINK", sink, "GAVEL_CONTEXT", "accounts"))))
                .isEqualTo("accounts");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> DynamoSettings.context(Settings.of(Map.of("K_SINK", "http://127.0.0.1:8080"))))
                .withMessageContaining("GAVEL_CONTEXT");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
