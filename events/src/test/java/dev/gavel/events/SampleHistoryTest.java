package dev.gavel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleHistoryTest {

    @TempDir
    private Path copy;

    @BeforeEach
    void copySamples() throws IOException {
        try (var files = Files.walk(Contract.SAMPLES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(Contract.SAMPLES.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @Test
    void everySampleIsAsItWasCommitted() throws IOException {
        assertThat(SampleHistory.differences(Contract.SAMPLES)).isEmpty();
        assertThat(SampleHistory.differences(copy)).isEmpty();
    }

    @Test
    void aChangedSampleIsNoticed() throws IOException {
        Path sample = anySample();
        Files.writeString(sample, Files.readString(sample).replaceFirst("2026", "2027"));

        assertThat(SampleHistory.differences(copy)).singleElement().asString().contains("was changed");
    }

    @Test
    void aRemovedSampleIsNoticed() throws IOException {
        Files.delete(anySample());

        assertThat(SampleHistory.differences(copy)).singleElement().asString().contains("was removed");
    }

    @Test
    void aSampleThatIsNotListedIsNoticedWithTheLineToAdd() throws IOException {
        Files.copy(anySample(), copy.resolve("another.json"));

        assertThat(SampleHistory.differences(copy))
                .singleElement()
                .asString()
                .containsPattern("append this line to samples.sha256: [0-9a-f]{64} {2}another.json");
    }

    @Test
    void theListHasOnlyEverGrown() throws Exception {
        String history = git("log", "--patch", "--format=", "--", Contract.SAMPLES + "/samples.sha256");

        assertThat(SampleHistory.removedLines(history)).isEmpty();
    }

    @Test
    void aLineTakenOutOfTheListIsFoundInItsHistory() {
        String line = "0".repeat(64) + "  dev.gavel.auction.opened.v1/1.0-1.json";

        assertThat(SampleHistory.removedLines("--- a/samples.sha256\n-" + line + "\n+" + line))
                .containsExactly("-" + line);
    }

    private Path anySample() {
        return Contract.jsonFiles(copy).getFirst();
    }

    private static String git(String... arguments) throws IOException, InterruptedException {
        Path answer = Files.createTempFile("history", ".txt");
        try {
            Process git = new ProcessBuilder(command(arguments))
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!git.waitFor(30, TimeUnit.SECONDS) || git.exitValue() != 0) {
                git.destroyForcibly();
                return abort("The history of the samples is not checked: this is not a git checkout.");
            }
            return Files.readString(answer, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return abort("The history of the samples is not checked: git is not there (" + e.getMessage() + ").");
        } finally {
            Files.delete(answer);
        }
    }

    private static String[] command(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return command;
    }
}
