package dev.gavel.bench;

import com.sun.net.httpserver.HttpServer;
import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.backends.Backends;
import dev.gavel.bench.BidLoad.Acknowledged;
import dev.gavel.bench.BidLoad.Bidder;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Json;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import tools.jackson.databind.JsonNode;

/// Everything a hot auction needs on this machine: DynamoDB Local in a JVM of its own, a stand-in for the
/// Broker that says 202 to every fact, an issuer of tokens, and the functions, each in a JVM of its own.
final class HotBench implements AutoCloseable {

    private static final Duration AUCTION = Duration.ofHours(2);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final TestIssuer issuer = new TestIssuer();
    private final Ids ids = Ids.secure(Clock.systemUTC());
    private final Path folder;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, ChildProcess> children = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final DynamoDbClient dynamo;
    private final MarketApi market;
    private final Bidder seller;

    HotBench() throws IOException {
        this.folder = Files.createTempDirectory("gavel-bench");
        try {
            int stubs = stubs();
            // A line a request would measure the disk.
            settings.put("GAVEL_LOG", "warn");
            settings.putAll(Map.of(
                    "AWS_REGION",
                    "ap-northeast-2",
                    "AWS_ACCESS_KEY_ID",
                    "bench",
                    "AWS_SECRET_ACCESS_KEY",
                    "bench",
                    "AWS_ENDPOINT_URL_DYNAMODB",
                    "http://127.0.0.1:" + dynamoDb(),
                    "GAVEL_TABLE_PREFIX",
                    "bench-",
                    "GAVEL_ISSUER",
                    TestIssuer.ISSUER,
                    "GAVEL_JWKS_URL",
                    "http://127.0.0.1:" + stubs + "/jwks.json",
                    "K_SINK",
                    "http://127.0.0.1:" + stubs + "/gavel/auctions"));
            dynamo = DynamoClients.of(Settings.of(settings));
            open.push(dynamo);
            DynamoTables.of("bench-").create(dynamo);
            createNaiveTable();
            FunctionHost host =
                    FunctionHost.start(new HostOptions("openAuction,bidHistory", 0, settings), AuctionFunctions.class);
            open.push(host);
            market = new MarketApi(host.uri(), null);
            open.push(market);
            seller = bidder();
            for (String function : List.of("naivePlaceBid", "placeBid", "floorPlaceBid")) {
                start(function);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private int stubs() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        byte[] jwks = issuer.jwks().getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks.json", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        server.createContext("/gavel/auctions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        open.push(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private int dynamoDb() throws IOException {
        ChildProcess backends = new ChildProcess(
                "backends",
                Backends.command(
                        "--only",
                        "dynamodb",
                        "--ports",
                        "dynamodb=0",
                        "--run",
                        folder.toString(),
                        "--parent",
                        Long.toString(ProcessHandle.current().pid())),
                Map.of(),
                folder,
                "backends ready");
        open.push(backends);
        children.put("dynamodb", backends);
        return Json.MAPPER
                .readTree(Files.readString(folder.resolve("backends.json")))
                .path("dynamodb")
                .asInt();
    }

    private void createNaiveTable() {
        dynamo.createTable(table -> table.tableName(NaivePlaceBid.TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
        dynamo.waiter().waitUntilTableExists(table -> table.tableName(NaivePlaceBid.TABLE));
    }

    private void start(String function) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                BenchApplication.class.getName(),
                function,
                Integer.toString(port),
                Long.toString(ProcessHandle.current().pid()));
        ChildProcess child = new ChildProcess(function, command, settings, folder, BenchApplication.READY);
        open.push(child);
        children.put(function, child);
        ports.put(function, port);
    }

    ChildProcess child(String name) {
        ChildProcess child = children.get(name);
        if (child == null) {
            throw new IllegalStateException("there is no process " + name);
        }
        return child;
    }

    int port(String function) {
        return ports.getOrDefault(function, 0);
    }

    List<Bidder> bidders(int count) {
        return IntStream.range(0, count).mapToObj(_ -> bidder()).toList();
    }

    private Bidder bidder() {
        String id = ids.next("usr");
        return new Bidder(id, issuer.token(id, Instant.now()));
    }

    /// A new auction for a function to take bids on.
    String auction(String function) {
        if (!function.equals("placeBid")) {
            String id = ids.next("auc");
            dynamo.putItem(put -> put.tableName(NaivePlaceBid.TABLE)
                    .item(NaivePlaceBid.item(
                            id, BidLoad.START_PRICE, Instant.now().plus(AUCTION))));
            return id;
        }
        Map<String, Object> body = Map.of(
                "title",
                "A hot auction",
                "preset",
                "hard-close",
                "startPrice",
                Map.of("amount", Long.toString(BidLoad.START_PRICE), "currency", "KRW"),
                "duration",
                AUCTION.toString());
        return market.post("/v1/auctions", seller.token(), ids.next("key"), body, null)
                .expect(201, "opening an auction")
                .body()
                .path("auctionId")
                .asString();
    }

    /// How many of the acknowledged bids the stored history does not have under their number and bidder.
    long lost(String auction, List<Acknowledged> acknowledged) {
        Set<Acknowledged> stored = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = market.get("/v1/auctions/" + auction + "/bids?limit=500" + cursor, seller.token(), null)
                    .expect(200, "reading a bid history")
                    .body();
            page.path("bids")
                    .forEach(bid -> stored.add(new Acknowledged(
                            bid.path("number").asLong(), bid.path("bidder").asString())));
            cursor = page.path("cursor").asString("").transform(next -> next.isEmpty() ? "" : "&cursor=" + next);
        } while (!cursor.isEmpty());
        // Removing makes the second of two acknowledgements of one number a lost bid.
        return acknowledged.stream().filter(bid -> !stored.remove(bid)).count();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("While stopping: " + e);
            }
        }
    }
}
