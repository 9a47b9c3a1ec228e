package dev.gavel.sagas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gavel.backends.Backends;
import dev.gavel.broker.Destination;
import dev.gavel.broker.Document;
import dev.gavel.broker.Manifests;
import dev.gavel.broker.Trigger;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.Settings;
import dev.gavel.simulators.CarrierSimulator;
import dev.gavel.simulators.MailSimulator;
import dev.gavel.simulators.SmsSimulator;
import dev.gavel.simulators.TossSimulator;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import dev.gavel.testkit.MovableClock;
import dev.gavel.testkit.TestIssuer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;

/// Everything around the process under test: stores, gateway, broker, people and time. One thing happens after the
/// other, so that the same run has the same effects. When the process is dead the next one takes its place.
final class Market implements AutoCloseable {

    static {
        // Otherwise every answer with a body waits for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_TRIES = 60;
    /// So often an event is brought to a function that has trouble, until others have their turn.
    private static final int MOST_DELIVERIES = 3;
    /// Longer than any lease, and than the first pauses between two tries.
    private static final Duration AFTER_A_DEATH = Duration.ofMinutes(2);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(20);
    private static final Set<String> CONTEXTS = Set.of("orders", "payments", "notifications", "shipping");
    private static final Set<String> OTHERS = Set.of("offer-second-chance");

    final MovableClock clock = MovableClock.at("2026-11-23T03:00:00Z");
    final Fate fate = new Fate();
    final TossSimulator toss = new TossSimulator();
    final MailSimulator mailbox = new MailSimulator();
    final CarrierSimulator carriers = new CarrierSimulator();
    final SmsSimulator texts = new SmsSimulator();
    final DynamoDbClient dynamo;
    final DynamoTables tables;

    private final List<Toll> tolls = new ArrayList<>();
    private final SqsClient sqs;
    private final String queue;
    private final Wire wire;
    private final HttpServer ingress;
    private final HttpServer keys;
    private final TestIssuer issuer = new TestIssuer();
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private final List<Trigger> triggers;
    private final Map<String, String> environment;
    private final Launch launch;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LinkedList<Delivery> pending = new LinkedList<>();
    private final List<Delivery> postponed = new ArrayList<>();

    private @Nullable Child child;
    private @Nullable Future<Child> standby;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private @Nullable Random repetitions;
    private long deliveries;

    /// An event on its way to one function.
    private record Delivery(String service, Map<String, List<String>> headers, byte[] body, String type) {}

    /// What a function says; status 0 is nothing at all.
    record Answer(int status, String text) {

        JsonNode body() {
            return Json.MAPPER.readTree(text);
        }

        /// Whether it is to be asked again.
        boolean again() {
            return status == 0
                    || status >= 500
                    || status == 429
                    || (status == 409
                            && (text.isEmpty()
                                    || text.contains("/request-still-running")
                                    || text.contains("/stale-write")));
        }
    }

    /// @param manifests folder of the platform's manifests
    /// @param classPath what the process under test needs
    /// @param folder for what the processes leave behind
    Market(Path manifests, String classPath, Path folder) {
        launch = new Launch(classPath, folder);
        URI database = Backends.shared("dynamodb");
        Map<String, String> common = new HashMap<>(Map.of(
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "GAVEL_TABLE_PREFIX", "saga" + Long.toString(System.nanoTime(), 36) + "-",
                "AWS_ENDPOINT_URL_DYNAMODB", database.toString()));
        // A second attempt would be an effect that is not there in every run.
        common.put("GAVEL_DYNAMODB_TIMEOUT", "PT30S");
        common.put("GAVEL_SQS_TIMEOUT", "PT30S");
        Settings direct = Settings.of(common);
        dynamo = DynamoClients.of(direct);
        tables = DynamoTables.of(direct);
        tables.create(dynamo);
        ingress = server("/", this::published);
        keys = server("/", http -> answer(http, 200, issuer.jwks()));
        URI queueServer = Backends.shared("sqs");
        common.put("AWS_ENDPOINT_URL_SQS", queueServer.toString());
        Settings withQueues = Settings.of(common);
        sqs = SqsClients.of(withQueues);
        SqsQueues queues = SqsQueues.of(withQueues);
        queues.create(sqs);
        queue = queues.url(sqs, "notifications");
        wire = new Wire(mailbox.smtp(), fate);
        common.put("AWS_ENDPOINT_URL_SQS", toll("sqs", queueServer).toString());
        common.put("AWS_ENDPOINT_URL_DYNAMODB", toll("dynamodb", database).toString());
        environment = Map.copyOf(common);
        common.put("GAVEL_TOSS_URL", toll("gateway", toss.uri()).toString());
        common.put("GAVEL_TOSS_SECRET_KEY", TossSimulator.SECRET_KEY);
        common.put("GAVEL_PAYOUTS_URL", toll("bank", toss.uri()).toString());
        common.put("GAVEL_CARRIERS_URL", carriers.uri().toString());
        common.put("GAVEL_CARRIERS_TOKEN", CarrierSimulator.TOKEN);
        common.put("GAVEL_SMTP_URL", wire.uri().toString());
        common.put("GAVEL_MAIL_FROM", "gavel@localhost");
        common.put("GAVEL_SMS_URL", toll("texts", texts.uri()).toString());
        common.put("GAVEL_SMS_TOKEN", SmsSimulator.TOKEN);
        common.put("GAVEL_SMS_SENDER", "15880000");
        common.put(
                "GAVEL_VAPID_PRIVATE_KEY",
                Base64.getUrlEncoder().withoutPadding().encodeToString(vapid()));
        common.put("GAVEL_WEB_URL", "http://127.0.0.1");
        common.put("GAVEL_JWKS_URL", address(keys) + "/jwks.json");
        common.put("GAVEL_MINIMUM_DURATION", "PT1S");
        URI broker = toll("broker", address(ingress));
        Manifests read = Manifests.read("gavel", List.of(manifests.resolve("base"), manifests.resolve("functions")));
        Set<String> ours = new HashSet<>(OTHERS);
        for (Document document : read.documents("Service")) {
            Map<String, String> own = read.environment(document);
            String sink = own.get("K_SINK");
            if (sink != null) {
                own.put("K_SINK", broker + URI.create(sink).getRawPath());
            }
            own.putAll(common);
            settings.put(document.name(), own);
            if (CONTEXTS.contains(String.valueOf(document.at("metadata", "labels", "app.kubernetes.io/part-of")))) {
                ours.add(document.name());
            }
        }
        triggers = read.triggers().stream()
                .filter(trigger -> ours.contains(subscriber(trigger)))
                .toList();
    }

    /// Any number from 1 up to the order of the curve is a key.
    private static byte[] vapid() {
        byte[] key = new byte[32];
        key[31] = 7;
        return key;
    }

    private static String subscriber(Trigger trigger) {
        return trigger.subscriber() instanceof Destination.Subscriber it ? it.name() : "";
    }

    private URI toll(String name, URI target) {
        Toll toll = new Toll(name, target, fate);
        tolls.add(toll);
        return toll.uri();
    }

    /// Nobody outside is told any more which requests are repetitions.
    void forgetful(boolean now) {
        tolls.forEach(toll -> toll.forgetful(now));
    }

    /// Begins a run: in it the process dies once, or never.
    void begin(Fate.@Nullable Death death) {
        pending.clear();
        postponed.clear();
        fate.begin(death);
    }

    /// Nothing happens for a while.
    void passes(Duration time) {
        fate.act(time.toString());
        clock.advance(time);
    }

    /// Ends the process in peace, so that the next ones start sooner for what it has learnt.
    void trained() {
        Child running = child;
        if (running != null) {
            running.finish();
        }
        child = null;
        launch.learnt();
        standby = next();
    }

    /// Delivers each fact once, or 1 to 200 times, in between others.
    void repeat(@Nullable Random random) {
        repetitions = random;
    }

    /// How many deliveries there were.
    long deliveries() {
        return deliveries;
    }

    // ---- the process

    /// The next process, with all functions that were of use before.
    private Future<Child> next() {
        CompletableFuture<Child> made = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                Child begun = new Child(launch, environment);
                for (String service : used) {
                    begun.address(service, settings.getOrDefault(service, Map.of()));
                }
                made.complete(begun);
            } catch (IOException | RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        return made;
    }

    private Child child() throws IOException {
        Child running = child;
        if (running == null || !running.alive()) {
            if (running != null) {
                clock.advance(AFTER_A_DEATH);
            }
            try {
                Future<Child> ready = standby;
                running = (ready == null ? next() : ready).get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
            child = running;
            fate.kills(running::kill);
            standby = standby == null ? null : next();
        }
        running.time(clock.instant());
        return running;
    }

    private interface Request {
        HttpRequest to(URI function);
    }

    /// Asks a function until it gives an answer that is not about trouble, as every client does that keeps its
    /// `Idempotency-Key`, and as the broker does.
    private Answer ask(String step, String service, Request request) {
        Answer answer = ask(step, service, request, MOST_TRIES);
        if (answer.again()) {
            throw new IllegalStateException(step + " of " + service + " never ends: " + answer);
        }
        return answer;
    }

    private Answer ask(String step, String service, Request request, int tries) {
        fate.step(step);
        Answer last = new Answer(0, "");
        for (int attempt = 0; attempt < tries; attempt++) {
            try {
                Child running = child();
                URI function = running.address(service, settings.getOrDefault(service, Map.of()));
                used.add(service);
                HttpResponse<String> answer = client.send(request.to(function), HttpResponse.BodyHandlers.ofString());
                last = new Answer(answer.statusCode(), answer.body());
                if (!last.again()) {
                    return last;
                }
            } catch (IOException dead) {
                last = new Answer(0, dead.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            clock.advance(BETWEEN_TRIES);
        }
        return last;
    }

    // ---- what happens

    /// Somebody's request, repeated with the same key until it is answered.
    Answer post(String step, String service, UserId user, String path, Object body) {
        return post(step, service, issuer.token(user.value(), clock.instant()), path, body);
    }

    /// The same by an operator.
    Answer operate(String step, String service, UserId user, String path, Object body) {
        return post(step, service, issuer.token(user.value(), clock.instant(), "operator"), path, body);
    }

    private Answer post(String step, String service, String token, String path, Object body) {
        fate.act(step);
        String key = UUID.randomUUID().toString();
        return ask(
                step,
                service,
                function -> request(function.resolve(path), token)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
                        .build());
    }

    Answer get(String service, UserId user, String path) {
        return ask(
                "look",
                service,
                function -> request(function.resolve(path), issuer.token(user.value(), clock.instant()))
                        .GET()
                        .build());
    }

    private static HttpRequest.Builder request(URI address, String token) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    /// A schedule strikes.
    void tick(String service) {
        Answer answer = ask(
                "tick",
                service,
                function -> HttpRequest.newBuilder(function)
                        .timeout(PATIENCE)
                        .header("ce-specversion", "1.0")
                        .header("ce-type", "dev.knative.sources.ping")
                        .header("ce-source", "/apis/v1/namespaces/gavel/pingsources/" + service)
                        .header("ce-id", UUID.randomUUID().toString())
                        .header("ce-time", clock.instant().toString())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build());
        if (answer.status() != 202) {
            throw new IllegalStateException("the tick of " + service + " was answered " + answer);
        }
    }

    private void published(HttpExchange http) throws IOException {
        byte[] body = http.getRequestBody().readAllBytes();
        Map<String, List<String>> headers = new HashMap<>();
        http.getRequestHeaders().forEach((name, values) -> {
            String small = name.toLowerCase(Locale.ROOT);
            if (small.startsWith("ce-") || small.equals("content-type")) {
                headers.put(small, values);
            }
        });
        queue(http.getRequestURI().getPath().replaceFirst(".*/", ""), headers, body);
        answer(http, 202, "");
    }

    private void queue(String broker, Map<String, List<String>> headers, byte[] body) {
        CloudEvent event =
                HttpMessageFactory.createReaderFromMultimap(headers, body).toEvent();
        synchronized (pending) {
            for (Trigger trigger : triggers) {
                if (trigger.broker().name().equals(broker) && trigger.filter().matches(event)) {
                    pending.add(new Delivery(subscriber(trigger), headers, body, event.getType()));
                }
            }
        }
    }

    /// How many events a function could not take yet.
    int postponed() {
        return postponed.size();
    }

    /// Delivers what was published and queued, and what comes of that, until nothing is left but what no function could
    /// take yet.
    void deliver() {
        synchronized (pending) {
            pending.addAll(postponed);
            postponed.clear();
        }
        do {
            for (Delivery next = poll(); next != null; next = poll()) {
                deliver(next);
            }
        } while (relay());
    }

    /// What the relay does with the messages that wait; whether there were any.
    private boolean relay() {
        List<Message> messages = sqs.receiveMessage(receive ->
                        receive.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(0))
                .messages();
        for (Message message : messages) {
            deliver(new Delivery(
                    "deliver-notification",
                    Map.of("content-type", List.of("application/cloudevents+json")),
                    message.body().getBytes(StandardCharsets.UTF_8),
                    "message"));
            sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
        return !messages.isEmpty();
    }

    /// Something happened in a context that is not played here.
    void happened(String broker, Fact<?> fact) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(fact.id())
                .withSource(URI.create(fact.source()))
                .withType(fact.type())
                .withSubject(fact.subject())
                .withTime(fact.time().atOffset(ZoneOffset.UTC))
                .withExtension("sequence", Long.toString(fact.sequence()))
                .withData("application/json", Json.MAPPER.writeValueAsBytes(fact.data()))
                .build();
        Map<String, List<String>> headers = new HashMap<>();
        byte[][] data = new byte[1][];
        HttpMessageFactory.createWriter((name, value) -> headers.put(name, List.of(value)), body -> data[0] = body)
                .writeBinary(event);
        queue(broker, headers, data[0]);
    }

    private @Nullable Delivery poll() {
        synchronized (pending) {
            return pending.poll();
        }
    }

    private void deliver(Delivery delivery) {
        deliveries++;
        Answer answer = ask(
                delivery.type(),
                delivery.service(),
                function -> {
                    HttpRequest.Builder request = HttpRequest.newBuilder(function)
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
                    delivery.headers().forEach((name, values) -> request.header(name, values.getFirst()));
                    return request.build();
                },
                MOST_DELIVERIES);
        if (answer.again()) {
            postponed.add(delivery);
            return;
        }
        if (answer.status() != 202) {
            throw new IllegalStateException(delivery.type() + " would be a dead letter of " + delivery.service() + ": "
                    + answer.status() + " " + answer.text());
        }
        Random random = repetitions;
        if (random != null && !delivery.headers().containsKey("again")) {
            Map<String, List<String>> again = new HashMap<>(delivery.headers());
            again.put("again", List.of("1"));
            for (int more = random.nextInt(200); more > 0; more--) {
                synchronized (pending) {
                    pending.add(
                            random.nextInt(pending.size() + 1),
                            new Delivery(delivery.service(), again, delivery.body(), delivery.type()));
                }
            }
        }
    }

    // ---- servers

    private interface Reply {
        void to(HttpExchange http) throws IOException;
    }

    private static HttpServer server(String path, Reply reply) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext(path, reply::to);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange http, int status, String text) throws IOException {
        try (http) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().set("content-type", "application/json");
            http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            http.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        Child running = child;
        if (running != null) {
            running.close();
        }
        Future<Child> ready = standby;
        if (ready != null) {
            try {
                ready.get().close();
            } catch (InterruptedException | ExecutionException trouble) {
                Thread.currentThread().interrupt();
            }
        }
        tolls.forEach(Toll::close);
        ingress.stop(0);
        keys.stop(0);
        toss.close();
        carriers.close();
        mailbox.close();
        texts.close();
        wire.close();
        sqs.close();
        dynamo.close();
        client.shutdownNow();
    }
}
