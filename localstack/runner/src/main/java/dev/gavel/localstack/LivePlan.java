package dev.gavel.localstack;

import dev.gavel.broker.Document;
import dev.gavel.broker.Manifests;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The live service as its manifest has it, with the settings it has on this machine.
record LivePlan(Map<String, String> settings) {

    private static final String NAME = "live";

    /// What is different on this machine.
    record Local(
            URI gateway, @Nullable Integer kafka, @Nullable Integer redis) {}

    /// @throws StartFailure when there is no Deployment of that name
    static LivePlan read(Manifests manifests, Local local) {
        Document deployment = manifests.documents("Deployment").stream()
                .filter(document -> document.name().equals(NAME))
                .findFirst()
                .orElseThrow(() -> new StartFailure("There is no Deployment '" + NAME + "' in the manifests."));
        Map<String, String> settings = manifests.environment(deployment);
        int port = local.gateway().getPort();
        settings.put("PORT", "0");
        settings.put("GAVEL_HOST", "127.0.0.1");
        settings.put("GAVEL_ORIGINS", local.gateway() + ",http://localhost:" + port);
        settings.put("GAVEL_PROXIES", "127.0.0.1");
        settings.put("GAVEL_JWKS_URL", local.gateway() + "/.well-known/jwks.json");
        settings.put("GAVEL_GET_AUCTION_URL", local.gateway().toString());
        settings.put("GAVEL_REPLAY_AUCTION_URL", local.gateway().toString());
        settings.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + local.kafka());
        settings.put("REDIS_URL", "redis://127.0.0.1:" + local.redis());
        settings.put("GAVEL_DRAIN", "PT1S");
        // Everybody comes from the loopback address here.
        settings.put("GAVEL_MAX_CONNECTIONS_PER_ADDRESS", "20000");
        settings.put("GAVEL_NEW_CONNECTIONS_PER_SECOND", "2000");
        return new LivePlan(settings);
    }
}
