package dev.gavel.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.PaymentEvent;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.ReceiptTime;
import dev.gavel.runtime.RecordedFacts;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.simulators.TossSimulator;
import dev.gavel.simulators.TossSimulator.Mood;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import dev.gavel.testkit.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context as their callers see them, over HTTP, on a real store and with a gateway that has
/// books of its own.
class PaymentFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final RecordedFacts FACTS = new RecordedFacts();
    private static final MovableClock CLOCK = MovableClock.at(Till.NOON);
    private static final TossSimulator TOSS = new TossSimulator();

    private static FunctionHost resources;
    private static FunctionHost expecting;
    private static FunctionHost settling;
    private static FunctionHost checking;
    private static FunctionHost paying;
    private static FunctionHost reconciling;

    private final OrderId order = Till.nextOrder();
    private final String path = "/v1/orders/" + order + "/payment";

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix())
                    .create(client, "payments", "ledger", "outbox", "idempotency", "inbox");
        }
        resources = host("confirmPayment,getPayment,handleGatewayWebhook,getReconciliation");
        expecting = host("expectPayment");
        settling = host("settlePayment");
        checking = host("checkPayments");
        paying = host("payOut");
        reconciling = host("reconcileLedger");
    }

    @AfterAll
    static void stop() {
        List.of(resources, expecting, settling, checking, paying, reconciling).forEach(FunctionHost::close);
        TOSS.close();
    }

    @AfterEach
    void normal() {
        TOSS.next(Mood.NORMAL);
        TOSS.normalCurrency();
    }

    @Test
    void moneyGoesFromTheBuyerToTheSeller() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        assertThat(status()).isEqualTo("due");
        Answer held = confirm(authorized(), "52001");
        assertThat(held.status()).as(held.text()).isEqualTo(200);
        assertThat(held.json().get("status").asString()).isEqualTo("held");
        settle(Till.decided(order, 52_001, 0));
        assertThat(tick(paying)).isEqualTo(202);
        var seen = as(Till.SELLER).get(path).json();
        assertThat(seen.get("status").asString()).isEqualTo("settled");
        assertThat(seen.get("payout").asString()).isEqualTo("sent");
        assertThat(seen.at("/fee/amount").asString()).isEqualTo("1560");
        assertThat(TOSS.payouts()).containsKey("pay_" + order.value().substring(4) + "-payout");
        assertThat(facts()).hasExactlyElementsOfTypes(PaymentHeld.class, PaymentSettled.class, PaidOut.class);
    }

    @Test
    void aRepeatedConfirmationGetsItsFirstAnswerAndChargesOnce() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        int before = TOSS.timesTaken();
        Map<String, Object> body = body(authorized(), "52001", "KRW");
        Answer first = as(Till.BUYER).post(path + "/confirm", body, "one-key-" + order);
        Answer again = as(Till.BUYER).post(path + "/confirm", body, "one-key-" + order);
        assertThat(first.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(as(Till.BUYER)
                        .post(path + "/confirm", body)
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("held");
        assertThat(TOSS.timesTaken()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "52000, KRW, 422",
        "52001, JPY, 422",
        "-52001, KRW, 422",
        "0, KRW, 422",
        "1.5, KRW, 422",
        "52001, XXXX, 422"
    })
    void anotherAmountIsRefusedAndNothingIsCalled(String amount, String currency, int status) {
        expect(Till.placed(order, Till.TERMS.payBy()));
        int before = TOSS.requests().size();
        Answer answer = as(Till.BUYER).post(path + "/confirm", body("tgen_any_key", amount, currency));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(TOSS.requests()).hasSize(before);
        assertThat(status()).isEqualTo("due");
    }

    @Test
    void somebodyElsesOrderLooksLikeNone() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        Map<String, Object> body = body("tgen_any_key", "52001", "KRW");
        Answer others = as(Till.STRANGER).post(path + "/confirm", body);
        Answer none = as(Till.STRANGER).post("/v1/orders/" + Till.nextOrder() + "/payment/confirm", body);
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.json()).isEqualTo(none.json());
        assertThat(as(Till.SELLER).post(path + "/confirm", body).status()).isEqualTo(404);
        assertThat(as(Till.STRANGER).get(path).status()).isEqualTo(404);
        assertThat(FunctionCaller.of(resources.uri()).get(path).status()).isEqualTo(401);
        assertThat(as(Till.BUYER).get("/v1/orders/nonsense/payment").status()).isEqualTo(404);
        assertThat(as(Till.BUYER)
                        .post(path + "/confirm", body("../../cancel", "52001", "KRW"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aDeclineIsAProblemWithTheGatewaysCode() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        String key = authorized();
        TOSS.declineNext("REJECT_CARD_COMPANY");
        Answer declined = confirm(key, "52001");
        assertThat(declined.status()).isEqualTo(409);
        assertThat(declined.json().get("type").asString()).endsWith("/payment-declined");
        assertThat(declined.json().get("code").asString()).isEqualTo("REJECT_CARD_COMPANY");
        assertThat(confirm(key, "52001").status()).isEqualTo(409);
        assertThat(confirm(authorized(), "52001").status()).isEqualTo(200);
        assertThat(facts()).hasExactlyElementsOfTypes(PaymentDeclined.class, PaymentHeld.class);
    }

    @Test
    void aChargeWhoseAnswerWasLostIsFoundByTheNextCheck() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        int before = TOSS.timesTaken();
        String key = authorized();
        TOSS.next(Mood.LOSE_THE_ANSWER);
        Answer answer = confirm(key, "52001");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("confirming");
        tick(checking);
        assertThat(status()).isEqualTo("confirming");
        CLOCK.advance(Duration.ofSeconds(10));
        tick(checking);
        tick(checking);
        assertThat(status()).isEqualTo("held");
        assertThat(TOSS.timesTaken()).isEqualTo(before + 1);
        assertThat(facts()).hasExactlyElementsOfTypes(PaymentHeld.class);
    }

    @Test
    void aWebhookIsNeverBelieved() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        assertThat(webhook(order.value()).status()).isEqualTo(200);
        assertThat(status()).isEqualTo("due");
        TOSS.chargeAnyway(order.value(), 52_001, "JPY");
        assertThat(webhook(order.value()).status()).isEqualTo(200);
        assertThat(status()).isEqualTo("due");
        assertThat(facts()).isEmpty();
        TOSS.normalCurrency();
        assertThat(webhook(order.value()).status()).isEqualTo(200);
        assertThat(webhook(order.value()).status()).isEqualTo(200);
        assertThat(status()).isEqualTo("held");
        assertThat(facts()).hasExactlyElementsOfTypes(PaymentHeld.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 200",
                "{\"data\":{\"orderId\":5}} | 200",
                "{\"data\":[]} | 200",
                "{\"data\":\"x\"} | 200",
                "{\"data\":{\"orderId\":\"ord_x\"}} | 200",
                "{\"orderId\":\"ord_x\"} | 422",
                "{\"orderId\":\"ord_01KAMR2B5D7F9H1K3M5P7R9T1V\",\"status\":\"DONE\",\"secret\":\"s\"} | 200",
                "{\"addedLater\":{\"orderId\":[1]},\"data\":{}} | 200",
                "[] | 400",
                "{ | 400",
            })
    void garbageForTheWebhookHasNoEffect(String body, int status) {
        int before = TOSS.requests().size();
        Answer answer = FunctionCaller.of(resources.uri()).send("POST", "/v1/webhooks/toss", body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(TOSS.requests()).hasSize(before);
    }

    @Test
    void moneyThatComesAfterTheOrderWasGivenUpIsHeldAndGivenBack() {
        expect(Till.cancelled(order));
        expect(Till.placed(order, Till.TERMS.payBy()));
        assertThat(status()).isEqualTo("void");
        TOSS.chargeAnyway(order.value(), 52_001, "KRW");
        webhook(order.value());
        assertThat(facts()).hasExactlyElementsOfTypes(PaymentHeld.class);
        settle(Till.decided(order, 0, 52_001));
        assertThat(TOSS.balance(order.value())).isZero();
        assertThat(status()).isEqualTo("settled");
    }

    @Test
    void aDecisionDeliveredTwoHundredTimesHasOneEffect() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        confirm(authorized(), "52001");
        int before = TOSS.timesGivenBack();
        // Some are new to the inbox, as when its records have expired.
        for (int i = 0; i < 200; i++) {
            Answer answer = FunctionCaller.of(settling.uri())
                    .deliver(Till.fact(3 + i % 10, Till.decided(order, 26_000, 26_001)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            if (i % 20 == 0) {
                tick(paying);
            }
        }
        assertThat(TOSS.timesGivenBack()).isEqualTo(before + 1);
        assertThat(TOSS.balance(order.value())).isEqualTo(26_000);
        assertThat(TOSS.payouts().keySet())
                .filteredOn(key -> key.contains(order.value().substring(4)))
                .hasSize(1);
        assertThat(facts()).hasExactlyElementsOfTypes(PaymentHeld.class, PaymentSettled.class, PaidOut.class);
    }

    @Test
    void aDecisionThatMovesMoreThanIsHeldGoesToTheDeadLetters() {
        Fact<OrderDecided> greedy = Till.fact(3, Till.decided(order, 52_001, 52_001));
        assertThat(FunctionCaller.of(settling.uri()).deliver(greedy).status()).isEqualTo(503);
        expect(Till.placed(order, Till.TERMS.payBy()));
        confirm(authorized(), "52001");
        assertThat(FunctionCaller.of(settling.uri()).deliver(greedy).status()).isEqualTo(500);
        assertThat(status()).isEqualTo("held");
        assertThat(TOSS.balance(order.value())).isEqualTo(52_001);
    }

    @Test
    void operatorsSeeWhetherTheBooksAgree() {
        expect(Till.placed(order, Till.TERMS.payBy()));
        for (int i = 0; i < 3; i++) {
            assertThat(tick(reconciling)).isEqualTo(202);
        }
        assertThat(as(Till.BUYER).get("/v1/payments/reconciliation").status()).isEqualTo(403);
        Answer report = FunctionCaller.of(resources.uri())
                .withToken(Till.STRANGER + "+operator")
                .get("/v1/payments/reconciliation");
        assertThat(report.status()).as(report.text()).isEqualTo(200);
        assertThat(report.json().at("/last/checked").asInt()).isPositive();
    }

    private static int tick(FunctionHost host) {
        return FunctionCaller.of(host.uri()).tick().status();
    }

    private void expect(OrderEvent event) {
        long sequence = event instanceof OrderEvent.OrderPlaced ? 1 : 2;
        Answer answer = FunctionCaller.of(expecting.uri()).deliver(Till.fact(sequence, event));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private void settle(OrderDecided decided) {
        Answer answer = FunctionCaller.of(settling.uri()).deliver(Till.fact(3, decided));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private String authorized() {
        return TOSS.authorize(order.value(), 52_001);
    }

    private Answer confirm(String key, String amount) {
        return as(Till.BUYER).post(path + "/confirm", body(key, amount, "KRW"));
    }

    private static Map<String, Object> body(String key, String amount, String currency) {
        return Map.of("paymentKey", key, "amount", Map.of("amount", amount, "currency", currency));
    }

    private static Answer webhook(String about) {
        return FunctionCaller.of(resources.uri())
                .send(
                        "POST",
                        "/v1/webhooks/toss",
                        Map.of(
                                "eventType",
                                "PAYMENT_STATUS_CHANGED",
                                "createdAt",
                                "2026-11-22T12:00:00.000000",
                                "data",
                                Map.of("orderId", about, "status", "DONE", "totalAmount", 52_001)),
                        Map.of());
    }

    private String status() {
        Answer answer = as(Till.BUYER).get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("status").asString();
    }

    private List<PaymentEvent> facts() {
        return FACTS.facts().stream()
                .map(Fact::data)
                .filter(PaymentEvent.class::isInstance)
                .map(PaymentEvent.class::cast)
                .filter(event -> event.orderId().equals(order))
                .toList();
    }

    private static FunctionCaller as(UserId user) {
        return FunctionCaller.of(resources.uri()).withToken(user.value());
    }

    private static FunctionHost host(String definition) {
        HostOptions options = new HostOptions(definition, 0, DYNAMO.settings())
                .with("GAVEL_CONTEXT", "payments")
                .with("GAVEL_LOG", "off")
                .with("GAVEL_TOSS_URL", TOSS.uri().toString())
                .with("GAVEL_TOSS_SECRET_KEY", TossSimulator.SECRET_KEY)
                .with("GAVEL_TOSS_TIMEOUT", "15")
                .with("GAVEL_PAYOUTS_URL", TOSS.uri().toString());
        ReceiptTime receipt = _ -> CLOCK.instant();
        return FunctionHost.start(
                options,
                Map.of("callerVerifier", new TrustingCallerVerifier(), "factPublisher", FACTS, "receiptTime", receipt),
                PaymentFunctions.class);
    }
}
