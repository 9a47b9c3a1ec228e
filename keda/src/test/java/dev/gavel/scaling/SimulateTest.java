package dev.gavel.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/// The evening, the workloads and the scalers of this folder, as an operator runs them.
class SimulateTest {

    private static final Path FOLDER = Path.of("").toAbsolutePath();

    @TempDir
    private Path charts;

    @Test
    void threeTuningsOfTheNotificationsDiffer() throws Exception {
        Map<String, List<String>> rows = rows(run("relay-notifications"));
        assertThat(rows.keySet()).containsExactlyInAnyOrder("relay-notifications", "wide", "wide-and-warm");
        assertThat(rows.values().stream().map(row -> row.get(1))).doesNotHaveDuplicates();
        assertThat(seconds(rows, "wide-and-warm")).isLessThan(seconds(rows, "wide"));
        assertThat(seconds(rows, "wide")).isLessThan(seconds(rows, "relay-notifications"));
    }

    @Test
    void everyWorkloadHasAScalerAndAChartOfAllItsTunings() throws Exception {
        String said = run();
        for (String workload : List.of("index-bidding", "relay-notifications", "relay-uploads")) {
            Path chart = charts.resolve(workload + ".svg");
            assertThat(said).contains("chart: " + chart);
            Document svg =
                    DocumentBuilderFactory.newNSInstance().newDocumentBuilder().parse(chart.toFile());
            assertThat(svg.getElementsByTagName("text").item(0).getTextContent())
                    .isEqualTo(workload);
            assertThat(svg.getElementsByTagName("polyline").getLength()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aChangeIsComparedWithWhatIsDeployed() throws Exception {
        Path mine = charts.resolve("mine.yaml");
        Files.writeString(
                mine,
                Files.readString(FOLDER.resolve("relay-notifications.yaml"))
                        .replace("maxReplicaCount: 5", "maxReplicaCount: 1"));
        Map<String, List<String>> rows = rows(run("relay-notifications", mine.toString()));
        assertThat(rows.keySet()).containsExactlyInAnyOrder("relay-notifications", "mine");
        assertThat(seconds(rows, "mine")).isGreaterThan(seconds(rows, "relay-notifications"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> run("relay")).hasMessageContaining("There is no workload relay, only [index-bidding");
        assertThatThrownBy(() -> run("relay-uploads", "no.yaml")).hasMessageContaining("There is no file no.yaml");
        assertThatThrownBy(() -> run("--evening", "no.csv")).hasMessageContaining("There is no file no.csv");
        assertThatThrownBy(() -> run("--tuning")).hasMessageContaining("Usage");
    }

    private String run(String... words) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Simulate(FOLDER, charts, new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(words));
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The numbers of a table by the name of the tuning.
    private static Map<String, List<String>> rows(String said) {
        return said.lines()
                .filter(line -> line.matches("  \\S+ +\\d.*"))
                .map(line -> Stream.of(line.strip().split(" +")).toList())
                .collect(Collectors.toMap(List::getFirst, row -> row));
    }

    private static double seconds(Map<String, List<String>> rows, String tuning) {
        return Double.parseDouble(
                rows.getOrDefault(tuning, List.of(tuning, "NaN")).get(1));
    }
}
