package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every alert fires from recorded series, and keeps quiet about others; Prometheus' own tool plays them.
class AlertsTest {

    private static final Path CASES = Path.of("src/test/resources/alerts");
    private static final Monitoring MONITORING = Monitoring.read();

    @TempDir
    Path folder;

    @Test
    void everyAlertFiresFromRecordedSeriesAndKeepsQuietAboutOthers() throws Exception {
        assertThat(uncovered(alerts(), cases())).isEmpty();
        Played played = play(MONITORING.documents(), Monitoring.files(CASES, ".yaml"));
        assertThat(played.status()).as(played.output()).isZero();
    }

    @Test
    void anAlertWithoutACaseIsFoundByItsName() {
        Set<String> more = new TreeSet<>(alerts());
        more.add("MoonIsFull");
        assertThat(uncovered(more, cases()))
                .containsExactly(
                        "MoonIsFull has no case in which it fires", "MoonIsFull has no case in which it keeps quiet");
    }

    @Test
    void aCaseOfAnAlertThatIsNotThereIsFoundByItsName() {
        Set<String> fewer = new TreeSet<>(alerts());
        fewer.remove("OutboxOld");
        assertThat(uncovered(fewer, cases())).contains("OutboxOld fires is about no alert");
    }

    @Test
    void aRuleThatNeverFiresIsRejected() throws Exception {
        List<Document> broken = MONITORING.documents().stream()
                .map(document -> document.file().endsWith("alerts.yaml")
                        ? Tree.parse(
                                        document.file(),
                                        Monitoring.text(Path.of(document.file()))
                                                .replace("oldest_seconds) > 60", "oldest_seconds) > 6e9"))
                                .getFirst()
                        : document)
                .toList();
        Played played = play(broken, List.of(CASES.resolve("facts.yaml")));
        assertThat(played.status()).isNotZero();
        assertThat(played.output()).contains("OutboxOld");
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDoInBothLanguages() {
        Set<String> headings = Monitoring.text(Path.of("../docs/alerts.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(headings).isEqualTo(alerts());
        for (JsonNode alert : MONITORING.alerts()) {
            String name = alert.path("alert").asString();
            JsonNode said = alert.path("annotations");
            assertThat(alert.at("/labels/severity").asString("")).as(name).isIn("critical", "warning");
            assertThat(said.path("summary").asString("")).as(name).isNotBlank();
            assertThat(said.path("summary_ko").asString("")).as(name).containsPattern("[가-힣]");
            assertThat(said.path("runbook_url").asString(""))
                    .isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
        }
    }

    private static Set<String> alerts() {
        return MONITORING.alerts().stream()
                .map(alert -> alert.path("alert").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonNode> cases() {
        return Monitoring.files(CASES, ".yaml").stream()
                .flatMap(file -> Tree.parse(file.toString(), Monitoring.text(file)).stream())
                .flatMap(document -> document.content().path("tests").valueStream())
                .toList();
    }

    /// A case is named by its alert and asks only about it.
    private static List<String> uncovered(Set<String> alerts, List<JsonNode> cases) {
        List<String> problems = new ArrayList<>();
        Set<String> fire = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        for (JsonNode one : cases) {
            String name = one.path("name").asString("");
            String alert = name.split(" ", 2)[0];
            JsonNode test = one.at("/promql_expr_test/0");
            if (!alerts.contains(alert)) {
                problems.add(name + " is about no alert");
            } else if (!test.path("expr")
                    .asString("")
                    .equals("count(ALERTS{alertname=\"" + alert + "\",alertstate=\"firing\"})")) {
                problems.add(name + " asks about something else");
            } else if (test.path("exp_samples").isEmpty()) {
                quiet.add(alert);
            } else {
                fire.add(alert);
            }
        }
        for (String alert : alerts) {
            if (!fire.contains(alert)) {
                problems.add(alert + " has no case in which it fires");
            }
            if (!quiet.contains(alert)) {
                problems.add(alert + " has no case in which it keeps quiet");
            }
        }
        return problems;
    }

    private record Played(int status, String output) {}

    private Played play(List<Document> documents, List<Path> cases) throws IOException, InterruptedException {
        assumeTrue(
                present(),
                "promtool is not on the PATH: install it with apt-get install prometheus, and alerts are played to it");
        for (Document document : documents) {
            if (document.kind().equals("PrometheusRule")) {
                // JSON is YAML, too.
                Files.writeString(
                        folder.resolve(document.name() + ".yaml"),
                        JsonMapper.shared()
                                .writeValueAsString(document.content().path("spec")));
            }
        }
        List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
        for (Path file : cases) {
            String name = file.getFileName().toString();
            Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            command.add(name);
        }
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("promtool did not end in five minutes");
        }
        return new Played(process.exitValue(), Files.readString(output));
    }

    private static boolean present() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool")));
    }
}
