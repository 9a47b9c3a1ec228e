package dev.gavel.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

class BackendsDataTest {
    @TempDir
    private Path data;

    @Test
    void topicsTablesAndObjectsOutliveARestart() throws Exception {
        try (var first = keeping("kafka", "dynamodb", "s3");
                var table = Clients.dynamoDb(first);
                var bucket = Clients.s3(first, "test")) {
            Clients.send(first, "kept", "a record");
            Clients.createTable(table, "kept");
            table.putItem(put -> put.tableName("kept").item(Clients.item("an item")));
            bucket.createBucket(create -> create.bucket("kept"));
            bucket.putObject(put -> put.bucket("kept").key("k"), RequestBody.fromString("an object"));
        }

        try (var second = keeping("kafka", "dynamodb", "s3");
                var table = Clients.dynamoDb(second);
                var bucket = Clients.s3(second, "test")) {
            assertThat(Clients.receive(second, "kept")).containsExactly("a record");
            assertThat(table.scan(scan -> scan.tableName("kept")).items()).containsExactly(Clients.item("an item"));
            assertThat(bucket.getObjectAsBytes(get -> get.bucket("kept").key("k"))
                            .asUtf8String())
                    .isEqualTo("an object");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kafka, __cluster_metadata-0, meta.properties is missing",
        "kafka, meta.properties, Kafka cannot use its data",
        "dynamodb, shared-local-instance.db, not a database"
    })
    void aHalfWrittenFolderIsRefusedInOneSentence(String name, String file, String reason) throws IOException {
        Files.createDirectories(data.resolve(name));
        Files.writeString(data.resolve(name).resolve(file), "half");

        assertThatThrownBy(() -> keeping(name))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining(reason)
                .hasMessageEndingWith("run './gavel up --fresh' to begin with empty data.")
                .message()
                .hasLineCount(1);
    }

    @Test
    void aDataFolderThatIsAFileIsRefused() throws IOException {
        var file = Files.createFile(data.resolve("file"));

        assertThatThrownBy(() -> Backends.start(Backends.Options.of("redis").withData(file)))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void twoSetsOfServersCannotShareADataFolder() {
        try (var first = keeping("redis")) {
            assertThat(first.port("redis")).isPositive();

            assertThatThrownBy(() -> keeping("redis"))
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("in use by backends that already run");
        }
    }

    @Test
    void aPortInUseIsToldWithTheNameOfTheServerThatWantsIt() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPorts.ADDRESS))) {
            var options = Backends.Options.of("kafka", "redis").withPort("kafka", taken.getLocalPort());

            assertThatThrownBy(() -> Backends.start(options))
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("Port %d, which kafka needs, is in use", taken.getLocalPort());
        }
    }

    @Test
    void serversThatAreNotBuiltAreToldWithWhatToRun() {
        var empty = new Backends.Options(
                data, null, null, Backends.Options.of("sqs").ports(), _ -> {});

        assertThatThrownBy(() -> Backends.start(empty))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("not built")
                .hasMessageContaining("./mvnw");
    }

    private Backends keeping(String... names) {
        return Backends.start(Backends.Options.of(names).withData(data));
    }
}
