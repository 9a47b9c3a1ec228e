package dev.gavel.localstack;

import dev.gavel.broker.Document;
import dev.gavel.broker.Manifests;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One Knative Service as its manifest has it: the function it selects and the settings of its container.
record FunctionPlan(String service, String definition, Map<String, String> settings) {

    static final String KEY_ENCRYPTION = "GAVEL_KEY_ENCRYPTION_KEY";

    static final String GATEWAY = "GAVEL_TOSS_URL";
    static final String GATEWAY_KEY = "GAVEL_TOSS_SECRET_KEY";
    static final String PAYOUTS = "GAVEL_PAYOUTS_URL";

    static final String CARRIERS = "GAVEL_CARRIERS_URL";
    static final String CARRIERS_TOKEN = "GAVEL_CARRIERS_TOKEN";

    static final String MAIL = "GAVEL_SMTP_URL";
    static final String MAIL_FROM = "GAVEL_MAIL_FROM";
    static final String TEXTS = "GAVEL_SMS_URL";
    static final String TEXTS_TOKEN = "GAVEL_SMS_TOKEN";
    static final String TEXTS_SENDER = "GAVEL_SMS_SENDER";
    static final String PUSH_KEY = "GAVEL_VAPID_PRIVATE_KEY";
    static final String WEB = "GAVEL_WEB_URL";
    static final String UPLOADS = "GAVEL_UPLOADS_URL";

    /// What this machine has its own values of.
    static final Set<String> OWN = Set.of(
            KEY_ENCRYPTION,
            GATEWAY,
            GATEWAY_KEY,
            PAYOUTS,
            CARRIERS,
            CARRIERS_TOKEN,
            MAIL,
            MAIL_FROM,
            TEXTS,
            TEXTS_TOKEN,
            TEXTS_SENDER,
            PUSH_KEY,
            WEB,
            UPLOADS);

    private static final String DEFINITION = "SPRING_CLOUD_FUNCTION_DEFINITION";

    /// What is different on this machine: the ingress of the broker, the servers of AWS, and what
    /// [#OWN] names.
    record Local(URI ingress, URI dynamoDb, URI sqs, URI s3, Map<String, String> own) {}

    /// Every Knative Service there is, with the settings it has on this machine.
    ///
    /// @throws StartFailure when a manifest selects no function or wants a setting nobody here can give
    static List<FunctionPlan> read(Manifests manifests, Local local) {
        List<FunctionPlan> plans = new ArrayList<>();
        for (Document document : manifests.documents("Service")) {
            if (document.apiVersion().startsWith("serving.knative.dev/")) {
                plans.add(plan(manifests, document, local));
            }
        }
        return plans;
    }

    private static FunctionPlan plan(Manifests manifests, Document document, Local local) {
        Map<String, String> settings = manifests.environment(document);
        settings.computeIfPresent(
                "K_SINK", (_, sink) -> local.ingress() + URI.create(sink).getRawPath());
        Set<String> variables = manifests.variables(document);
        local.own().forEach((name, value) -> {
            if (variables.contains(name)) {
                settings.put(name, value);
            }
        });
        settings.put("AWS_ENDPOINT_URL_DYNAMODB", local.dynamoDb().toString());
        settings.put("AWS_ENDPOINT_URL_SQS", local.sqs().toString());
        settings.put("AWS_ENDPOINT_URL_S3", local.s3().toString());
        settings.put("AWS_ACCESS_KEY_ID", "test");
        settings.put("AWS_SECRET_ACCESS_KEY", "test");
        settings.putIfAbsent("AWS_REGION", "ap-northeast-2");
        settings.put("GAVEL_MINIMUM_DURATION", "PT1S");
        // The push service is the simulator.
        settings.put("GAVEL_PUSH_HOSTS", "127.0.0.1");
        settings.remove("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        String definition = settings.get(DEFINITION);
        if (definition == null) {
            throw new StartFailure(document.where() + " selects no function: set " + DEFINITION + ".");
        }
        return new FunctionPlan(document.name(), definition, settings);
    }
}
