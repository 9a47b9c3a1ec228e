package dev.gavel.localstack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The metrics of everything on one page: those of each function, of live and of each relay, with the label `service`
/// that a cluster's Prometheus gives them. Who does not answer in two seconds is left out.
final class MetricsPage {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /// The lines about one metric, which have to be together: what it is, and then its samples.
    private record Family(List<String> about, List<String> samples) {}

    private final Map<String, Family> families = new TreeMap<>();

    private MetricsPage() {}

    static String of(Map<String, URI> addresses) {
        Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
        addresses.forEach((service, address) -> asked.put(
                service,
                HTTP.sendAsync(
                                HttpRequest.newBuilder(address.resolve("/metrics"))
                                        .timeout(PATIENCE)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .handle((answer, trouble) ->
                                trouble == null && answer.statusCode() == 200 ? answer.body() : "")));
        Map<String, String> pages = new LinkedHashMap<>();
        asked.forEach((service, page) -> pages.put(service, page.join()));
        return merged(pages);
    }

    /// @param pages in Prometheus' text format, by service
    static String merged(Map<String, String> pages) {
        MetricsPage all = new MetricsPage();
        new TreeMap<>(pages).forEach(all::add);
        StringBuilder page = new StringBuilder();
        all.families.values().forEach(family -> {
            family.about().forEach(line -> page.append(line).append('\n'));
            family.samples().forEach(line -> page.append(line).append('\n'));
        });
        return page.toString();
    }

    private void add(String service, String page) {
        Family family = null;
        boolean known = false;
        for (String line : page.lines().toList()) {
            if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
                String name = line.split(" ", 4)[2];
                boolean next = family == null || family != families.get(name);
                if (next) {
                    known = families.containsKey(name);
                    family = families.computeIfAbsent(name, _ -> new Family(new ArrayList<>(), new ArrayList<>()));
                }
                if (!known && family != null) {
                    family.about().add(line);
                }
            } else if (family != null && !line.isBlank() && !line.startsWith("#")) {
                family.samples().add(labelled(line, service));
            }
        }
    }

    private static String labelled(String sample, String service) {
        int end = sample.indexOf(' ');
        int labels = sample.indexOf('{');
        String label = "service=\"" + service + "\"";
        return labels >= 0 && labels < end
                ? sample.substring(0, labels + 1) + label + "," + sample.substring(labels + 1)
                : sample.substring(0, end) + "{" + label + "}" + sample.substring(end);
    }
}
