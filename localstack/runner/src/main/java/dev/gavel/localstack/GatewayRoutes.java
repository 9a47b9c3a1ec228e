package dev.gavel.localstack;

import dev.gavel.broker.Document;
import dev.gavel.broker.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The routes of the HTTPRoute manifests, the same ones that Kong gets on a cluster.
final class GatewayRoutes {

    private final List<GatewayRoute> routes;

    GatewayRoutes(List<GatewayRoute> routes) {
        this.routes = routes.stream().sorted(GatewayRoute.MOST_SPECIFIC_FIRST).toList();
    }

    /// Reads every HTTPRoute there is.
    ///
    /// @throws StartFailure when one asks for something this gateway cannot do
    static GatewayRoutes read(Manifests manifests) {
        List<GatewayRoute> routes = new ArrayList<>();
        for (Document document : manifests.documents("HTTPRoute")) {
            int number = 0;
            for (Map<?, ?> rule : maps(document, document.at("spec", "rules"))) {
                number++;
                routes.addAll(rule(document, rule, document.name() + "-" + number));
            }
        }
        return new GatewayRoutes(routes);
    }

    List<GatewayRoute> all() {
        return routes;
    }

    Optional<GatewayRoute> find(String method, String path) {
        return routes.stream()
                .filter(route -> route.takes(method) && route.path().matches(path))
                .findFirst();
    }

    /// The methods some route takes for this path; empty when no route knows it.
    Set<String> methods(String path) {
        return routes.stream()
                .filter(route -> route.path().matches(path))
                .flatMap(route -> route.methods().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<GatewayRoute> rule(Document document, Map<?, ?> rule, String id) {
        String service = service(document, rule);
        List<GatewayRoute> routes = new ArrayList<>();
        for (Map<?, ?> match : maps(document, rule.get("matches"))) {
            Set<String> methods = match.get("method") == null ? Set.of() : Set.of(text(match.get("method")));
            GatewayRoute.PathMatch path = match.get("path") instanceof Map<?, ?> written
                    ? path(document, written)
                    : new GatewayRoute.PathMatch.Prefix("/");
            routes.add(new GatewayRoute(id + "-" + (routes.size() + 1), methods, path, service));
        }
        return routes;
    }

    private static GatewayRoute.PathMatch path(Document document, Map<?, ?> path) {
        String value = text(path.get("value"));
        return switch (Objects.requireNonNullElse(path.get("type"), "PathPrefix")
                .toString()) {
            case "Exact" -> new GatewayRoute.PathMatch.Exact(value);
            case "PathPrefix" -> new GatewayRoute.PathMatch.Prefix(value);
            case "RegularExpression" -> new GatewayRoute.PathMatch.Expression(expression(document, value));
            default -> throw wrong(document, "the path type " + path.get("type") + " is not known");
        };
    }

    private static Pattern expression(Document document, String value) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw wrong(document, "'" + value + "' is not a regular expression: " + e.getDescription());
        }
    }

    /// A rewritten host name says which function is meant when the backend is the cluster's own ingress.
    private static String service(Document document, Map<?, ?> rule) {
        for (Map<?, ?> filter : maps(document, Objects.requireNonNullElse(rule.get("filters"), List.of()))) {
            if (filter.get("urlRewrite") instanceof Map<?, ?> rewrite && rewrite.get("hostname") != null) {
                return text(rewrite.get("hostname")).replaceFirst("\\..*", "");
            }
        }
        for (Map<?, ?> backend : maps(document, rule.get("backendRefs"))) {
            return text(backend.get("name"));
        }
        throw wrong(document, "a rule has no backendRefs");
    }

    private static List<Map<?, ?>> maps(Document document, @Nullable Object list) {
        if (!(list instanceof List<?> items)) {
            throw wrong(document, "rules, matches and backendRefs must be lists");
        }
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(document, "rules, matches and backendRefs must hold fields");
            }
            maps.add(map);
        }
        return maps;
    }

    private static String text(@Nullable Object value) {
        return Objects.requireNonNullElse(value, "").toString();
    }

    private static StartFailure wrong(Document document, String why) {
        return new StartFailure(document.where() + " cannot be obeyed: " + why + ".");
    }
}
