package dev.gavel.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.EventCatalog;
import dev.gavel.events.Json;
import dev.gavel.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/// Everything `place-bid` talks to, in this process: DynamoDB (see [BidTables]), the issuer's keys and the
/// Broker. It remembers what was asked of it for each auction, so that an answer that came without the
/// work is found out.
final class BidStub implements AutoCloseable {

    /// What a host must ask for, in the order in which it can.
    enum Step {
        KEYS,
        READ,
        COMMIT,
        FACT
    }

    static final String REGION = "ap-northeast-2";
    static final String KEY_ID = "bench";
    static final String SECRET = "bench-secret";
    static final String PREFIX = "bench-";

    private final Deque<HttpServer> servers = new ArrayDeque<>();
    private final byte[] jwks;
    private final BidTables tables = new BidTables();
    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private final Map<Step, Long> firsts = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final int http;
    private final int https;

    /// @param tls what DynamoDB shows who speaks TLS to it
    BidStub(TestIssuer issuer, SSLContext tls) throws IOException {
        jwks = issuer.jwks().getBytes(StandardCharsets.UTF_8);
        // Read by the server once; without it every answer may wait for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        HttpServer plain = HttpServer.create(anywhere, 64);
        plain.createContext("/", this::dynamoDb);
        plain.createContext("/jwks.json", this::keys);
        plain.createContext("/gavel/auctions", this::broker);
        http = start(plain);
        HttpsServer secure = HttpsServer.create(anywhere, 64);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        secure.createContext("/", this::dynamoDb);
        https = start(secure);
    }

    private int start(HttpServer server) {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        servers.push(server);
        return server.getAddress().getPort();
    }

    /// The settings that lead here.
    ///
    /// @param tls whether DynamoDB is spoken to over TLS
    Map<String, String> settings(boolean tls) {
        return Map.of(
                "AWS_REGION",
                REGION,
                "AWS_ACCESS_KEY_ID",
                KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                SECRET,
                "AWS_ENDPOINT_URL_DYNAMODB",
                tls ? "https://127.0.0.1:" + https : "http://127.0.0.1:" + http,
                "GAVEL_TABLE_PREFIX",
                PREFIX,
                "GAVEL_ISSUER",
                TestIssuer.ISSUER,
                "GAVEL_JWKS_URL",
                "http://127.0.0.1:" + http + "/jwks.json",
                "K_SINK",
                "http://127.0.0.1:" + http + "/gavel/auctions");
    }

    /// Forgets what the process before has done.
    void forget() {
        tables.forget();
        published.clear();
        firsts.clear();
        faults.clear();
    }

    /// What an accepted first bid on an auction must have led to and has not; empty when nothing is missing.
    List<String> missing(String auction) {
        List<String> missing = new ArrayList<>(faults);
        if (!firsts.containsKey(Step.KEYS)) {
            missing.add("it never fetched the issuer's keys");
        }
        if (!tables.wasRead(auction)) {
            missing.add("it never read the auction");
        }
        if (!tables.wasWritten(auction)) {
            missing.add("it never committed the bid");
        }
        if (!published.contains(auction)) {
            missing.add("it never published the fact");
        }
        return List.copyOf(missing);
    }

    /// When each step was first asked for since the last `forget`, as `System.nanoTime` has it.
    Map<Step, Long> firsts() {
        return Map.copyOf(firsts);
    }

    private void mark(Step step) {
        firsts.putIfAbsent(step, System.nanoTime());
    }

    /// Whether anything about an auction has come of a request.
    boolean touched(String auction) {
        return tables.wasWritten(auction) || published.contains(auction);
    }

    private void keys(HttpExchange exchange) throws IOException {
        mark(Step.KEYS);
        answer(exchange, 200, jwks);
    }

    private void dynamoDb(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            // As DynamoDB answers anybody, such as a client that connects before it has something to ask.
            answer(exchange, 200, "healthy".getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        String operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .replaceFirst(".*\\.", "");
        switch (operation) {
            case "GetItem" -> mark(Step.READ);
            case "TransactWriteItems" -> mark(Step.COMMIT);
            default -> {}
        }
        String fault = SignedRequest.fault(exchange, body, KEY_ID, SECRET)
                .map(wrong -> operation + " " + wrong)
                .orElse(null);
        BidTables.Answer answer;
        if (fault == null) {
            answer = tables.answer(operation, Json.MAPPER.readTree(body));
        } else {
            answer = BidTables.Answer.refused("InvalidSignatureException", fault);
        }
        if (answer.fault() != null) {
            faults.add(answer.fault());
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        answer(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private void broker(HttpExchange exchange) throws IOException {
        mark(Step.FACT);
        byte[] body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        String subject = String.valueOf(headers.getFirst("Ce-Subject"));
        try {
            BidsAccepted fact = Json.MAPPER.readValue(body, BidsAccepted.class);
            boolean sound = "1.0".equals(headers.getFirst("Ce-Specversion"))
                    && EventCatalog.type(BidsAccepted.class).equals(headers.getFirst("Ce-Type"))
                    && "/functions/place-bid".equals(headers.getFirst("Ce-Source"))
                    && (subject + "-" + headers.getFirst("Ce-Sequence")).equals(headers.getFirst("Ce-Id"))
                    && subject.equals(fact.auctionId().value())
                    && tables.wasWritten(subject);
            if (sound) {
                published.add(subject);
            } else {
                faults.add("it published something else than the fact of a committed bid");
            }
        } catch (RuntimeException e) {
            faults.add("it published what nobody can read: " + e.getMessage());
        }
        answer(exchange, 202, new byte[0]);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }

    static String text(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found.asString("");
    }
}
