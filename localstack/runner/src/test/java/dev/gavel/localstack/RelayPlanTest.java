package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.broker.Manifests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayPlanTest {

    private static final RelayPlan.Local LOCAL = new RelayPlan.Local(
            URI.create("http://127.0.0.1:9324"),
            URI.create("http://127.0.0.1:7000"),
            URI.create("http://127.0.0.1:7001"));
    private static final Path BASE = Path.of("../../knative/base");
    private static final Path RELAY = Path.of("../../knative/relay/relay-notifications.yaml");
    private static final String SERVICE = """
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata:
              name: deliver-notification
              namespace: gavel
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRelayHasTheSettingsOfItsManifestAndTheAddressesOfThisMachine() throws IOException {
        Path service = Files.writeString(folder.resolve("deliver-notification.yaml"), SERVICE);
        List<RelayPlan> plans = RelayPlan.read(Manifests.read("gavel", List.of(BASE, RELAY, service)), LOCAL);

        assertThat(plans).extracting(RelayPlan::name).containsExactly("relay-notifications");
        assertThat(plans.getFirst().settings())
                .containsEntry("GAVEL_QUEUE", "notifications")
                .containsEntry("GAVEL_QUEUE_PREFIX", "gavel-")
                .containsEntry("K_SINK", "http://127.0.0.1:7000/deliver-notification")
                .containsEntry("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324")
                .containsEntry("PORT", "0");
    }

    @Test
    void aRelayWithNobodyToBringAnythingToIsLeftOut() {
        assertThat(RelayPlan.read(Manifests.read("gavel", List.of(BASE, RELAY)), LOCAL))
                .isEmpty();
    }
}
