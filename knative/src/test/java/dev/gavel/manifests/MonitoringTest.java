package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

class MonitoringTest {

    private static final Monitoring MONITORING = Monitoring.read();
    private static final String FUNCTIONS = "functions.json";

    @Test
    void everyFileIsListedExplainsItselfAndBelongsToTheNamespace() {
        Document kustomization = MONITORING.documents().stream()
                .filter(document -> document.kind().equals("Kustomization"))
                .findFirst()
                .orElseThrow();
        Set<String> listed = texts(kustomization.content().path("resources"));
        Set<String> there = new TreeSet<>();
        for (Path file : Monitoring.files(Path.of("monitoring"), ".yaml")) {
            there.add(file.getFileName().toString());
            assertThat(Monitoring.text(file)).as(file.toString()).startsWith("# ");
        }
        there.remove("kustomization.yaml");
        assertThat(listed).isEqualTo(there);
        assertThat(MONITORING.documents())
                .filteredOn(document -> document != kustomization)
                .allMatch(document -> document.text("/metadata/namespace").equals(FileChecks.NAMESPACE));

        Set<String> packed = new TreeSet<>();
        for (JsonNode map : kustomization.content().path("configMapGenerator")) {
            packed.addAll(texts(map.path("files")));
            assertThat(map.at("/options/labels/grafana_dashboard").asString("")).isEqualTo("1");
        }
        assertThat(packed)
                .isEqualTo(MONITORING.dashboards().keySet().stream()
                        .map("dashboards/"::concat)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyUseCaseCanBeChosen() {
        assertThat(chosen(MONITORING.dashboards().getOrDefault(FUNCTIONS, MissingNode.getInstance())))
                .isEqualTo(
                        UseCases.all().stream().map(Declared::service).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyPanelAsksSomethingOfTheChosenPrometheus() {
        Set<String> titles = new TreeSet<>();
        Set<String> uids = new TreeSet<>();
        MONITORING.dashboards().forEach((file, board) -> {
            assertThat(uids.add(board.path("uid").asString(""))).as(file).isTrue();
            assertThat(titles.add(board.path("title").asString(""))).as(file).isTrue();
            Set<Integer> ids = new TreeSet<>();
            for (JsonNode panel : board.path("panels")) {
                String where = file + " " + panel.path("title").asString("");
                assertThat(ids.add(panel.path("id").asInt())).as(where).isTrue();
                if (panel.path("type").asString("").equals("row")) {
                    continue;
                }
                assertThat(panel.at("/datasource/uid").asString("")).as(where).isEqualTo("${source}");
                assertThat(panel.path("targets")
                                .valueStream()
                                .map(target -> target.path("expr").asString("")))
                        .as(where)
                        .isNotEmpty()
                        .noneMatch(String::isBlank);
            }
        });
    }

    @Test
    void theMonitorsReachPortsThatAreThere() {
        Tree tree = Rendered.of("prod");
        for (Document deployment : tree.all("Deployment")) {
            JsonNode labels = deployment.content().at("/spec/template/metadata/labels");
            assertThat(MONITORING.documents().stream()
                            .filter(monitor -> monitor.kind().equals("PodMonitor"))
                            .filter(monitor -> selects(monitor.content().at("/spec/selector/matchLabels"), labels)))
                    .as(deployment.where())
                    .singleElement()
                    .satisfies(monitor -> assertThat(deployment
                                    .content()
                                    .at(ServiceChecks.CONTAINER + "/ports")
                                    .findValuesAsString("name"))
                            .contains(monitor.text("/spec/podMetricsEndpoints/0/port")));
        }
    }

    @Test
    void everythingPassesTheClustersOwnSchemas() {
        String folder = System.getenv("CRD_DIR");
        assumeTrue(folder != null, "CRD_DIR is not set: the monitors and rules are not held to their schemas");
        StrictSchemas schemas = StrictSchemas.read(Path.of(String.valueOf(folder)));
        assertThat(MONITORING.documents().stream()
                        .filter(document -> !document.kind().equals("Kustomization"))
                        .flatMap(document -> schemas.problems(document).stream()))
                .isEmpty();
        Document misspelt = Tree.parse(
                        "misspelt.yaml",
                        Monitoring.text(Path.of("monitoring/live.yaml")).replace("scrapeTimeout", "scrapeTimeOut"))
                .getFirst();
        assertThat(schemas.problems(misspelt)).anyMatch(problem -> problem.contains("scrapeTimeOut"));
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.propertyStream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
    }

    private static Set<String> chosen(JsonNode board) {
        for (JsonNode variable : board.at("/templating/list")) {
            if (variable.path("name").asString("").equals("use_case")) {
                Set<String> options = new TreeSet<>();
                variable.path("options")
                        .forEach(option -> options.add(option.path("value").asString("")));
                assertThat(options)
                        .isEqualTo(new TreeSet<>(
                                List.of(variable.path("query").asString("").split(","))));
                return options;
            }
        }
        throw new AssertionError("there is no variable use_case");
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new));
    }
}
