package dev.gavel.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;

/// The real clients the tests talk to the servers with.
final class Clients {
    private Clients() {}

    static <B extends AwsClientBuilder<B, C>, C> C aws(B builder, URI endpoint, String secret) {
        return builder.endpointOverride(endpoint)
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", secret)))
                .build();
    }

    static S3Client s3(Backends backends, String secret) {
        return aws(S3Client.builder().forcePathStyle(true), backends.endpoint("s3"), secret);
    }

    static DynamoDbClient dynamoDb(Backends backends) {
        return aws(DynamoDbClient.builder(), backends.endpoint("dynamodb"), "test");
    }

    static void createTable(DynamoDbClient client, String name) {
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    static Map<String, AttributeValue> item(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    static void send(Backends backends, String topic, String text) throws Exception {
        var servers = Map.<String, Object>of(
                "bootstrap.servers", backends.endpoint("kafka").getAuthority());
        try (var admin = Admin.create(servers);
                var producer = new KafkaProducer<>(servers, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(60, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(topic, text)).get(60, TimeUnit.SECONDS);
        }
    }

    static List<String> receive(Backends backends, String topic) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", backends.endpoint("kafka").getAuthority(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
                    .records(partition)
                    .stream()
                    .map(one -> one.value())
                    .toList();
        }
    }

    static String redis(int port, String command) throws IOException {
        try (var socket = new Socket(LoopbackPorts.ADDRESS, port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readNBytes(5), UTF_8);
        }
    }
}
