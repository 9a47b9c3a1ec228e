package dev.gavel.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.Json;
import dev.gavel.runtime.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What is built, what is rehearsed and what there is agree. The rehearsals themselves run in the
/// build of the images.
class RehearsalTest {

    private static final Path ROOT = Path.of("..");

    static Set<String> images() {
        try (Stream<Path> modules = Files.list(ROOT.resolve("functions"))) {
            Set<String> images = modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .map(module -> module.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            images.addAll(List.of("live", "relay"));
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyImageIsBuilt() throws IOException {
        Matcher all = Pattern.compile("ALL=\\(([^)]*)\\)").matcher(Files.readString(Path.of("build")));
        assertThat(all.find()).isTrue();
        assertThat(all.group(1).split(" ")).containsExactlyInAnyOrderElementsOf(images());
    }

    @ParameterizedTest
    @MethodSource("images")
    void everyRehearsalExpectsAnAcceptedRequest(String image) throws IOException {
        JsonNode steps =
                Json.MAPPER.readTree(Files.readString(Path.of("src/main/resources/rehearsals", image + ".json")));
        assertThat(steps).isNotEmpty();
        for (JsonNode step : steps) {
            assertThat(step.path("call").asString())
                    .matches("(GET|POST|PUT|PATCH|DELETE) /\\S*|EVENT dev\\.gavel\\.\\S+");
            assertThat(step.path("expect").asInt()).isBetween(200, 499);
        }
        assertThat(steps.valueStream().map(step -> step.path("expect").asInt())).anyMatch(status -> status < 300);
    }

    @ParameterizedTest
    @MethodSource("images")
    void noTwoFunctionsOfARehearsalTakeTheSame(String image) {
        Context context = Context.of(image);
        List<Catalogue.Entry> together = context.together();
        assertThat(together).filteredOn(Catalogue.Entry::tick).hasSizeLessThanOrEqualTo(1);
        assertThat(together.stream().flatMap(function -> function.events().stream()))
                .doesNotHaveDuplicates();
        // Those who are left out have a tick or an event that another one took.
        assertThat(context.functions())
                .filteredOn(function -> !together.contains(function))
                .allMatch(function -> function.tick() || !function.events().isEmpty());
    }

    /// Those with a cache of their own are started as its options say.
    @Test
    void whatIsAskedForInAHurryIsStartedWithItsOwnCache() throws IOException {
        Matcher hurried = Pattern.compile("(?m)^ +([a-z]+)\\) printf '([a-z -]+)' ;; # in a hurry$")
                .matcher(Files.readString(Path.of("build")));
        Set<String> own = new TreeSet<>();
        while (hurried.find()) {
            for (String service : hurried.group(2).split(" ")) {
                assertThat(Context.of(hurried.group(1) + "/" + service).functions())
                        .hasSize(1);
                own.add(service);
            }
        }
        Set<String> started = new TreeSet<>();
        try (Stream<Path> manifests = Files.list(ROOT.resolve("knative/functions"))) {
            for (Path manifest : manifests.toList()) {
                Matcher options = Pattern.compile("command: \\[.*@/opt/gavel/([a-z-]+)\\.options\"]")
                        .matcher(Files.readString(manifest));
                if (options.find()) {
                    assertThat(manifest.getFileName()).hasToString(options.group(1) + ".yaml");
                    started.add(options.group(1));
                }
            }
        }
        assertThat(own).contains("place-bid").isEqualTo(started);
    }

    @Test
    void anUnknownImageIsNamed() {
        assertThatThrownBy(() -> Context.of("auctions/place-bids")).hasMessageContaining("no function place-bids");
        assertThatThrownBy(() -> Context.of("auction")).hasMessageContaining("There is no image auction");
    }
}
