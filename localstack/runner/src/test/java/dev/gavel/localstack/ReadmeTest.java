package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.localstack.RunningPlatform.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The two commands of the README do what it says.
class ReadmeTest {

    @Test
    void theReadmeNamesTheTwoCommands() throws IOException {
        String readme = Files.readString(RunningPlatform.ROOT.resolve("README.md"));
        assertThat(readme).contains("./gavel up").contains("./mvnw verify");
    }

    @Test
    void theChecksRunTheTestCommandOfTheReadme() throws IOException {
        List<String> commands = Files.readAllLines(RunningPlatform.ROOT.resolve(".ci/run")).stream()
                .filter(line -> line.contains("mvnw"))
                .toList();
        assertThat(commands).containsExactly("exec ./mvnw -B verify </dev/null");
    }

    @Test
    void theCommandsThatUpPrintsWorkAsTheyAre() {
        RunningPlatform platform = RunningPlatform.shared();
        String copied = platform.printed()
                .lines()
                .filter(line -> line.startsWith("TOKEN=") || line.startsWith("curl "))
                .collect(Collectors.joining("\n"));
        assertThat(copied.lines()).hasSize(2);
        Ended sold = RunningPlatform.run(platform.home(), List.of("bash", "-c", copied));
        assertThat(sold.output()).contains("\"status\":\"open\"").contains("Film camera");
    }

    @Test
    void anEmptyMarketSaysHowToFillIt() {
        assertThat(RunningPlatform.shared().printed()).contains("'./gavel up --demo' fills it");
    }

    @Test
    void aRunningPlatformIsShownLeftAloneAndStopped() {
        RunningPlatform platform = RunningPlatform.shared();
        Path home = platform.home();
        assertThat(RunningPlatform.gavel(home, "status"))
                .satisfies(status -> assertThat(status.status()).isZero())
                .satisfies(status -> assertThat(status.output()).contains("functions: ", "backends: 5 of 5 up"));
        Ended again = RunningPlatform.gavel(home, "up", "--detach");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.output()).contains("already runs at " + platform.url());

        List<Long> pids = List.of(platform.pid("runner"), platform.pid("functions"), platform.pid("backends"));
        Ended down = RunningPlatform.down();
        assertThat(down.status()).isZero();
        assertThat(down.output()).contains("Stopped.");
        assertThat(pids).noneMatch(ReadmeTest::runs);
        assertThat(RunningPlatform.gavel(home, "status").output()).contains("does not run");
    }

    /// A process that has ended stays listed until its parent takes note, but it has no command any more.
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }
}
