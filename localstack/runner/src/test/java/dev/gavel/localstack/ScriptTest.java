package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.localstack.RunningPlatform.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot work is said in a sentence that tells what to do.
class ScriptTest {

    @TempDir
    private Path home;

    @Test
    void aPortInUseIsSaidSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended up = RunningPlatform.gavel(home, "up", "--detach", "--port", "" + taken.getLocalPort());
            assertThat(up.status()).isEqualTo(1);
            assertThat(up.output())
                    .contains("Port " + taken.getLocalPort() + " is in use")
                    .contains("--port")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void theRunnerItselfSaysItTooWhenThePortIsTakenMeanwhile() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = RunningPlatform.run(
                    home,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Runner.class.getName(),
                            "--root",
                            RunningPlatform.ROOT.toString(),
                            "--home",
                            home.toString(),
                            "--port",
                            "" + taken.getLocalPort()));
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.output().lines())
                    .anyMatch(line -> line.startsWith("Port " + taken.getLocalPort() + " is in use"));
        }
    }

    @Test
    void aPidThatBelongsToSomebodyElseIsLeftAlone() throws IOException {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Files.createDirectories(home.resolve("run"));
            Files.writeString(home.resolve("run/runner.pid"), other.pid() + "\n");
            assertThat(RunningPlatform.gavel(home, "down").output()).contains("does not run");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up --port x", "up --port 70000", "up --nonsense", "bench nonsense", "nonsense"})
    void whatIsNotUnderstoodIsSaidSo(String words) {
        Ended ended = RunningPlatform.gavel(home, words.split(" "));
        assertThat(ended.status()).isNotZero();
        assertThat(ended.output()).startsWith("gavel: ");
    }
}
