package dev.gavel.sagas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.events.Json;
import dev.gavel.notifications.NotificationFunctions;
import dev.gavel.orders.OrderFunctions;
import dev.gavel.payments.PaymentFunctions;
import dev.gavel.runtime.Catalogue;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.shipping.ShippingFunctions;
import dev.gavel.testkit.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.core.type.TypeReference;

/// The process that is killed: functions, each in a host of its own that is started when it is first asked for, on a
/// clock that is set from outside. Ends when standard input does.
public final class ChildApplication {

    static {
        // As the functions have it, and read once, before the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Catalogue FUNCTIONS = Catalogue.of(
            AuctionFunctions.class,
            NotificationFunctions.class,
            OrderFunctions.class,
            PaymentFunctions.class,
            ShippingFunctions.class);

    private final MovableClock clock = MovableClock.at(Instant.EPOCH);
    private final Map<String, FunctionHost> hosts = new ConcurrentHashMap<>();
    private final DynamoDbClient client;

    private ChildApplication() {
        client = DynamoClients.of(Settings.of(Map.of()));
    }

    public static void main(String[] arguments) throws IOException {
        ChildApplication child = new ChildApplication();
        HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        control.createContext("/time", child::setTime);
        control.createContext("/start", child::start);
        control.start();
        System.out.println("http://127.0.0.1:" + control.getAddress().getPort());
        while (System.in.read() >= 0) {
            // Nothing is ever said; only the end matters.
        }
        System.exit(0);
    }

    private void setTime(HttpExchange http) throws IOException {
        clock.set(Instant.parse(text(http)));
        answer(http, "");
    }

    /// Starts a function with `{definition, settings}` unless it runs, and answers with its address.
    private void start(HttpExchange http) throws IOException {
        Map<String, String> settings = Json.MAPPER.readValue(text(http), new TypeReference<>() {});
        String definition = settings.getOrDefault("SPRING_CLOUD_FUNCTION_DEFINITION", "");
        FunctionHost host = hosts.computeIfAbsent(
                definition,
                bean -> FunctionHost.start(
                        new HostOptions(bean, 0, settings),
                        Map.of("clock", clock, "dynamoDbClient", client),
                        FUNCTIONS.find(bean).orElseThrow().wiring()));
        answer(http, host.uri().toString());
    }

    private static String text(HttpExchange http) throws IOException {
        return new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange http, String text) throws IOException {
        try (http) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            http.getResponseBody().write(bytes);
        }
    }
}
