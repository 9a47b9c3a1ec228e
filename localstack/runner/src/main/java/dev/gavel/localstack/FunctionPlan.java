package dev.gavel.localstack;

import dev.gavel.broker.Document;
import dev.gavel.broker.Manifests;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One Knative Service as its manifest has it: the function it selects and the settings of its container.
record FunctionPlan(String service, String definition, Map<String, String> settings) {

    static final String KEY_ENCRYPTION = "GAVEL_KEY_ENCRYPTION_KEY";

    static final String GATEWAY = "GAVEL_TOSS_URL";
    static final String GATEWAY_KEY = "GAVEL_TOSS_SECRET_KEY";
    static final String PAYOUTS = "GAVEL_PAYOUTS_URL";

    static final String SITE = "GAVEL_WEB_URL";

    /// What this machine has its own values of.
    static final Set<String> OWN = Set.of(KEY_ENCRYPTION, GATEWAY, GATEWAY_KEY, PAYOUTS, SITE);

    private static final String DEFINITION = "SPRING_CLOUD_FUNCTION_DEFINITION";

    /// What is different on this machine: the ingress of the broker, DynamoDB, and secrets that a cluster mounts.
    record Local(URI ingress, URI dynamoDb, Map<String, String> secrets) {}

    /// Every Knative Service there is, with the settings it has on this machine.
    ///
    /// @throws StartFailure when a manifest selects no function or wants a setting nobody here can give
    static List<FunctionPlan> read(Manifests manifests, Local local) {
        List<FunctionPlan> plans = new ArrayList<>();
        for (Document document : manifests.documents("Service")) {
            if (document.apiVersion().startsWith("serving.knative.dev/")) {
                plans.add(plan(document, local));
            }
        }
        return plans;
    }

    private static FunctionPlan plan(Document document, Local local) {
        Map<String, String> settings = new TreeMap<>();
        for (Map<?, ?> variable : environment(document)) {
            String name = String.valueOf(variable.get("name"));
            value(name, variable, local).ifPresent(value -> settings.put(name, value));
        }
        settings.put("AWS_ENDPOINT_URL_DYNAMODB", local.dynamoDb().toString());
        settings.put("AWS_ACCESS_KEY_ID", "local");
        settings.put("AWS_SECRET_ACCESS_KEY", "local");
        settings.putIfAbsent("AWS_REGION", "ap-northeast-2");
        settings.put("GAVEL_MINIMUM_DURATION", "PT1S");
        settings.remove("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        String definition = settings.get(DEFINITION);
        if (definition == null) {
            throw new StartFailure(document.where() + " selects no function: set " + DEFINITION + ".");
        }
        return new FunctionPlan(document.name(), definition, settings);
    }

    private static Optional<String> value(String name, Map<?, ?> variable, Local local) {
        String secret = local.secrets().get(name);
        if (secret != null) {
            return Optional.of(secret);
        }
        if (variable.get("value") == null) {
            return Optional.empty();
        }
        String value = variable.get("value").toString();
        return Optional.of(
                name.equals("K_SINK") ? local.ingress() + URI.create(value).getRawPath() : value);
    }

    /// What the manifest says about the variables of its container.
    static List<Map<?, ?>> environment(Document document) {
        List<Map<?, ?>> variables = new ArrayList<>();
        if (document.at("spec", "template", "spec", "containers") instanceof List<?> containers
                && containers.getFirst() instanceof Map<?, ?> container
                && container.get("env") instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> variable) {
                    variables.add(variable);
                }
            }
        }
        return variables;
    }
}
