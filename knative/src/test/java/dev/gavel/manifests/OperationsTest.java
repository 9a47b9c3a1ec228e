package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest {

    private static final OperationsPage PAGE = OperationsPage.read(Path.of(".."));
    private static final PlatformChart CHART = PlatformChart.read(Path.of("platform"));
    private static final List<Document> THERE = there();
    private static final Set<String> NAMESPACES = namespaces();
    private static final List<Declared> USE_CASES = UseCases.all();

    @Test
    void whatOperatorsReadIsThere() {
        assertThat(PAGE.problems(THERE, NAMESPACES, USE_CASES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../terraform/tables.json | ../terraform/table.json | it links to ../terraform/table.json
            (#canary) | (#canaries) | it links to #canaries
            knative/argocd/project.yaml | knative/argocd/projects.yaml | the file knative/argocd/projects.yaml
            ./gavel keda simulate | ./gavel kedo simulate | ./gavel has no command kedo
            kubectl -n knative-serving wait | kubectl -n knative wait | the namespace knative, which is not there
            rollout status deployment/live | rollout status deployment/alive | no Deployment alive in gavel
            patch ksvc confirm-payment | patch ksvc confirm-payments | no Service confirm-payments in gavel
            describe scaledobject live | describe scaledobjects live | kubectl is asked for scaledobjects
            annotate scaledobject live | annotate scaledobject lives | no ScaledObject lives in gavel
            GET /v1/payments/reconciliation | GET /v1/payments/reconcile | no function answers GET /v1/payments/reconcile
            gavel.dev/v1/operations/dead-letters | gavel.dev/v1/operations/deadletters | no function answers at /v1/operations/deadletters
            --table-name gavel-signing-keys | --table-name gavel-signing-key | there is no table signing-key
            --queue-name gavel-notifications-failed | --queue-name gavel-notifications-fail | there is no queue notifications-fail
            GAVEL_KEY_ENCRYPTION_KEY | GAVEL_KEY_ENCRYPTING_KEY | nothing reads the setting GAVEL_KEY_ENCRYPTING_KEY
            gavel_stale_writes_total | gavel_stale_write_total | nothing counts gavel_stale_write_total
            gavel/web-push | gavel/push | nobody reads the secret gavel/push
            autoscaling.keda.sh/paused-replicas | autoscaling.keda.sh/pause-replicas | the key autoscaling.keda.sh/pause-replicas
            """)
    void whatIsNotThereIsNamed(String old, String now, String expected) {
        assertThat(PAGE.with(old, now).problems(THERE, NAMESPACES, USE_CASES))
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    /// The manifests, what Argo CD is told, and what the platform's chart makes in production.
    private static List<Document> there() {
        List<Document> there = new ArrayList<>(CHART.render("prod", "resources"));
        for (String folder : List.of("", "../keda")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                    String name = file.toString();
                    if (!name.startsWith("src/") && !name.startsWith("target/") && !name.startsWith("platform/")) {
                        there.addAll(Tree.parse(name, Files.readString(file)));
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return there;
    }

    private static Set<String> namespaces() {
        Set<String> namespaces =
                new TreeSet<>(CHART.yaml("values.yaml").path("tags").propertyNames());
        namespaces.remove("resources");
        namespaces.addAll(Set.of("gavel", "argocd"));
        THERE.stream()
                .filter(document -> document.kind().equals("Namespace"))
                .forEach(document -> namespaces.add(document.name()));
        return namespaces;
    }
}
