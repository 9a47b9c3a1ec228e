package dev.gavel.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class KustomizeTest {

    private static final String KUSTOMIZATION = "overlays/one/kustomization.yaml";
    private static final String LAMP =
            "{apiVersion: lights.example/v1, kind: Lamp, metadata: {name: one}, spec: {watts:"
                    + " 5, colours: [red, blue]}}";
    private static final Pattern VERSION = Pattern.compile("\"kustomizeVersion\": *\"v(\\d+)\\.");
    private static final long PATIENCE_SECONDS = 120;
    private static final int OLDEST = 5;

    @TempDir
    private Path folder = Path.of("");

    static List<String> overlays() {
        return List.copyOf(Rendered.ALL.keySet());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyOverlayIsRenderedAsKubectlDoes(String overlay) throws IOException, InterruptedException {
        assertThat(byName(Rendered.of(overlay).documents()))
                .isEqualTo(byName(Tree.parse("kubectl", kubectl("kustomize", Tree.OVERLAYS + overlay))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        [{op: replace, path: /spec/watts, value: 7}]              | {"watts":7,"colours":["red","blue"]}
        [{op: add, path: /spec/colours/-, value: green}]          | {"watts":5,"colours":["red","blue","green"]}
        [{op: add, path: /spec/colours/0, value: green}]          | {"watts":5,"colours":["green","red","blue"]}
        [{op: remove, path: /spec/colours/0}]                     | {"watts":5,"colours":["blue"]}
        [{op: add, path: /spec/a~1b, value: {c: 1}}]              | {"watts":5,"colours":["red","blue"],"a/b":{"c":1}}
        {spec: {watts: null, colours: [black]}}                   | {"colours":["black"]}
        {spec: {inner: {depth: 2}}}                               | {"watts":5,"colours":["red","blue"],"inner":{"depth":2}}
        """)
    void aPatchChangesWhatItMeets(String patch, String spec) {
        Kustomize rendered =
                render("resources: [lamp.yaml]\npatches: [{target: {kind: L.mp}, patch: '" + patch + "'}]");
        assertThat(rendered.problems()).isEmpty();
        assertThat(rendered.documents().getFirst().content().path("spec")).isEqualTo(Tree.yaml("expected", spec));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        namePrefix: my-                                                                | says [namePrefix], which this renderer does not know
        patches: [{path: lamp.yaml}]                                                   | a patch that is not written in place with a target
        patches: [{target: {labelSelector: a}, patch: '{a: b}'}]                       | whose target says [labelSelector]
        patches: [{target: {kind: Lam}, patch: '{a: b}'}]                              | meets nothing
        patches: [{target: {kind: Lamp}, patch: '[{op: replace, path: /a, value: 1}]'}]| there is nothing at /a to replace
        patches: [{target: {kind: Lamp}, patch: '[{op: copy, path: /spec}]'}]          | this renderer cannot copy at /spec
        patches: [{target: {kind: Lamp}, patch: '{spec: {colours: [{name: red}]}}'}]   | lists of fields are merged by rules
        images: [{name: lamp, newTag: "1"}]                                            | gives a tag to lamp, which nothing runs
        components: [../two]                                                           | overlays/two/kustomization.yaml is not there
        configMapGenerator: [{name: a, literals: [b=c]}]                               | says [literals]
        configMapGenerator: [{name: a, envs: [b.env]}]                                 | reads overlays/one/b.env, which is not there
        configurations: [names.yaml]                                                   | lists overlays/one/names.yaml
        """)
    void whatItCannotDoIsAProblemByName(String more, String expected) {
        assertThat(render("resources: [lamp.yaml]\n" + more).problems())
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @Test
    void aSettingThatChangesGivesAnotherName() {
        String generator = "configMapGenerator: [{name: a, envs: [a.env]}]";
        String one = name(generator, "# why\n\nB=c\n");

        assertThat(one).matches("a-[2-9b-df-hkmt]{10}").isEqualTo(name(generator, "B=c\n"));
        assertThat(one).isNotEqualTo(name(generator, "B=d\n"));
        assertThat(name(generator + "\ngeneratorOptions: {disableNameSuffixHash: true}", "B=c\n"))
                .isEqualTo("a");
    }

    @Test
    void aGeneratedNameIsTheOneKubectlGives() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("kustomization.yaml"), """
                configMapGenerator: [{name: odd, envs: [odd.env], files: [text.json]}]
                """);
        Files.writeString(folder.resolve("odd.env"), "QUERY=a<b && c>d\nKOREAN=경매\nQUOTE=\"\\\n");
        Files.writeString(folder.resolve("text.json"), "{\n  \"a\": 1\n}\n");
        Map<String, String> texts = new TreeMap<>();
        for (String name : List.of("kustomization.yaml", "odd.env", "text.json")) {
            texts.put("odd/" + name, Files.readString(folder.resolve(name)));
        }
        assertThat(byName(Kustomize.render(texts, "odd").documents()))
                .isEqualTo(byName(Tree.parse("kubectl", kubectl("kustomize", String.valueOf(file.getParent())))));
    }

    private static String name(String kustomization, String settings) {
        return Kustomize.render(Map.of(KUSTOMIZATION, kustomization, "overlays/one/a.env", settings), "overlays/one")
                .documents()
                .getFirst()
                .name();
    }

    private static Kustomize render(String kustomization) {
        return Kustomize.render(Map.of(KUSTOMIZATION, kustomization, "overlays/one/lamp.yaml", LAMP), "overlays/one");
    }

    private static Map<String, JsonNode> byName(List<Document> documents) {
        Map<String, JsonNode> named = new TreeMap<>();
        documents.forEach(document -> named.put(
                document.group() + " " + document.kind() + " " + document.text("/metadata/namespace") + "/"
                        + document.name(),
                document.content()));
        return named;
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        Matcher version = VERSION.matcher(run(List.of("kubectl", "version", "--client", "-o", "json")));
        if (!version.find() || Integer.parseInt(version.group(1)) < OLDEST) {
            String sentence = "What is rendered here is not compared with kubectl: there is none on the PATH with a"
                    + " Kustomize of version " + OLDEST + " or newer.";
            System.out.println(sentence);
            return abort(sentence);
        }
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return "";
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }
}
