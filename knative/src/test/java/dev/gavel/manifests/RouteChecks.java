package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The gateway's routes against those the code declares.
final class RouteChecks {

    /// How the gateway tells the value of a path variable, and an example of it.
    private static final Map<String, String> PATTERNS = Map.of(
            "auctionId",
            "auc_[^/]+",
            "productId",
            "prd_[^/]+",
            "userId",
            "usr_[^/]+",
            "deadLetterId",
            "dlt_[^/]+",
            "orderId",
            "ord_[^/]+",
            "pictureId",
            "pic_[^/]+");

    private static final Map<String, String> EXAMPLES = Map.of(
            "auctionId",
            "auc_01KAMR5Z8QJ3T7W9XBDEFGHKMN",
            "productId",
            "prd_01KAMR2B5D7F9H1K3M5P7R9T1V",
            "userId",
            "usr_01KAMQA7C9E1G3J5M7P9R1T3V5",
            "deadLetterId",
            "dlt_7ZQ4M0S8XJ2K6C9T1VBN5RDYHE",
            "orderId",
            "ord_01KAMR5Z8QJ3T7W9XBDEFGHKMN",
            "pictureId",
            "pic_01KAMR5Z8QJ3T7W9XBDEFGHKMN");
    /// What the plain Services take: method and path template.
    private static final Map<String, List<String>> PLAIN =
            Map.of("live", List.of("GET /v1/live", "GET /v1/live/auctions/{auctionId}"));

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private RouteChecks() {}

    static List<String> declared(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> unclaimed = new TreeSet<>();
        routes(tree).forEach(route -> unclaimed.add(route.name()));
        routes(useCases).forEach((service, routes) -> {
            unclaimed.remove(service);
            List<String> wanted = routes.stream().map(RouteChecks::wanted).toList();
            List<String> found =
                    tree.find("HTTPRoute", service).map(RouteChecks::matches).orElse(List.of());
            if (!found.equals(wanted)) {
                problems.add(service + " needs an HTTPRoute that matches " + String.join(" and ", wanted)
                        + ", but it matches " + found);
            }
        });
        unclaimed.forEach(name -> problems.add("HTTPRoute " + name + " is no route of the code"));
        return problems;
    }

    static List<String> overlap(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        routes(useCases).forEach((service, routes) -> {
            for (String route : routes) {
                overlap(tree, service, route, problems);
            }
        });
        return problems;
    }

    private static void overlap(Tree tree, String service, String route, List<String> problems) {
        String method = route.split(" ")[0];
        String path = replace(route.split(" ")[1], EXAMPLES);
        List<String> takers = takers(tree, method, path);
        if (!takers.equals(List.of(service))) {
            problems.add(method + " " + path + " must be taken by " + service + " alone, not by " + takers);
        }
        for (String longer : List.of(path + "/more", "/more" + path)) {
            if (takers(tree, method, longer).contains(service)) {
                problems.add(service + " also takes " + method + " " + longer);
            }
        }
    }

    /// The routes to functions and to live; what the edge answers by itself is no route of the code.
    private static List<Document> routes(Tree tree) {
        return tree.all("HTTPRoute").stream()
                .filter(route -> !route.file().startsWith("edge/"))
                .toList();
    }

    /// Every route the gateway must know, by the Service it leads to.
    private static Map<String, List<String>> routes(List<Declared> useCases) {
        Map<String, List<String>> routes = new TreeMap<>(PLAIN);
        for (Declared useCase : useCases) {
            useCase.route().ifPresent(route -> routes.put(useCase.service(), List.of(route)));
        }
        return routes;
    }

    static List<String> reach(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document route : routes(tree)) {
            String name = route.name();
            if (!route.annotation("", "konghq.com/preserve-host").equals("false")
                    || !route.annotation("", "konghq.com/strip-path").equals("false")) {
                problems.add(route.where() + " must say konghq.com/preserve-host and strip-path: \"false\"");
            }
            JsonNode rules = route.content().at("/spec/rules");
            JsonNode backends = rules.path(0).path("backendRefs");
            if (rules.size() != 1
                    || backends.size() != 1
                    || !backends.at("/0/name").asString("").equals(name)
                    || backends.at("/0/port").asInt(0) != 80) {
                problems.add(route.where() + " must have one rule with one backend, port 80 of " + name);
            }
            boolean plain = PLAIN.containsKey(name);
            if (plain
                    && tree.plainServices().stream()
                            .noneMatch(service -> service.name().equals(name))) {
                problems.add(route.where() + " needs the plain Service " + name);
            }
            for (String timeout : List.of("konghq.com/read-timeout", "konghq.com/write-timeout")) {
                if (plain
                        && tree.plainServices().stream()
                                .anyMatch(service -> service.name().equals(name)
                                        && !service.annotation("", timeout).matches("\\d{6,}"))) {
                    problems.add("Service " + name + " needs a " + timeout + " of minutes: Kong cuts after 60 s"
                            + " of silence");
                }
            }
            if (!plain
                    && tree.services().stream()
                            .noneMatch(service -> service.name().equals(name)
                                    && service.annotation("", "konghq.com/host-header")
                                            .equals(name + ".gavel.svc.cluster.local"))) {
                problems.add(route.where() + " needs the Service " + name + " with konghq.com/host-header: " + name
                        + ".gavel.svc.cluster.local");
            }
            JsonNode parents = route.content().at("/spec/parentRefs");
            if (parents.size() != 1
                    || tree.find("Gateway", parents.at("/0/name").asString("")).isEmpty()) {
                problems.add(route.where() + " must hang on the Gateway");
            }
        }
        return problems;
    }

    /// What a template becomes: `POST RegularExpression /v1/auctions/auc_[^/]+/bids$`.
    private static String wanted(String route) {
        String[] words = route.split(" ");
        return VARIABLE.matcher(words[1]).find()
                ? words[0] + " RegularExpression " + replace(words[1].replace(".", "[.]"), PATTERNS) + "$"
                : words[0] + " Exact " + words[1];
    }

    private static List<String> matches(Document route) {
        List<String> matches = new ArrayList<>();
        for (JsonNode rule : route.content().at("/spec/rules")) {
            for (JsonNode match : rule.path("matches")) {
                matches.add(String.join(
                        " ",
                        match.path("method").asString("ANY"),
                        match.at("/path/type").asString("PathPrefix"),
                        match.at("/path/value").asString("/")));
            }
        }
        return matches;
    }

    private static List<String> takers(Tree tree, String method, String path) {
        return routes(tree).stream()
                .filter(route -> matches(route).stream().anyMatch(match -> takes(match.split(" ", 3), method, path)))
                .map(Document::name)
                .toList();
    }

    private static boolean takes(String[] match, String method, String path) {
        if (!match[0].equals("ANY") && !match[0].equals(method)) {
            return false;
        }
        return switch (match[1]) {
            case "Exact" -> path.equals(match[2]);
            case "RegularExpression" -> Pattern.compile(match[2]).matcher(path).lookingAt();
            default -> path.equals(match[2]) || path.startsWith(match[2].replaceFirst("/?$", "/"));
        };
    }

    private static String replace(String template, Map<String, String> values) {
        return VARIABLE.matcher(template).replaceAll(variable -> {
            String value = values.get(variable.group(1));
            if (value == null) {
                throw new AssertionError("RouteChecks does not know how a {" + variable.group(1) + "} looks");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
