package dev.gavel.bench;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.events.Json;
import dev.gavel.runtime.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/// Takes everything that was sold to its end: the winner pays at the gateway, the seller ships, the winner confirms,
/// the money leaves for the seller's bank. Then the books of both sides are compared.
final class Settlement {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_TICKS = Duration.ofSeconds(2);

    /// Something that was sold.
    record Sale(String auctionId, long seller, long winner) {}

    /// Where the outsiders and the store of the platform are, and two functions that schedules strike at.
    record Places(URI bank, URI mailbox, URI dynamoDb, URI payOut, URI relayAuctionFacts) {}

    /// @param settled trades whose money is with the seller
    /// @param ledgerSum all postings together
    /// @param gatewayDifference what the books of the gateway and the bank differ from the ledger, by payment
    /// @param duplicateNotices mails that came again, and notices of one kind about one thing to one person
    record Result(int sold, int settled, BigDecimal ledgerSum, BigDecimal gatewayDifference, long duplicateNotices) {

        boolean passed() {
            return sold > 0
                    && settled == sold
                    && ledgerSum.signum() == 0
                    && gatewayDifference.signum() == 0
                    && duplicateNotices == 0;
        }

        String line() {
            return "settle: sold=" + sold + " settled=" + settled + " ledger-sum=" + ledgerSum.toPlainString()
                    + " gateway-diff=" + gatewayDifference.toPlainString() + " duplicate-notices=" + duplicateNotices;
        }
    }

    private final MarketApi api;
    private final MarketApi bank;
    private final MarketApi mailbox;
    private final People people;
    private final Places places;
    private final Instant replayed;
    private final Progress progress;
    private final Map<String, String> payments = new ConcurrentHashMap<>();

    /// @param replayed when everything was sold, on the clock of the replay
    Settlement(MarketApi api, People people, Places places, Instant replayed, Progress progress) {
        this.api = api;
        this.bank = new MarketApi(places.bank(), null);
        this.mailbox = new MarketApi(places.mailbox(), null);
        this.people = people;
        this.places = places;
        this.replayed = replayed;
        this.progress = progress;
    }

    /// @throws IllegalStateException when a trade is stuck for a quarter of an hour
    Result settle(List<Sale> sales, int atOnce) {
        AtomicInteger settled = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Thread schedules = Thread.ofVirtual().start(() -> strike(done));
        try {
            Lanes.forEach(sales, atOnce, sale -> {
                trade(sale);
                settled.incrementAndGet();
                progress.say(() -> "settled " + settled.get() + " of " + sales.size());
            });
        } finally {
            done.set(true);
            schedules.interrupt();
        }
        return audit(sales.size(), settled.get());
    }

    /// Payouts sooner than their schedule, and what was left in the outbox of auctions: the facts of the replay are of
    /// tomorrow, so the schedule on the real clock would not look for them today.
    private void strike(AtomicBoolean done) {
        while (!done.get()) {
            try {
                Thread.sleep(BETWEEN_TICKS);
                api.tick(places.relayAuctionFacts(), "relay-auction-facts", replayed.plus(PATIENCE));
                api.tick(places.payOut(), "pay-out", Clock.systemUTC().instant());
            } catch (InterruptedException | RuntimeException e) {
                // The schedule of the platform strikes, too.
                if (e instanceof InterruptedException) {
                    return;
                }
            }
        }
    }

    private void trade(Sale sale) {
        String id = "ord_" + sale.auctionId().substring("auc_".length());
        String order = "/v1/orders/" + id;
        JsonNode payment = await(
                order + "/payment", sale.winner(), seen -> text(seen, "status").equals("due"));
        payments.put(text(payment, "paymentId"), id);
        JsonNode amount = payment.path("amount");
        String key = text(
                bank.post(
                                "/simulator/authorizations",
                                null,
                                UUID.randomUUID().toString(),
                                Map.of("orderId", id, "amount", Long.parseLong(text(amount, "amount"))),
                                null)
                        .expect(201, "agreeing to pay")
                        .body(),
                "paymentKey");
        post(order + "/payment/confirm", sale.winner(), Map.of("paymentKey", key, "amount", amount));
        await(order, sale.seller(), seen -> text(seen, "status").equals("paid"));
        post(order + "/shipment", sale.seller(), Map.of("carrier", "epost", "trackingNumber", id.substring(4)));
        post(order + "/confirm", sale.winner(), Map.of());
        await(order + "/payment", sale.seller(), seen -> text(seen, "payout").equals("sent"));
        await(order, sale.winner(), seen -> text(seen, "status").equals("completed"));
    }

    private void post(String path, long person, Object body) {
        api.post(path, people.token(person), UUID.randomUUID().toString(), body, null)
                .expect(200, path);
    }

    private JsonNode await(String path, long person, Predicate<JsonNode> so) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            MarketApi.Answer answer = api.get(path, people.token(person), null);
            if (answer.status() == 200 && so.test(answer.body())) {
                return answer.body();
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(path + " is stuck at "
                + api.get(path, people.token(person), null).text() + "; " + deadLetters());
    }

    private String deadLetters() {
        try (DynamoDbClient store = store()) {
            List<String> letters = new ArrayList<>();
            scan(
                    store,
                    "gavel-dead-letters",
                    letter -> letters.add(Stream.of("keptAt", "type", "eventId", "destination", "code", "reason")
                            .map(member -> member + "=" + text(letter.get(member)))
                            .collect(Collectors.joining(" "))));
            return "dead letters: " + letters.size() + " "
                    + letters.stream().limit(20).toList();
        } catch (RuntimeException e) {
            return "the dead letters could not be read: " + e;
        }
    }

    private static String text(@Nullable AttributeValue value) {
        if (value == null) {
            return "";
        }
        return value.s() == null ? String.valueOf(value.n()) : value.s();
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asString("");
    }

    // ---- the books

    private Result audit(int sold, int settled) {
        Map<String, BigDecimal> gateway = new HashMap<>();
        Map<String, BigDecimal> sent = new HashMap<>();
        BigDecimal[] sum = {BigDecimal.ZERO};
        Map<String, Integer> notices = new HashMap<>();
        try (DynamoDbClient store = store()) {
            scan(
                    store,
                    "gavel-ledger",
                    "posted",
                    journal -> journal.path("postings").forEach(posting -> {
                        String account = text(posting, "account");
                        BigDecimal amount = new BigDecimal(text(posting.path("amount"), "amount"));
                        sum[0] = sum[0].add(amount);
                        String payment = text(journal, "paymentId");
                        if (account.equals("gateway")) {
                            gateway.merge(payments.getOrDefault(payment, payment), amount, BigDecimal::add);
                        } else if (account.equals("bank")) {
                            sent.merge(payment, amount.negate(), BigDecimal::add);
                        }
                    }));
            scan(
                    store,
                    "gavel-notices",
                    "state",
                    notice -> notices.merge(text(notice, "userId") + " " + notice.path("content"), 1, Integer::sum));
        }
        JsonNode books = bank.get("/simulator/books", null, null)
                .expect(200, "reading the books of the gateway")
                .body();
        bank.close();
        books.path("payments")
                .forEach(payment -> gateway.merge(
                        text(payment, "orderId"),
                        payment.path("balance").decimalValue().negate(),
                        BigDecimal::add));
        books.path("payouts")
                .forEach(payout -> sent.merge(
                        text(payout, "paymentId"),
                        new BigDecimal(text(payout.path("amount"), "amount")).negate(),
                        BigDecimal::add));
        JsonNode mails =
                mailbox.get("/counts", null, null).expect(200, "counting mails").body();
        mailbox.close();
        long again = mails.path("taken").asLong() - mails.path("different").asLong();
        long repeated = notices.values().stream().mapToLong(times -> times - 1L).sum();
        progress.now(deadLetters());
        progress.now("mails: " + mails + ", notices: " + notices.size());
        return new Result(sold, settled, sum[0], difference(gateway).add(difference(sent)), again + repeated);
    }

    private static BigDecimal difference(Map<String, BigDecimal> books) {
        return books.values().stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private DynamoDbClient store() {
        return DynamoClients.of(Settings.of(Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", places.dynamoDb().toString(),
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local")));
    }

    private static void scan(DynamoDbClient store, String table, String member, Consumer<JsonNode> each) {
        scan(store, table, item -> {
            AttributeValue json = item.get(member);
            if (json != null) {
                each.accept(Json.MAPPER.readTree(json.s()));
            }
        });
    }

    private static void scan(DynamoDbClient store, String table, Consumer<Map<String, AttributeValue>> each) {
        store.scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .forEach(each);
    }
}
