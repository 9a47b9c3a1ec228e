package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gavel.events.Json;
import dev.gavel.localstack.Api.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the running platform says about itself, against the rules, the dashboards, the scalers and the documentation.
class MetricsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}.*");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(gavel_[a-z0-9_]+)`");
    private static final Pattern PARTS = Pattern.compile("_(bucket|sum|count|max)$");

    private final RunningPlatform platform = RunningPlatform.shared();

    @Test
    void everyMetricThatIsAskedForIsThere() throws IOException {
        Queries queries = Queries.read(RunningPlatform.ROOT);
        Set<String> foreign = foreign();
        assertThat(Api.newUser(platform.url(), "measuring").get("/v1/users/me").status())
                .isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Set<String> known = new HashSet<>(names());
            known.addAll(foreign);
            assertThat(queries.unknown(known)).isEmpty();
        });
        assertThat(queries.byPlace()).hasSizeGreaterThan(80);
        assertThat(foreign).noneMatch(name -> name.startsWith("gavel"));
    }

    @Test
    void aMisspeltMetricIsFoundByItsPlace() throws IOException {
        Queries queries = Queries.read(RunningPlatform.ROOT);
        queries.dashboard(
                "wrong.json",
                Json.MAPPER.readTree("{\"panels\":[{\"title\":\"Bids\",\"targets\":[{\"expr\":"
                        + "\"sum(rate(gavel_bids_latensy_seconds_count[5m]))\"}]}]}"));
        Set<String> known = new HashSet<>(names());
        known.addAll(foreign());
        assertThat(queries.unknown(known))
                .contains("wrong.json Bids names gavel_bids_latensy_seconds_count, which nothing exposes");
    }

    @Test
    void theDocumentationNamesEveryMetricAndNoOther() throws IOException {
        String text = Files.readString(RunningPlatform.ROOT.resolve("docs/observability.md"));
        Set<String> documented = new TreeSet<>();
        Matcher row = DOCUMENTED.matcher(text);
        while (row.find()) {
            documented.add(row.group(1));
        }
        // Some are only counted since somebody has signed in.
        assertThat(Api.newUser(platform.url(), "measured").get("/v1/users/me").status())
                .isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(families()).isEqualTo(documented));
    }

    @Test
    void everyFunctionLiveAndTheRelaysAreOnThePage() {
        Answer status = new Api(platform.url(), null).get("/status");
        Set<String> running = status.body()
                .path("functions")
                .propertyStream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(running).contains("place-bid", "live", "relay-notifications");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(services()).containsAll(running));
    }

    @Test
    void whatClosesSoonIsCounted() {
        Api.newUser(platform.url(), "counted")
                .post(
                        "/v1/auctions",
                        Map.of(
                                "title",
                                "Soon",
                                "startPrice",
                                Map.of("amount", "1000", "currency", "KRW"),
                                "duration",
                                "PT10M"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                page().lines().filter(line -> line.startsWith("gavel_auctions_closing_within_15m{")))
                        .singleElement()
                        .satisfies(line -> assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                                .isGreaterThanOrEqualTo(1)));
    }

    private Set<String> names() throws IOException {
        return samples(1);
    }

    /// As they are documented: without the parts of histograms.
    private Set<String> families() throws IOException {
        return names().stream()
                .filter(name -> name.startsWith("gavel_"))
                .map(name -> PARTS.matcher(name).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> services() throws IOException {
        return samples(2).stream()
                .map(labels -> labels.replaceFirst("^service=\"([^\"]+)\".*", "$1"))
                .collect(Collectors.toSet());
    }

    private Set<String> samples(int group) throws IOException {
        Set<String> found = new TreeSet<>();
        page().lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> found.add(sample.group(group)));
        return found;
    }

    private String page() throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(platform.url().resolve("/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Set<String> foreign() throws IOException {
        return Files.readAllLines(RunningPlatform.ROOT.resolve("knative/monitoring/foreign-metrics.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> {
                    String[] parts = line.split("\\s+", 2);
                    assertThat(parts)
                            .as("%s must say where it comes from", line)
                            .hasSize(2);
                    return parts[0];
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
