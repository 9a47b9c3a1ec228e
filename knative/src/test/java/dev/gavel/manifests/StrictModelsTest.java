package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictModelsTest {

    private static final Tree TREE = Rendered.of("prod");

    @Test
    void everyDocumentOfKnativeAndKubernetesIsReadWithoutARest() {
        assertThat(Rendered.ALL).allSatisfy((overlay, tree) -> {
            List<Document> known =
                    tree.documents().stream().filter(StrictModels::know).toList();
            assertThat(known).extracting(Document::kind).contains("Service", "Trigger", "NetworkPolicy", "EventPolicy");
            assertThat(known)
                    .allSatisfy(document -> assertThat(StrictModels.problems(document))
                            .as(overlay)
                            .isEmpty());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "functions/place-bid.yaml, containerConcurrency:, containerConcurency:, containerConcurency",
        "functions/place-bid.yaml, readOnlyRootFilesystem:, readonlyRootFilesystem:, readonlyRootFilesystem",
        "functions/index-bidding.yaml, filters:, filterz:, filterz",
        "functions/index-bidding.yaml, retry:, retries:, retries",
        "functions/close-auction.yaml, timezone:, timeZone:, timeZone",
        "base/brokers.yaml, backoffDelay:, backOffDelay:, backOffDelay",
        "security/event-policies.yaml, '  from:', '  form:', form",
        "security/network.yaml, namespaceSelector:, nameSpaceSelector:, nameSpaceSelector",
        "security/network.yaml, except:, exclude:, exclude",
        "live/live.yaml, topologyKey:, topologykey:, topologykey",
        "live/live.yaml, maxUnavailable: 1, maxUnavailble: 1, maxUnavailble"
    })
    void aMisspeltFieldIsRefusedAtEveryDepth(String file, String right, String wrong, String said) {
        String text = TREE.texts().getOrDefault(file, "");

        assertThat(text).contains(right);
        assertThat(Tree.parse(file, text.replace(right, wrong)).stream().filter(StrictModels::know))
                .flatExtracting(StrictModels::problems)
                .anySatisfy(
                        problem -> assertThat(problem).contains("unknown field").contains(said));
    }

    @Test
    void aKindWithoutAModelIsNotTakenForRight() {
        Document route = TREE.find("HTTPRoute", "place-bid").orElseThrow();

        assertThat(StrictModels.know(route)).isFalse();
        assertThat(StrictModels.problems(route)).singleElement().asString().contains("no model");
    }
}
