package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformChartTest {

    private static final PlatformChart CHART = PlatformChart.read(Path.of("platform"));
    private static final StrictSchemas OWN = StrictSchemas.read(Path.of("src/test/resources/platform-crds"));
    private static final Set<String> BUILT_IN = Set.of("NetworkPolicy");
    /// Once for all tests: it is megabytes of YAML.
    private static @Nullable StrictSchemas read;

    private static final String VALUES = "values.yaml";
    private static final String KNATIVE = "templates/knative.yaml";

    @Test
    void theChartIsRight() {
        assertThat(PlatformChecks.problems(CHART)).isEmpty();
    }

    @Test
    void onlyTheReleaseOfResourcesHasTemplates() {
        for (String tag : CHART.yaml(VALUES).path("tags").propertyNames()) {
            assertThat(CHART.render("prod", tag).isEmpty()).as(tag).isEqualTo(!tag.equals("resources"));
        }
    }

    /// As many as can be said one way: a control for each sentence of the checks.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            values-prod.yaml    | kong:              | knog:              | sets knog, which is no dependency
            values-prod.yaml    | dispatchers:       | dispatcher:        | sets knative.dispatcher, which no template reads
            values-dev.yaml     | tracesSampled:     | tracesSample:      | which values.yaml does not have
            Chart.yaml          | condition: keda.enabled | condition: kedaenabled | keda cannot be left out
            Chart.yaml          | tags: [keda]       | tags: []           | keda must have one tag
            Chart.yaml          | version: 2.20.2    | version: ^2.20     | keda must be pinned to one version
            Chart.yaml          | https://kedacore   | http://kedacore    | keda must come from a repository by https
            values.yaml         | '  keda: false'    | '  kdea: false'    | the tags in values.yaml must be those
            values.yaml         | '  keda: false'    | '  keda: true'     | the tag keda must be false
            values.yaml         | ${ELASTIC_PASSWORD} | hunter22          | values.yaml has a secret in clear
            values.yaml         | existingSecret: grafana-admin | adminPassword: hunter22 | secret in clear: adminPassword
            templates/redis.yaml | kind: Service     | kind: Secret       | is a secret in clear
            values.yaml         | inSync: 2          | inSync: 3          | when one broker goes nothing can be published
            values.yaml         | replication: 3     | replication: 4     | inSync, replication and brokers in this order
            values.yaml         | controllers: 3     | controllers: 2     | an odd number of controllers
            templates/secrets.yaml | '# The password'  | ' # The password'  | templates/secrets.yaml must start with a comment
            """)
    void theChecksRejectABrokenChart(String file, String old, String now, String expected) {
        assertThat(PlatformChecks.problems(CHART.with(file, old, now)))
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            .Values.knative.replicas }} ; .Values.knative.replicass }} ; no values file has .Values.knative.replicass
            .Values.knative.replicas }} ; .Values.knative }}           ; is not one value
            .Values.knative.replicas }} ; toYaml .Values.knative }}    ; is more than the templates of this chart may use
            .Values.knative.version | quote }} ; .Values.knative.version }} ; comes out as something else
            {{- if .Values.tags.resources }} ; {{- if .Values.knative.version }} ; must be true or false
            {{- end }} ; # end ; an if has no end
            """, quoteCharacter = '`')
    void whatHelmWouldDoOtherwiseIsRefused(String old, String now, String expected) {
        assertThatThrownBy(() -> CHART.with(KNATIVE, old, now).render("prod", "resources"))
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void whatTheOperatorsOfKnativeAndElasticAreToldTheyKnow(String environment) {
        assertThat(CHART.render(environment, "resources").stream().filter(PlatformChartTest::own))
                .hasSize(4)
                .allSatisfy(document -> assertThat(OWN.problems(document)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "high-availability:, highavailability:",
        "kafka-autoscaler:, kafka-autoscale:",
        "lag-threshold:, lag-treshold:",
        "DISPATCHERS_MIN_REPLICAS, DISPATCHER_MIN_REPLICAS"
    })
    void aMisspeltSettingOfKnativeIsRefused(String right, String wrong) {
        assertThat(CHART.with(KNATIVE, right, wrong).render("prod", "resources").stream()
                        .filter(PlatformChartTest::own)
                        .flatMap(document -> OWN.problems(document).stream()))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void everyOtherResourceObeysTheSchemasOfTheCluster(String environment) {
        StrictSchemas cluster = cluster();

        assertThat(others(CHART, environment))
                .hasSizeGreaterThan(10)
                .allSatisfy(document -> assertThat(cluster.problems(document)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "templates/kafka.yaml, networkPolicyPeers:, networkPolicyPeer:",
        "templates/secrets.yaml, refreshInterval:, refreshIntervall:",
        "templates/secrets.yaml, serviceAccountRef:, serviceAccount:"
    })
    void aMisspeltFieldIsRefused(String file, String right, String wrong) {
        StrictSchemas cluster = cluster();

        assertThat(others(CHART.with(file, right, wrong), "prod").stream()
                        .flatMap(document -> cluster.problems(document).stream()))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains(wrong.replace(":", "")));
    }

    /// What the manifests ask for is where this chart puts it.
    @Test
    void manifestsAndPlatformMeanTheSameAddresses() throws IOException {
        List<Document> rendered = CHART.render("prod", "resources");
        Set<String> there = new TreeSet<>(Set.of("prometheus-operated.monitoring.svc:9090"));
        for (Document document : rendered) {
            String namespace = document.text("/metadata/namespace");
            if (document.group().equals("v1") && document.kind().equals("Service")) {
                there.add(document.name() + "." + namespace + ".svc:" + document.text("/spec/ports/0/port"));
            } else if (document.kind().equals("Kafka")) {
                there.add(document.name() + "-kafka-bootstrap." + namespace + ".svc:9092");
            }
        }
        Set<String> asked = new TreeSet<>();
        Pattern address = Pattern.compile("\\b[a-z-]+\\.(kafka|redis|monitoring)\\.svc(\\.cluster\\.local)?:\\d+");
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("")), Files.walk(Path.of("../keda")))
                .distinct()) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(yaml|env)"))
                    .toList()) {
                String name = file.toString();
                if (!name.startsWith("src/") && !name.startsWith("target/") && !name.startsWith("platform/")) {
                    Matcher found = address.matcher(Files.readString(file));
                    while (found.find()) {
                        asked.add(found.group().replace(".cluster.local", ""));
                    }
                }
            }
        }

        asked.removeIf(one -> one.startsWith("jaeger.monitoring.svc:431"));
        assertThat(asked).contains("gavel-kafka-bootstrap.kafka.svc:9092", "gavel-redis.redis.svc:6379");
        assertThat(there).containsAll(asked);
    }

    @Test
    void argoCdInstallsEveryReleaseInEveryEnvironment() {
        assertThat(releases(CHART, argo("platform.yaml"))).isEmpty();
        assertThat(releases(CHART, argo("platform.yaml").replace("{release: keda,", "{release: kedas,")))
                .contains("Argo CD installs kedas, which is no tag of the chart", "Argo CD does not install keda");
        assertThat(releases(CHART, argo("platform.yaml").replace("namespace: kong,", "namespace: king,")))
                .contains("the release kong belongs into the namespace of its name");
    }

    private static List<String> releases(PlatformChart chart, String argo) {
        List<String> problems = new ArrayList<>();
        Set<String> tags = new TreeSet<>(chart.yaml(VALUES).path("tags").propertyNames());
        Tree.parse("platform.yaml", argo)
                .getFirst()
                .content()
                .at("/spec/generators/0/matrix/generators/1/list/elements")
                .forEach(element -> {
                    String release = element.path("release").asString("");
                    if (!tags.remove(release)) {
                        problems.add("Argo CD installs " + release + ", which is no tag of the chart");
                    }
                    String namespace = release.equals("resources") ? "gavel" : release;
                    if (!element.path("namespace").asString("").equals(namespace)) {
                        problems.add("the release " + release + " belongs into the namespace of its name");
                    }
                });
        tags.forEach(tag -> problems.add("Argo CD does not install " + tag));
        return problems;
    }

    @Test
    void everyActionOfAWorkflowIsPinnedByItsCommit() throws IOException {
        String unpinned = "      - uses: actions/checkout@v6 # v6";

        assertThat(loose(unpinned)).containsExactly(unpinned.strip());
        assertThat(loose("      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8"))
                .hasSize(1);
        try (Stream<Path> files = Files.list(Path.of("../.github/workflows"))) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).startsWith("# ").contains("uses: ");
                assertThat(loose(Files.readString(file))).as(file.toString()).isEmpty();
            }
        }
    }

    /// The lines with an action that is not named by its commit and, beside it, its release.
    private static List<String> loose(String workflow) {
        return workflow.lines()
                .map(String::strip)
                .filter(line -> line.contains("uses: ") && !line.matches(".*@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"))
                .toList();
    }

    @Test
    void everyImageThatManifestsRunIsBuiltAndSigned() throws IOException {
        Set<String> run = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            for (Path file : files.filter(path -> path.toString().matches("(functions|live|relay)/.*\\.yaml"))
                    .toList()) {
                Pattern.compile("image: gavel/([a-z]+)")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(image -> run.add(image.group(1)));
            }
        }
        Matcher signed = Pattern.compile("for context in ([a-z ]+); do")
                .matcher(Files.readString(Path.of("../.github/workflows/images.yml")));

        assertThat(signed.find()).isTrue();
        assertThat(signed.group(1).split(" ")).containsExactlyElementsOf(run);
    }

    private static String argo(String file) {
        try {
            return Files.readString(Path.of("argocd", file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean own(Document document) {
        return document.group().contains("operator.knative.dev")
                || document.group().contains("elastic.co");
    }

    private static List<Document> others(PlatformChart chart, String environment) {
        return chart.render(environment, "resources").stream()
                .filter(document -> !own(document) && !BUILT_IN.contains(document.kind()))
                .toList();
    }

    private static synchronized StrictSchemas cluster() {
        String setting = System.getProperty("CRD_DIR", System.getenv().getOrDefault("CRD_DIR", ""));
        if (setting.isBlank()) {
            return abort("The platform's resources are not checked against the cluster's schemas: set CRD_DIR to a"
                    + " folder with the CustomResourceDefinitions of Strimzi, Prometheus and External Secrets.");
        }
        if (read == null) {
            read = StrictSchemas.read(Path.of(setting));
        }
        return read;
    }
}
