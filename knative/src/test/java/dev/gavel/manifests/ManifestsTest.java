package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.sqs.SqsQueue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {

    private static final Map<String, Tree> TREES = Rendered.ALL;
    private static final Tree TREE = Rendered.of("prod");
    private static final List<Declared> USE_CASES = UseCases.all();

    @ParameterizedTest
    @EnumSource(Check.class)
    void theManifestsAreRight(Check check) {
        assertThat(TREES.keySet()).contains("dev", "staging", "prod");
        assertThat(TREES)
                .allSatisfy((overlay, tree) ->
                        assertThat(check.problems(tree, USE_CASES)).as(overlay).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("brokenSamples")
    void theCheckRejectsTheBrokenSample(Check check, BrokenSample sample) {
        assertThat(check.problems(sample.breakIn(Rendered.of(sample.overlay())), USE_CASES))
                .anySatisfy(problem -> assertThat(problem).contains(sample.expected()));
    }

    static Stream<Arguments> brokenSamples() {
        return Arrays.stream(Check.values())
                .flatMap(check -> BrokenSample.of(check).stream().map(sample -> Arguments.of(check, sample)));
    }

    @Test
    void everyCheckHasBrokenSamplesAndEveryBrokenSampleACheck() {
        assertThat(BrokenSample.folders())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Check.values()).map(Check::folder).toList());
    }

    @Test
    void theCodeDeclaresUseCasesOfEveryKind() {
        assertThat(USE_CASES).anyMatch(useCase -> useCase.route().isPresent());
        assertThat(USE_CASES).anyMatch(useCase -> !useCase.types().isEmpty());
        assertThat(USE_CASES).anyMatch(Declared::tick);
        assertThat(USE_CASES).anyMatch(Declared::any);
        assertThat(USE_CASES).extracting(Declared::context).contains("accounts", "auctions", "operations");
    }

    @Test
    void aUseCaseMayBeFedByTheRelayOfAQueueInsteadOfATrigger() {
        String type = "dev.gavel.notice.queued.v1";
        List<Declared> fed = List.of(declared("deliver-notification", type));
        Map<String, String> without = new TreeMap<>(TREE.texts());
        without.remove("relay/relay-notifications.yaml");
        Tree broken = TREE.with(without);

        assertThat(EventChecks.triggers(TREE, fed)).noneMatch(problem -> problem.startsWith("deliver-notification"));
        assertThat(EventChecks.triggers(broken, fed)).contains("deliver-notification has no Trigger for " + type);
        assertThat(EventChecks.triggers(TREE, List.of(declared("other", type))))
                .contains("other has no Trigger for " + type);
    }

    @Test
    void everyQueueCarriesWhatItsUseCaseTakes() {
        assertThat(QueueChecks.untaken(QueueChecks.QUEUES.declared(), USE_CASES))
                .isEmpty();
        SqsQueue lost =
                new SqsQueue("lost", "dev.gavel.notice.queued.v1", "place-bid", null, null, null, null, null, null);
        assertThat(QueueChecks.untaken(List.of(lost), USE_CASES))
                .containsExactly(
                        "the queue lost takes dev.gavel.notice.queued.v1 to place-bid, which does not take it");
    }

    private static Declared declared(String service, String type) {
        return new Declared(service, "bean", "context", "broker", Optional.empty(), false, Set.of(type), false, false);
    }

    @Test
    void aKeyThatComesTwiceIsRefused() {
        assertThatThrownBy(() -> Tree.parse("twice.yaml", "kind: Broker\nkind: Trigger\n"))
                .hasMessageContaining("kind");
    }
}
