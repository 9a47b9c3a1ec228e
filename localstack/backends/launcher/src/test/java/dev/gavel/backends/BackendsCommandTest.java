package dev.gavel.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path run;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leaveNothingBehind() {
        for (var process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void itSaysWhereTheServersAreAndStopsThemOnSigterm() throws Exception {
        var program = start("--ports", "redis=0");
        var redis = awaitRedis();
        var port = Integer.parseInt(readyFile().replaceAll("(?s).*\"redis\":(\\d+).*", "$1"));
        assertThat(readyFile()).contains("\"pid\":" + program.pid());
        assertThat(Clients.redis(port, "PING")).isEqualTo("+PONG");

        program.destroy();

        assertThat(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(redis.isAlive()).isFalse();
        assertThat(run.resolve("backends.json")).doesNotExist();
        assertThat(output("out"))
                .containsPattern("backend redis ready in \\d+ ms on 127.0.0.1:" + port)
                .contains("backends ready in", "backends stopped");
        assertThat(output("err")).isEmpty();
    }

    @Test
    void aRedisLeftBehindByAKilledRunIsEndedByTheNextOne() throws Exception {
        var killed = start("--ports", "redis=0");
        var orphan = awaitRedis();
        killed.destroyForcibly().waitFor();
        Files.delete(run.resolve("backends.json"));
        assertThat(orphan.isAlive()).isTrue();

        start("--ports", "redis=0");

        assertThat(awaitRedis().pid()).isNotEqualTo(orphan.pid());
        assertThat(orphan.isAlive()).isFalse();
    }

    @Test
    void aProgramThatOnlyGotThePidOfAnOldRedisIsLeftAlone() throws Exception {
        var innocent = process(List.of("cat"));
        Files.write(
                run.resolve("redis.pid"),
                List.of(Long.toString(innocent.pid()), "/old/redis-server", Instant.EPOCH.toString()));

        start("--ports", "redis=0");
        awaitRedis();

        assertThat(innocent.isAlive()).isTrue();
    }

    @Test
    void itEndsWithItsParent() throws Exception {
        var parent = process(List.of("cat"));
        var program = start("--ports", "redis=0", "--parent", Long.toString(parent.pid()));
        var redis = awaitRedis();

        parent.destroyForcibly().waitFor();

        assertThat(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(redis.isAlive()).isFalse();
    }

    @Test
    void aFailureIsOneSentenceAndExitCodeOne() throws Exception {
        var busy = Backends.start(Backends.Options.of("redis"));
        try (busy) {
            var program = start("--ports", "redis=" + busy.port("redis"));

            assertThat(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(1);
            assertThat(output("err")).startsWith("Port ").contains("is in use").hasLineCount(1);
        }
    }

    @Test
    void theArgumentFileForScriptsHoldsTheSameFlags() throws IOException {
        var file = BackendHome.locate(null).folder().resolve("launcher/target/backends.args");

        assertThat(Files.readAllLines(file))
                .startsWith(Backends.JVM_FLAGS.toArray(String[]::new))
                .endsWith(Backends.class.getName());
    }

    private Process start(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of("--run", run.toString(), "--only", "redis"));
        all.addAll(List.of(arguments));
        return process(Backends.command(all.toArray(String[]::new)));
    }

    private Process process(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectOutput(run.resolve("out").toFile())
                .redirectError(run.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private ProcessHandle awaitRedis() throws IOException {
        await().atMost(PATIENCE).until(() -> Files.exists(run.resolve("backends.json")));
        var pid = Files.readAllLines(run.resolve("redis.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private String readyFile() throws IOException {
        return output("backends.json");
    }

    private String output(String file) throws IOException {
        return Files.readString(run.resolve(file), StandardCharsets.UTF_8);
    }
}
