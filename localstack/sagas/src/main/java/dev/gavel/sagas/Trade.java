package dev.gavel.sagas;

import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.UserEvent.UserContactChanged;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.UserId;
import dev.gavel.sagas.Market.Answer;
import dev.gavel.simulators.SmsSimulator;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One auction and what becomes of it, from the first bid to the last won: played by a seller, two bidders, an operator
/// and the schedules.
final class Trade {

    /// How it goes.
    enum Way {
        /// Paid, shipped, arrived, confirmed, paid out.
        CONFIRMED,
        /// Declined at first; then the buyer is not content, and gets half of it back.
        DISPUTED,
        /// The buyer is not content and sends it back, and nobody objects.
        RETURNED,
        /// Not paid: the other bidder gets it and pays.
        SECOND_CHANCE,
        /// Paid, and the seller takes it back.
        TAKEN_BACK
    }

    private static final int MOST_ROUNDS = 40;
    private static final List<String> SWEEPERS = List.of(
            "relay-auction-facts",
            "relay-order-facts",
            "relay-payment-facts",
            "relay-parcel-facts",
            "relay-notification-facts",
            "check-payments",
            "queue-notices");
    private static final Duration ROUND = Duration.ofSeconds(30);

    private final Market market;
    private final Way way;
    private final UserId seller;
    private final UserId anna;
    private final UserId bora;
    private final StringJoiner answers = new StringJoiner(" ");
    private final int takenBefore;
    private final int givenBackBefore;
    private final String phone =
            "+8210%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    private String auction = "";

    Trade(Market market, Ids ids, Way way) {
        this.market = market;
        this.way = way;
        this.seller = UserId.next(ids);
        this.anna = UserId.next(ids);
        this.bora = UserId.next(ids);
        this.takenBefore = market.toss.timesTaken();
        this.givenBackBefore = market.toss.timesGivenBack();
    }

    /// Plays it to its end.
    ///
    /// @return all that is known of it then, without anything that differs from run to run
    /// @throws IllegalStateException when it gets stuck
    String play() {
        for (UserId user : List.of(seller, anna, bora)) {
            market.happened(
                    "accounts",
                    new Fact<>(
                            "/functions/register-user",
                            2,
                            market.clock.instant(),
                            new UserContactChanged(user, address(user), null, market.clock.instant())));
        }
        market.deliver();
        said(market.post("phone", "register-phone", anna, "/v1/users/me/phone", Map.of("phone", phone)));
        said(market.post("phone", "confirm-phone", anna, "/v1/users/me/phone/confirm", Map.of("code", code())));
        Answer opened = market.post(
                "open",
                "open-auction",
                seller,
                "/v1/auctions",
                Map.of("title", "Lens", "startPrice", won(1_000), "duration", "PT1H", "preset", "hard-close"));
        auction = said(opened).body().path("auctionId").asString();
        said(market.post("bid", "place-bid", bora, "/v1/auctions/" + auction + "/bids", Map.of("maximum", won(8_000))));
        said(market.post(
                "bid", "place-bid", anna, "/v1/auctions/" + auction + "/bids", Map.of("maximum", won(20_000))));
        market.passes(Duration.ofMinutes(61));
        until("sold", () -> status(order(1), anna).equals("awaiting-payment"), "close-auction");
        switch (way) {
            case CONFIRMED -> {
                pay(order(1), anna);
                take("ship", "register-shipment", seller, "/shipment", outbound());
                arrive(outbound());
                until("delivered", () -> status(order(1), anna).equals("delivered"), "poll-carriers");
                take("confirm", "confirm-purchase", anna, "/confirm", Map.of());
                paidOut(order(1), anna, "completed");
            }
            case DISPUTED -> {
                market.toss.declineNext("REJECT_CARD_COMPANY");
                market.fate.act("declined");
                declined(confirm(order(1), anna));
                pay(order(1), anna);
                take("ship", "register-shipment", seller, "/shipment", outbound());
                take("dispute", "open-dispute", anna, "/dispute", Map.of("reason", "scratched"));
                said(market.operate(
                        "resolve",
                        "resolve-dispute",
                        bora,
                        "/v1/orders/" + order(1) + "/dispute/resolve",
                        Map.of("toBuyer", won(4_000))));
                market.deliver();
                paidOut(order(1), anna, "completed");
            }
            case RETURNED -> {
                pay(order(1), anna);
                take("ship", "register-shipment", seller, "/shipment", outbound());
                take("arrive", "confirm-delivery", anna, "/delivery", Map.of());
                take("dispute", "open-dispute", anna, "/dispute", Map.of("reason", "another lens"));
                Map<String, String> back = Map.of("carrier", "hanjin", "trackingNumber", auction.substring(4));
                sendBack(back);
                arrive(back);
                until("back", () -> seen(order(1), anna).has("returnedAt"), "poll-carriers");
                market.passes(Duration.ofDays(4));
                until("refunded", () -> status(order(1), anna).equals("refunded"), "poll-carriers", "refund-returned");
            }
            case SECOND_CHANCE -> {
                market.passes(Duration.ofHours(25));
                until("offered", () -> status(order(2), bora).equals("awaiting-payment"), "expire-unpaid");
                pay(order(2), bora);
                said(market.post(
                        "ship", "register-shipment", seller, "/v1/orders/" + order(2) + "/shipment", outbound()));
                market.deliver();
                market.passes(Duration.ofDays(15));
                until("silence", () -> !status(order(2), bora).equals("shipped"), "auto-confirm-purchase");
                paidOut(order(2), bora, "completed");
            }
            case TAKEN_BACK -> {
                pay(order(1), anna);
                take("cancel", "cancel-order", seller, "/cancel", Map.of());
                until("refunded", () -> status(order(1), anna).equals("refunded"));
            }
        }
        // Once more around for what a death may have left, and again for what must not happen twice.
        for (int round = 0; round < 2; round++) {
            round(true, "pay-out");
        }
        return outcome();
    }

    private static String address(UserId user) {
        return user.value().toLowerCase(Locale.ROOT) + "@example.com";
    }

    /// The newest code that came to the phone.
    private String code() {
        List<SmsSimulator.Text> codes = texts().filter(text -> text.text().matches("(?s).*\\b[0-9]{6}\\b.*"))
                .toList();
        return codes.isEmpty() ? "000000" : codes.getLast().text().replaceAll("(?s).*?\\b([0-9]{6})\\b.*", "$1");
    }

    private Stream<SmsSimulator.Text> texts() {
        return market.texts.texts().stream().filter(text -> text.to().equals(phone));
    }

    private void pay(String order, UserId buyer) {
        until("due", () -> payment(order, buyer).path("status").asString("").equals("due"));
        said(confirm(order, buyer));
        market.deliver();
        until("paid", () -> status(order, buyer).equals("paid"));
    }

    /// Whose process died after it had asked the gateway is told that the outcome is not known yet.
    private void declined(Answer answer) {
        boolean open = answer.status() == 200
                && answer.body().path("status").asString().equals("confirming");
        answers.add(open || answer.status() == 409 ? "declined" : answer.toString());
    }

    private Answer confirm(String order, UserId buyer) {
        JsonNode amount = payment(order, buyer).path("amount");
        String key = market.toss.authorize(
                order, Long.parseLong(amount.path("amount").asString()));
        return market.post(
                "pay",
                "confirm-payment",
                buyer,
                "/v1/orders/" + order + "/payment/confirm",
                Map.of("paymentKey", key, "amount", amount));
    }

    private void take(String step, String service, UserId user, String path, Map<String, ?> body) {
        said(market.post(step, service, user, "/v1/orders/" + order(1) + path, body));
        market.deliver();
    }

    /// The buyer asks again until those who ship know of the dispute.
    private void sendBack(Map<String, String> parcel) {
        Answer[] last = new Answer[1];
        until("sent back", () -> {
            last[0] = market.post("return", "return-shipment", anna, "/v1/orders/" + order(1) + "/return", parcel);
            return last[0].status() != 409;
        });
        said(last[0]);
        market.deliver();
    }

    private Map<String, String> outbound() {
        return Map.of("carrier", "epost", "trackingNumber", auction.substring(4));
    }

    /// The carrier hands the parcel over, some time before it is next asked.
    private void arrive(Map<String, String> parcel) {
        market.carriers.move(
                parcel.getOrDefault("carrier", ""),
                parcel.getOrDefault("trackingNumber", ""),
                "delivered",
                market.clock.instant());
        market.passes(Duration.ofMinutes(16));
    }

    private void paidOut(String order, UserId buyer, String status) {
        until(status, () -> status(order, buyer).equals(status));
        until(
                "paid out",
                () -> payment(order, seller).path("payout").asString("").equals("sent"),
                "pay-out");
    }

    /// Lets schedules strike and facts arrive until something is so.
    private void until(String what, BooleanSupplier so, String... schedules) {
        market.deliver();
        for (int i = 0; !so.getAsBoolean(); i++) {
            if (i == MOST_ROUNDS) {
                throw new IllegalStateException("it is never " + what + ": " + outcome());
            }
            // Only a death leaves something to the sweepers.
            round(i > 0, schedules);
        }
    }

    private void round(boolean sweeping, String... schedules) {
        market.clock.advance(ROUND);
        for (String schedule : schedules) {
            market.tick(schedule);
        }
        if (sweeping) {
            SWEEPERS.forEach(market::tick);
        }
        market.deliver();
    }

    private String order(int offer) {
        return OrderId.of(new AuctionId(auction), offer).value();
    }

    private String status(String order, UserId buyer) {
        return seen(order, buyer).path("status").asString("");
    }

    /// The order, or nothing when there is none yet.
    private JsonNode seen(String order, UserId buyer) {
        Answer answer = market.get("get-order", buyer, "/v1/orders/" + order);
        return answer.status() == 200 ? answer.body() : MissingNode.getInstance();
    }

    private JsonNode payment(String order, UserId user) {
        return market.get("get-payment", user, "/v1/orders/" + order + "/payment")
                .body();
    }

    private Answer said(Answer answer) {
        answers.add(Integer.toString(answer.status()));
        return answer;
    }

    private static Map<String, String> won(int amount) {
        return Map.of("amount", Integer.toString(amount), "currency", "KRW");
    }

    // ---- what became of it

    private String outcome() {
        StringJoiner all = new StringJoiner("\n");
        all.add("answers " + answers);
        for (int offer = 1; offer <= 2; offer++) {
            UserId buyer = offer == 1 ? anna : bora;
            Answer order = market.get("get-order", buyer, "/v1/orders/" + order(offer));
            if (order.status() != 200) {
                continue;
            }
            JsonNode history = order.body().path("history");
            StringJoiner statuses = new StringJoiner(" ");
            history.forEach(passed -> statuses.add(passed.path("status").asString()));
            JsonNode payment = payment(order(offer), seller);
            all.add("order " + offer + " " + statuses + " " + order.body().path("decision"));
            all.add("payment " + payment.path("status").asString("none") + " refunded " + amount(payment, "refunded")
                    + " credited " + amount(payment, "credited") + " fee " + amount(payment, "fee") + " payout "
                    + payment.path("payout").asString("none"));
            all.add("gateway has " + market.toss.balance(order(offer)));
            all.add(books(payment.path("paymentId").asString("none")));
        }
        told(all, "seller", seller);
        told(all, "anna", anna);
        told(all, "bora", bora);
        all.add("waiting " + market.postponed());
        all.add("texts to anna " + texts().count());
        all.add("taken " + (market.toss.timesTaken() - takenBefore) + " given back "
                + (market.toss.timesGivenBack() - givenBackBefore));
        return all.toString();
    }

    /// What somebody has in the inbox, and how many mails came.
    private void told(StringJoiner all, String name, UserId user) {
        List<String> kinds = new ArrayList<>();
        market.get("list-notices", user, "/v1/users/me/notices?limit=100")
                .body()
                .path("notices")
                .forEach(notice -> kinds.add(notice.path("kind").asString()));
        long mails = market.mailbox.letters().stream()
                .filter(letter -> letter.to().contains(address(user)))
                .count();
        all.add(name + " was told " + kinds.stream().sorted().toList() + " and has " + mails + " mails");
    }

    private static String amount(JsonNode payment, String member) {
        return payment.path(member).path("amount").asString("0");
    }

    /// The payouts that left, the ledger of one payment by account, and its sum, which is nothing.
    private String books(String payment) {
        Map<String, BigDecimal> accounts = new TreeMap<>();
        int journals = 0;
        for (Map<String, AttributeValue> item : market.dynamo
                .query(query -> query.tableName(market.tables.name("ledger"))
                        .consistentRead(true)
                        .keyConditionExpression("paymentId = :id")
                        .expressionAttributeValues(Map.of(
                                ":id", AttributeValue.builder().s(payment).build())))
                .items()) {
            @Nullable AttributeValue posted = item.get("posted");
            if (posted == null) {
                continue;
            }
            journals++;
            Json.MAPPER
                    .readTree(posted.s())
                    .path("postings")
                    .forEach(posting -> accounts.merge(
                            posting.path("account").asString().replaceFirst(":.*", ""),
                            new BigDecimal(posting.path("amount").path("amount").asString()),
                            BigDecimal::add));
        }
        long payouts = market.toss.payouts().values().stream()
                .filter(body -> body.contains(payment))
                .count();
        BigDecimal sum = accounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return "ledger " + journals + " journals " + accounts + " sum " + sum + ", payouts " + payouts;
    }
}
