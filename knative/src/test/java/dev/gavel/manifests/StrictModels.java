package dev.gavel.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1alpha1.EventPolicy;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The models of Knative and of Kubernetes itself, made strict: they keep what they do not know, at every depth, and
/// here that is an error. Where a schema is open, such as the spec of a Trigger, only these notice a misspelt field.
final class StrictModels {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Class<?>> MODELS = Map.ofEntries(
            Map.entry("serving.knative.dev/v1 Service", Service.class),
            Map.entry("eventing.knative.dev/v1 Broker", Broker.class),
            Map.entry("eventing.knative.dev/v1 Trigger", Trigger.class),
            Map.entry("eventing.knative.dev/v1alpha1 EventPolicy", EventPolicy.class),
            Map.entry("sources.knative.dev/v1 PingSource", PingSource.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 Service", io.fabric8.kubernetes.api.model.Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class));

    private StrictModels() {}

    /// Whether there is a model of this kind.
    static boolean know(Document document) {
        return MODELS.containsKey(document.group() + " " + document.kind());
    }

    /// What the model does not know or cannot read, one sentence each.
    static List<String> problems(Document document) {
        List<String> problems = new ArrayList<>();
        Class<?> model = MODELS.get(document.group() + " " + document.kind());
        if (model == null) {
            return List.of(document.where() + ": no model");
        }
        try {
            walk(JSON.readValue(document.content().toString(), model), "", document, problems);
        } catch (JsonProcessingException e) {
            problems.add(document.where() + ": " + e.getOriginalMessage());
        }
        return problems;
    }

    private static void walk(Object value, String path, Document document, List<String> problems) {
        switch (value) {
            case List<?> list -> list.forEach(item -> walk(item, path + "/-", document, problems));
            case Map<?, ?> map ->
                map.forEach((key, item) -> {
                    if (item != null) {
                        walk(item, path + "/" + key, document, problems);
                    }
                });
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.")
                        && !value.getClass().isEnum()) {
                    fields(value, path, document, problems);
                }
            }
        }
    }

    private static void fields(Object model, String path, Document document, List<String> problems) {
        for (Method getter : model.getClass().getMethods()) {
            if (!getter.getName().startsWith("get")
                    || getter.getParameterCount() > 0
                    || getter.getDeclaringClass() == Object.class) {
                continue;
            }
            try {
                Object value = getter.invoke(model);
                if (getter.getName().equals("getAdditionalProperties") && value instanceof Map<?, ?> unknown) {
                    unknown.keySet()
                            .forEach(field -> problems.add(document.where() + ": unknown field " + path + "/" + field));
                } else if (value != null) {
                    walk(value, path + "/" + getter.getName().substring(3), document, problems);
                }
            } catch (InvocationTargetException | IllegalAccessException e) {
                throw new AssertionError(getter + " cannot be asked", e);
            }
        }
    }
}
