package dev.gavel.images;

import com.sun.net.httpserver.HttpServer;
import dev.gavel.backends.Backends;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Settings;
import dev.gavel.s3.S3Buckets;
import dev.gavel.s3.S3Clients;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import dev.gavel.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What an image needs around it: the servers of AWS, the keys of tokens, a sink that takes every
/// event, and people outside who answer `{}`. All on the loopback interface; stops with this
/// process.
final class Surroundings implements AutoCloseable {

    private static final String OPERATOR = "operator";
    private static final List<String> TOPICS = List.of("knative-broker-gavel-auctions", "knative-broker-gavel-orders");

    private final TestIssuer issuer = new TestIssuer();
    private final HttpServer others;
    private final String address;
    private final boolean kafka;
    private final @Nullable TlsFront tls;

    /// @param kafka whether there is a Kafka with the topics of the Brokers, and a Redis
    /// @param tls whether DynamoDB is spoken to over TLS
    Surroundings(boolean kafka, boolean tls) throws IOException {
        this.kafka = kafka;
        this.tls = tls ? new TlsFront(Backends.shared("dynamodb")) : null;
        others = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 64);
        others.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        others.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = (path.equals("/jwks.json") ? issuer.jwks() : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("content-type", "application/json");
            boolean sink = path.equals("/sink");
            exchange.sendResponseHeaders(sink ? 202 : 200, sink ? -1 : body.length);
            if (!sink) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        others.start();
        address = "http://127.0.0.1:" + others.getAddress().getPort();
        if (kafka) {
            createTopics();
        }
        Settings settings = Settings.of(plain());
        try (DynamoDbClient client = DynamoClients.of(settings)) {
            DynamoTables.of(settings).create(client);
        }
        try (SqsClient client = SqsClients.of(settings)) {
            SqsQueues.of(settings).create(client);
        }
        try (S3Client client = S3Clients.of(settings)) {
            S3Buckets.of(settings).create(client);
        }
    }

    /// The same for this process, which need not speak TLS.
    Map<String, String> plain() {
        Map<String, String> plain = environment();
        plain.put("AWS_ENDPOINT_URL_DYNAMODB", Backends.shared("dynamodb").toString());
        return plain;
    }

    /// What every image is told; a setting it does not know does no harm.
    Map<String, String> environment() {
        Map<String, String> told = new TreeMap<>();
        told.put("AWS_REGION", "ap-northeast-2");
        told.put("AWS_ACCESS_KEY_ID", "test");
        told.put("AWS_SECRET_ACCESS_KEY", "test");
        if (tls == null) {
            told.put("AWS_ENDPOINT_URL_DYNAMODB", Backends.shared("dynamodb").toString());
        } else {
            told.put("AWS_ENDPOINT_URL_DYNAMODB", tls.address().toString());
            told.put("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=" + tls.trusted());
        }
        told.put("AWS_ENDPOINT_URL_SQS", Backends.shared("sqs").toString());
        told.put("AWS_ENDPOINT_URL_S3", Backends.shared("s3").toString());
        told.put("GAVEL_HOST", "127.0.0.1");
        told.put("GAVEL_ISSUER", TestIssuer.ISSUER);
        told.put("GAVEL_JWKS_URL", address + "/jwks.json");
        told.put("K_SINK", address + "/sink");
        told.put("GAVEL_KEY_ENCRYPTION_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        for (String other : List.of(
                "GAVEL_TOSS_URL", "GAVEL_PAYOUTS_URL", "GAVEL_CARRIERS_URL", "GAVEL_SMS_URL", "GAVEL_WEB_URL")) {
            told.put(other, address);
        }
        told.put("GAVEL_UPLOADS_URL", told.get("AWS_ENDPOINT_URL_S3") + "/gavel-uploads");
        for (String secret : List.of("GAVEL_TOSS_SECRET_KEY", "GAVEL_CARRIERS_TOKEN", "GAVEL_SMS_TOKEN")) {
            told.put(secret, "rehearsal");
        }
        told.put("GAVEL_SMTP_URL", "smtp://127.0.0.1:1");
        told.put("GAVEL_MAIL_FROM", "gavel@gavel.dev");
        told.put("GAVEL_SMS_SENDER", "15880000");
        // The scalar 1: a key of P-256 like any other, and no secret.
        byte[] scalar = new byte[32];
        scalar[31] = 1;
        told.put(
                "GAVEL_VAPID_PRIVATE_KEY",
                Base64.getUrlEncoder().withoutPadding().encodeToString(scalar));
        told.put("GAVEL_VAPID_SUBJECT", "mailto:gavel@gavel.dev");
        told.put("GAVEL_QUEUE", "notifications");
        told.put("GAVEL_ORIGINS", address);
        told.put("GAVEL_GET_AUCTION_URL", address);
        told.put("GAVEL_REPLAY_AUCTION_URL", address);
        if (kafka) {
            told.put("KAFKA_BOOTSTRAP_SERVERS", Backends.shared("kafka").getAuthority());
            told.put("GAVEL_TOPICS", String.join(",", TOPICS));
            told.put("REDIS_URL", Backends.shared("redis").toString());
        }
        return told;
    }

    private static void createTopics() throws IOException {
        Map<String, Object> options =
                Map.of("bootstrap.servers", Backends.shared("kafka").getAuthority());
        try (Admin admin = Admin.create(options)) {
            admin.createTopics(TOPICS.stream()
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The topics cannot be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        }
    }

    String token(String user) {
        return user.startsWith(OPERATOR)
                ? issuer.token(user.substring(OPERATOR.length() + 1), Instant.now(), OPERATOR)
                : issuer.token(user, Instant.now());
    }

    @Override
    public void close() throws IOException {
        others.stop(0);
        if (tls != null) {
            tls.close();
        }
    }
}
