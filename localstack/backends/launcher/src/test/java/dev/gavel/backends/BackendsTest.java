package dev.gavel.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class BackendsTest {
    private static Backends backends;

    @BeforeAll
    static void startAllOfThem() {
        backends = Backends.start(Backends.Options.of("kafka", "dynamodb", "sqs", "s3", "redis"));
    }

    @AfterAll
    static void stopThem() {
        backends.close();
    }

    @Test
    void kafkaCarriesARecord() throws Exception {
        Clients.send(backends, "facts", "a bid was accepted");

        assertThat(Clients.receive(backends, "facts")).containsExactly("a bid was accepted");
    }

    @Test
    void dynamoDbRefusesAWriteWhoseConditionFails() {
        try (var client = Clients.dynamoDb(backends)) {
            Clients.createTable(client, "conditions");
            client.putItem(put -> put.tableName("conditions").item(Clients.item("one")));

            assertThatThrownBy(() -> client.putItem(put -> put.tableName("conditions")
                            .item(Clients.item("one"))
                            .conditionExpression("attribute_not_exists(id)")))
                    .isInstanceOf(ConditionalCheckFailedException.class);
        }
    }

    @Test
    void everyClientOfDynamoDbSeesTheSameTablesWhateverItsRegionAndKeys() {
        try (var client = Clients.dynamoDb(backends);
                var elsewhere = DynamoDbClient.builder()
                        .endpointOverride(backends.endpoint("dynamodb"))
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(() -> AwsBasicCredentials.create("another", "another"))
                        .build()) {
            Clients.createTable(client, "shared");

            assertThat(elsewhere.listTables().tableNames()).contains("shared");
        }
    }

    @Test
    void sqsDeliversAMessage() {
        try (var client = Clients.aws(SqsClient.builder(), backends.endpoint("sqs"), "test")) {
            var queue = client.createQueue(create -> create.queueName("news")).queueUrl();
            client.sendMessage(send -> send.queueUrl(queue).messageBody("낙찰"));

            assertThat(client.receiveMessage(receive -> receive.queueUrl(queue).waitTimeSeconds(5))
                            .messages())
                    .extracting(Message::body)
                    .containsExactly("낙찰");
        }
    }

    @Test
    void s3ReturnsWhatWasPut() {
        try (var client = Clients.s3(backends, "test")) {
            client.createBucket(create -> create.bucket("pictures"));
            client.putObject(put -> put.bucket("pictures").key("a/사진"), RequestBody.fromString("pixels"));

            assertThat(client.getObjectAsBytes(get -> get.bucket("pictures").key("a/사진"))
                            .asUtf8String())
                    .isEqualTo("pixels");
        }
    }

    @Test
    void s3TellsTheQueueOfABucketWhatArrives() {
        try (var s3 = Clients.s3(backends, "test");
                var sqs = Clients.aws(SqsClient.builder(), backends.endpoint("sqs"), "test")) {
            var queue = sqs.createQueue(create -> create.queueName("arrivals")).queueUrl();
            s3.createBucket(create -> create.bucket("arrivals"));
            s3.putObject(put -> put.bucket("arrivals").key("a/사진 1"), RequestBody.fromString("pixels"));
            s3.copyObject(copy -> copy.sourceBucket("arrivals")
                    .sourceKey("a/사진 1")
                    .destinationBucket("arrivals")
                    .destinationKey("b"));

            var told = new ArrayList<String>();
            while (told.size() < 2) {
                sqs
                        .receiveMessage(receive ->
                                receive.queueUrl(queue).waitTimeSeconds(5).maxNumberOfMessages(10))
                        .messages()
                        .stream()
                        .map(Message::body)
                        .forEach(told::add);
            }
            assertThat(told)
                    .anyMatch(message -> message.contains("\"ObjectCreated:Put\"")
                            && message.contains("\"key\":\"a%2F%EC%82%AC%EC%A7%84+1\",\"size\":6"))
                    .anyMatch(
                            message -> message.contains("\"ObjectCreated:Copy\"") && message.contains("\"key\":\"b\""));
        }
    }

    @Test
    void s3RefusesAWrongSecret() {
        try (var client = Clients.s3(backends, "wrong")) {
            assertThatThrownBy(client::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refused -> assertThat(refused.statusCode()).isEqualTo(403));
        }
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:8080, true", "http://localhost:3000, true", "https://elsewhere.example, false"})
    void onlyLocalPagesMayUploadToABucket(String origin, boolean allowed) throws Exception {
        var bucket = "uploads-" + origin.replaceAll("[^a-z]", "");
        try (var client = Clients.s3(backends, "test");
                var browser = HttpClient.newHttpClient()) {
            client.createBucket(create -> create.bucket(bucket));
            var preflight = HttpRequest.newBuilder(backends.endpoint("s3").resolve("/" + bucket + "/key"))
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "PUT")
                    .header("Access-Control-Request-Headers", "content-type")
                    .build();

            var answer = browser.send(preflight, BodyHandlers.discarding());

            assertThat(answer.statusCode() == 200).isEqualTo(allowed);
            assertThat(answer.headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .isPresent())
                    .isEqualTo(allowed);
        }
    }

    @Test
    void redisAnswers() throws Exception {
        assertThat(Clients.redis(backends.port("redis"), "PING")).isEqualTo("+PONG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "dynamodb", "sqs", "s3", "redis"})
    void noneCanBeReachedFromAnotherMachine(String name) throws Exception {
        assertThat(Reach.beyondLoopback(backends.port(name))).isFalse();
    }

    @Test
    void aServerOnEveryInterfaceWouldBeNoticed() throws Exception {
        try (var open = new ServerSocket(0)) {
            assertThat(Reach.beyondLoopback(open.getLocalPort())).isTrue();
        }
    }

    @Test
    void theSharedDynamoDbIsStartedOnce() {
        assertThat(Backends.dynamoDb())
                .isEqualTo(Backends.dynamoDb())
                .hasScheme("http")
                .hasHost("127.0.0.1");
    }

    @Test
    void theirLibrariesStayOutOfSight() {
        assertThat(List.of(
                        "kafka.server.KafkaRaftServer",
                        "software.amazon.dynamodb.services.local.main.ServerRunner",
                        "org.elasticmq.rest.sqs.SQSRestServer",
                        "org.gaul.s3proxy.S3Proxy",
                        "redis.embedded.RedisServer"))
                .allSatisfy(name ->
                        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class));
    }

    @Test
    void whatWasNotStartedHasNoPort() {
        try (var redis = Backends.start(Backends.Options.of("redis"))) {
            assertThat(redis.ports()).containsOnlyKeys("redis");
            assertThatThrownBy(() -> redis.port("kafka")).hasMessageContaining("was not started");
        }
    }
}
