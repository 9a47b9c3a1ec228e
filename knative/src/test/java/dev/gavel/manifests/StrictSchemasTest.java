package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictSchemasTest {

    private static final Tree TREE = Rendered.of("prod");
    private static final StrictSchemas LANTERNS = StrictSchemas.read(Path.of("src/test/resources/crds"));

    @Test
    void everyManifestObeysTheSchemasOfTheCluster() {
        StrictSchemas cluster = cluster();

        assertThat(Rendered.ALL)
                .allSatisfy((overlay, tree) -> assertThat(tree.documents())
                        .as(overlay)
                        .isNotEmpty()
                        .allSatisfy(document ->
                                assertThat(cluster.problems(document)).isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({
        "security/secrets.yaml, refreshInterval:, refreshIntervall:, refreshIntervall",
        "security/event-policies.yaml, '  from:', '  form:', form",
        "components/istio/strict.yaml, 'mode: STRICT', 'modus: STRICT', modus",
        "components/istio/outside.yaml, maxEjectionPercent, maxEjectionPercentage, maxEjectionPercentage",
        "edge/plugins.yaml, 'plugin: cors', 'plugins: cors', plugins",
        "gateway/gateway.yaml, allowedRoutes, allowedRoute, allowedRoute"
    })
    void aMisspeltFieldOfAnyGroupIsRefused(String file, String right, String wrong, String said) {
        StrictSchemas cluster = cluster();
        String text = TREE.texts().getOrDefault(file, "");

        assertThat(Tree.parse(file, text.replace(right, wrong)))
                .flatExtracting(cluster::problems)
                .anySatisfy(problem -> assertThat(problem).contains(said));
    }

    @Test
    void aMisspeltFieldOfARealManifestIsRefused() {
        StrictSchemas cluster = cluster();
        String text = TREE.texts().getOrDefault("functions/place-bid.yaml", "");

        assertThat(Tree.parse("misspelt.yaml", text.replace("containerConcurrency:", "containerConcurency:")))
                .flatExtracting(cluster::problems)
                .singleElement()
                .asString()
                .contains("containerConcurency");
    }

    @Test
    void aMisspeltFieldOfARealScalerIsRefused() {
        StrictSchemas cluster = cluster();
        String text = TREE.texts().getOrDefault("keda/live.yaml", "");

        assertThat(Tree.parse("misspelt.yaml", text.replace("maxReplicaCount:", "maxReplicas:")))
                .flatExtracting(cluster::problems)
                .singleElement()
                .asString()
                .contains("maxReplicas");
    }

    @Test
    void aRightDocumentPasses() {
        assertThat(problems("{height: 3, offset: 10%, extra: {anything: goes}, labels: {any: name}}"))
                .isEmpty();
    }

    @Test
    void anUnknownFieldIsRefusedAtEveryDepth() {
        assertThat(problems("{height: 3, hight: 3}")).singleElement().asString().contains("hight");
        assertThat(problems("{height: 3, parts: [{wick: long, wik: long}]}"))
                .singleElement()
                .asString()
                .contains("wik");
    }

    @Test
    void aWrongTypeAndAMissingFieldAreRefused() {
        assertThat(problems("{height: three}")).singleElement().asString().contains("height");
        assertThat(problems("{height: 3, offset: [1]}"))
                .singleElement()
                .asString()
                .contains("offset");
        assertThat(problems("{}")).singleElement().asString().contains("height");
    }

    @Test
    void aKindWithoutASchemaIsRefused() {
        Document candle = Tree.parse("candle.yaml", "{apiVersion: lights.example/v1, kind: Candle}")
                .getFirst();

        assertThat(LANTERNS.problems(candle)).singleElement().asString().contains("no schema for");
    }

    private static List<String> problems(String spec) {
        String text = "{apiVersion: lights.example/v1, kind: Lantern, metadata: {name: one}, spec: " + spec + "}";
        return LANTERNS.problems(Tree.parse("lantern.yaml", text).getFirst());
    }

    private static synchronized StrictSchemas cluster() {
        String setting = System.getProperty("CRD_DIR", System.getenv().getOrDefault("CRD_DIR", ""));
        if (setting.isBlank()) {
            String sentence =
                    "The manifests are not checked against the cluster's schemas: set CRD_DIR to a folder with"
                            + " the CustomResourceDefinitions of all that overlays/ use.";
            System.out.println(sentence);
            return abort(sentence);
        }
        assertThat(Path.of(setting)).as("CRD_DIR").matches(Files::isDirectory);
        return StrictSchemas.read(Path.of(setting));
    }
}
