package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Kong's plugins and the routes that name them. Kong ignores a name it does not find, and its controller refuses a
/// configuration only in the cluster.
final class PluginChecks {

    private static final String RATE = "rate-";
    /// The configuration of each plugin, as far as we use it.
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "bot-detection", Set.of("allow", "deny"),
            "cors",
                    Set.of(
                            "origins",
                            "methods",
                            "headers",
                            "exposed_headers",
                            "credentials",
                            "max_age",
                            "preflight_continue",
                            "private_network"),
            "pre-function", Set.of("access"),
            "rate-limiting",
                    Set.of(
                            "second",
                            "minute",
                            "hour",
                            "day",
                            "limit_by",
                            "policy",
                            "fault_tolerant",
                            "redis",
                            "hide_client_headers",
                            "error_code",
                            "error_message",
                            "path",
                            "header_name",
                            "sync_rate"),
            "request-size-limiting", Set.of("allowed_payload_size", "size_unit", "require_content_length"),
            "response-transformer", Set.of("add", "remove", "replace", "append", "rename"));

    private PluginChecks() {}

    static List<String> plugins(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> unused =
                tree.all("KongPlugin").stream().map(Document::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>(unused);
        for (Document plugin : tree.all("KongPlugin")) {
            configuration(plugin, problems);
        }
        for (Document route : tree.all("HTTPRoute")) {
            Set<String> named = new TreeSet<>(
                    Arrays.asList(route.annotation("", "konghq.com/plugins").split(",")));
            named.stream()
                    .filter(name -> !there.contains(name))
                    .forEach(name ->
                            problems.add(route.where() + " wants the plugin '" + name + "', which is not there"));
            unused.removeAll(named);
            if (named.stream().filter(name -> name.startsWith(RATE)).count() != 1) {
                problems.add(route.where() + " must have one limit, a plugin that begins with " + RATE);
            }
            useCases.stream()
                    .filter(useCase -> useCase.service().equals(route.name()))
                    .forEach(useCase -> wanted(route, useCase, named, problems));
        }
        unused.forEach(name -> problems.add("no route wants the plugin " + name));
        return problems;
    }

    private static void wanted(Document route, Declared useCase, Set<String> named, List<String> problems) {
        String address = useCase.route().orElse("");
        boolean webhook = address.contains("/webhooks/");
        Map<String, Boolean> rules = Map.of(
                "token",
                useCase.token(),
                "body-size",
                true,
                "headers",
                true,
                "bots",
                !webhook,
                "cors",
                !webhook,
                "rate-webhooks",
                webhook,
                "rate-reads",
                address.startsWith("GET "));
        rules.forEach((name, wants) -> {
            if (named.contains(name) != wants) {
                problems.add(route.where() + (wants ? " must have" : " must not have") + " the plugin " + name);
            }
        });
    }

    private static void configuration(Document plugin, List<String> problems) {
        JsonNode config = plugin.content().path("config");
        Set<String> known = KNOWN.get(plugin.text("/plugin"));
        if (known == null) {
            problems.add(plugin.where() + " is of the kind " + plugin.text("/plugin") + ", which is not known here");
            return;
        }
        config.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(plugin.where() + " sets " + name + ", which Kong does not know"));
        if (plugin.text("/plugin").equals("rate-limiting")) {
            long before = 0;
            for (String period : List.of("second", "minute", "hour", "day")) {
                long limit = config.path(period).asLong(Long.MAX_VALUE);
                if (config.has(period) && limit < before) {
                    problems.add(plugin.where() + " allows less for the " + period + " than for a shorter time");
                }
                before = config.has(period) ? limit : before;
            }
            if (before == 0
                    || !config.path("policy").asString("").equals("redis")
                    || !config.path("fault_tolerant").asBoolean(false)
                    || config.at("/redis/host").asString("").isEmpty()) {
                problems.add(plugin.where() + " must limit something, count in Redis, and go on without it");
            }
        }
    }
}
