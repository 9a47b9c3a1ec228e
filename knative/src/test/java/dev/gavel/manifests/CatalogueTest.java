package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The same catalogue, written in several places for several readers: the code is the truth, and every other place
/// must say neither less nor more.
class CatalogueTest {

    private static final Tree TREE = Rendered.of("prod");
    private static final List<Declared> USE_CASES = UseCases.all();
    private static final JsonNode ASYNC_API = asyncApi();

    /// One place that says something, and what it says, as sentences.
    record Place(String name, Set<String> says) {
        Place without(String sentence) {
            Set<String> fewer = new TreeSet<>(says);
            fewer.remove(sentence);
            return new Place(name, fewer);
        }

        Place with(String sentence) {
            Set<String> more = new TreeSet<>(says);
            more.add(sentence);
            return new Place(name, more);
        }
    }

    record Pair(Place truth, Place other) {
        List<String> differences() {
            return Stream.concat(missing(truth, other), missing(other, truth)).toList();
        }

        private static Stream<String> missing(Place one, Place another) {
            return one.says().stream()
                    .filter(sentence -> !another.says().contains(sentence))
                    .map(sentence -> one.name() + ": " + sentence + ", but not " + another.name());
        }

        @Override
        public String toString() {
            return truth.name() + " = " + other.name();
        }
    }

    /// A place of another kind, such as dashboards, is one line more here.
    static List<Pair> pairs() {
        Place useCases = place("use cases in code", USE_CASES.stream().map(Declared::service));
        Place routes = place(
                "routes in code",
                USE_CASES.stream()
                        .filter(useCase -> useCase.route().isPresent())
                        .map(useCase -> useCase.service() + " by "
                                + useCase.route().orElseThrow().split(" ")[0]));
        Place consumers = place(
                "events taken in code",
                USE_CASES.stream()
                        .flatMap(
                                useCase -> useCase.types().stream().map(type -> useCase.service() + " takes " + type)));
        Place facts = place(
                "facts in code",
                TREE.all("Broker").stream()
                        .map(Document::name)
                        .flatMap(
                                broker -> EventChecks.published(broker).stream().map(type -> type + " on " + broker)));
        return List.of(
                new Pair(useCases, place("Services", TREE.services().stream().map(Document::name))),
                new Pair(useCases, place("ServiceAccounts", accounts())),
                new Pair(useCases, place("README.md", readme())),
                new Pair(routes, place("HTTPRoutes", httpRoutes())),
                new Pair(consumers, place("Triggers and queues", triggers())),
                new Pair(consumers, place("asyncapi.yaml, receive", received())),
                new Pair(facts, place("asyncapi.yaml, channels", channels())),
                new Pair(facts, place("EventPolicies", policies())));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoPlacesSayTheSame(Pair pair) {
        assertThat(pair.truth().says()).isNotEmpty();
        assertThat(pair.differences()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whateverOnlyOneOfThemSaysIsToldByName(Pair pair) {
        String first = pair.truth().says().iterator().next();
        String last = new TreeSet<>(pair.truth().says()).last();

        assertThat(new Pair(pair.truth(), pair.other().without(first)).differences())
                .containsExactly(pair.truth().name() + ": " + first + ", but not "
                        + pair.other().name());
        assertThat(new Pair(pair.truth().without(last), pair.other()).differences())
                .containsExactly(pair.other().name() + ": " + last + ", but not "
                        + pair.truth().name());
        assertThat(new Pair(pair.truth(), pair.other().with("forget-auction")).differences())
                .containsExactly(pair.other().name() + ": forget-auction, but not "
                        + pair.truth().name());
    }

    private static Stream<String> accounts() {
        return TREE.all("ServiceAccount").stream()
                .filter(account -> account.file().startsWith("functions/"))
                .map(Document::name);
    }

    private static Stream<String> readme() {
        return text("../README.md")
                .lines()
                .filter(line -> line.startsWith("| [") && line.contains("](functions/"))
                .flatMap(line -> Stream.of(line.split("\\|")[2].split("`")))
                .filter(word -> !word.isBlank());
    }

    private static Stream<String> httpRoutes() {
        return TREE.all("HTTPRoute").stream()
                .filter(route -> route.file().startsWith("gateway/"))
                .map(route -> route.name() + " by " + route.text("/spec/rules/0/matches/0/method"));
    }

    private static Stream<String> triggers() {
        return Stream.concat(
                TREE.all("Trigger").stream()
                        .flatMap(trigger -> EventChecks.types(trigger).stream()
                                .map(type -> trigger.text("/spec/subscriber/ref/name") + " takes " + type)),
                TREE.services().stream()
                        .flatMap(service -> QueueChecks.carried(TREE, service.name()).stream()
                                .map(type -> service.name() + " takes " + type)));
    }

    private static Stream<String> received() {
        return ASYNC_API
                .path("operations")
                .propertyStream()
                .filter(operation ->
                        operation.getValue().path("action").asString("").equals("receive"))
                .flatMap(operation -> operation
                        .getValue()
                        .path("messages")
                        .valueStream()
                        .map(message -> operation.getValue().path("title").asString("") + " takes "
                                + type(last(message.path("$ref").asString("")))));
    }

    private static Stream<String> channels() {
        return ASYNC_API
                .path("channels")
                .propertyStream()
                .filter(channel -> TREE.find("Broker", channel.getKey()).isPresent())
                .flatMap(channel -> channel.getValue().path("messages").propertyNames().stream()
                        .map(message -> type(message) + " on " + channel.getKey()));
    }

    private static Stream<String> policies() {
        return TREE.all("EventPolicy").stream()
                .flatMap(policy -> EventChecks.types(policy).stream()
                        .map(type -> type + " on " + policy.text("/spec/to/0/ref/name")));
    }

    private static String type(String message) {
        return ASYNC_API.at("/components/messages/" + message + "/name").asString("nothing");
    }

    private static String last(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static Place place(String name, Stream<String> says) {
        return new Place(name, says.collect(Collectors.toCollection(TreeSet::new)));
    }

    private static JsonNode asyncApi() {
        return Tree.yaml("asyncapi.yaml", text("../events/asyncapi.yaml"));
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
