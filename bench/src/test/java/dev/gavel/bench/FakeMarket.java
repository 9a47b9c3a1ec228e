package dev.gavel.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gavel.events.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The part of the HTTP API the replay uses, in memory, right or with one mistake.
final class FakeMarket implements AutoCloseable {

    /// What it gets wrong.
    enum Mistake {
        NONE,
        /// Bids are taken until the schedule closes the auction, not until its end.
        CLOSES_BY_TICK,
        /// Every third bid replaces the leader without being compared.
        OVERWRITES,
        /// A repeated bid is taken for a new one.
        FORGETS_KEYS
    }

    static final String REPLAY_KEY = "secret";
    private static final Pattern AUCTION = Pattern.compile("/v1/auctions/([^/]+)(/bids)?");

    private final HttpServer server;
    private final Mistake mistake;
    private final Map<String, Lot> lots = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();
    private int bids;

    private static final class Lot {
        final String seller;
        final long startPrice;
        final long reserve;
        final Instant startsAt;
        final Instant endsAt;
        long price;
        String leader = "";
        boolean closed;

        Lot(String seller, long startPrice, long reserve, Instant startsAt, Instant endsAt) {
            this.seller = seller;
            this.startPrice = startPrice;
            this.reserve = reserve;
            this.startsAt = startsAt;
            this.endsAt = endsAt;
            this.price = startPrice;
        }
    }

    private record Reply(int status, Object body) {}

    FakeMarket(Mistake mistake) throws IOException {
        this.mistake = mistake;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Reply reply;
        synchronized (this) {
            reply = reply(exchange, body.length == 0 ? null : Json.MAPPER.readTree(body));
        }
        byte[] text = Json.MAPPER.writeValueAsBytes(reply.body());
        exchange.sendResponseHeaders(reply.status(), text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private Reply reply(HttpExchange exchange, @Nullable JsonNode body) {
        String path = exchange.getRequestURI().getPath();
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        String user = token == null ? "" : token.replace("Bearer token-of-", "");
        Instant at = receivedAt(exchange);
        if (path.equals("/v1/users") && body != null) {
            return new Reply(202, Map.of("status", "accepted"));
        }
        if (path.equals("/v1/tokens") && body != null) {
            String email = body.path("email").asString();
            return new Reply(
                    200, Map.of("userId", "usr_" + email, "accessToken", "token-of-usr_" + email, "expiresIn", 900));
        }
        if (path.equals("/")) {
            lots.values().stream().filter(lot -> !at.isBefore(lot.endsAt)).forEach(lot -> lot.closed = true);
            return new Reply(202, Map.of());
        }
        if (path.equals("/v1/auctions") && body != null) {
            return open(user, body, at);
        }
        Matcher matcher = AUCTION.matcher(path);
        Lot lot = matcher.matches() ? lots.get(matcher.group(1)) : null;
        if (lot == null) {
            return problem(404, "bid-auction-unknown");
        }
        if (body == null) {
            return new Reply(200, view(matcher.group(1), lot));
        }
        String key = user + exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String first = answers.get(key);
        if (first != null && mistake != Mistake.FORGETS_KEYS) {
            return new Reply(201, Map.of("first", first));
        }
        Reply reply = bid(
                lot, user, Long.parseLong(body.path("maximum").path("amount").asString()), at);
        if (reply.status() == 201) {
            String answer = "bid " + bids + " at " + lot.price;
            answers.put(key, answer);
            return new Reply(201, Map.of("first", answer));
        }
        return reply;
    }

    private static Instant receivedAt(HttpExchange exchange) {
        String at = exchange.getRequestHeaders().getFirst("gavel-replay-time");
        boolean trusted = REPLAY_KEY.equals(exchange.getRequestHeaders().getFirst("gavel-replay-key"));
        return at != null && trusted ? Instant.parse(at) : Instant.EPOCH;
    }

    private Reply open(String user, JsonNode body, Instant at) {
        String id = "auc_" + lots.size();
        Instant ends = at.plus(Duration.parse(body.path("duration").asString()));
        Lot lot = new Lot(user, amount(body, "startPrice"), amount(body, "reserve"), at, ends);
        lots.put(id, lot);
        return new Reply(201, view(id, lot));
    }

    private static long amount(JsonNode body, String member) {
        return Long.parseLong(body.path(member).path("amount").asString());
    }

    private Map<String, Object> view(String id, Lot lot) {
        boolean sold = lot.closed && !lot.leader.isEmpty() && lot.price >= lot.reserve;
        return Map.of(
                "auctionId",
                id,
                "status",
                lot.closed ? "closed" : "open",
                "result",
                sold ? "sold" : "reserve-not-met",
                "price",
                Map.of("amount", Long.toString(lot.price), "currency", "KRW"),
                "winner",
                sold ? lot.leader : "",
                "endsAt",
                lot.endsAt);
    }

    private Reply bid(Lot lot, String user, long amount, Instant at) {
        if (user.equals(lot.seller)) {
            return problem(403, "bid-own-auction");
        }
        if (lot.closed || (mistake != Mistake.CLOSES_BY_TICK && !at.isBefore(lot.endsAt))) {
            return problem(409, "bid-auction-ended");
        }
        if (at.isBefore(lot.startsAt)) {
            return problem(409, "bid-not-started");
        }
        boolean compared = mistake != Mistake.OVERWRITES || bids % 3 != 0;
        if (amount < lot.startPrice || (compared && !lot.leader.isEmpty() && amount <= lot.price)) {
            return problem(409, "bid-too-low");
        }
        bids++;
        lot.price = amount;
        lot.leader = user;
        return new Reply(201, Map.of());
    }

    private static Reply problem(int status, String name) {
        return new Reply(status, Map.of("type", "https://gavel.dev/problems/" + name, "status", status));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
