package dev.gavel.payments;

import static dev.gavel.payments.Till.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.PaymentId;
import dev.gavel.payments.PaymentGateway.Approved;
import dev.gavel.payments.PaymentGateway.Charge;
import dev.gavel.payments.PaymentGateway.Declined;
import dev.gavel.payments.PaymentGateway.Found;
import dev.gavel.payments.PaymentGateway.NotFound;
import dev.gavel.payments.PaymentGateway.Result;
import dev.gavel.payments.PaymentGateway.Stage;
import dev.gavel.payments.PaymentGateway.Unknown;
import dev.gavel.simulators.TossSimulator;
import dev.gavel.simulators.TossSimulator.Mood;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TossPaymentGatewayTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final TossSimulator toss = new TossSimulator();
    private final TossPaymentGateway gateway = new TossPaymentGateway(toss.uri(), TossSimulator.SECRET_KEY, TIMEOUT);
    private final OrderId order = Till.nextOrder();

    @AfterEach
    void stop() {
        gateway.close();
        toss.close();
    }

    @Test
    void moneyIsTakenFoundAndGivenBackInParts() {
        PaymentKey key = authorized();
        assertThat(gateway.find(order))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.charge().stage()).isEqualTo(Stage.OPEN));
        Charge charge = new Charge(key, order, Stage.CHARGED, PRICE, PRICE.zero());
        assertThat(confirm(key, "k1")).isEqualTo(new Approved(charge));
        assertThat(gateway.find(order)).isEqualTo(new Found(charge));
        Charge less = new Charge(key, order, Stage.CHARGED, PRICE, Money.krw(1));
        assertThat(gateway.cancel(key, Money.krw(1), "confirmed", "k2")).isEqualTo(new Approved(less));
        assertThat(gateway.cancel(key, Money.krw(1), "confirmed", "k2")).isEqualTo(new Approved(less));
        assertThat(gateway.find(order)).isEqualTo(new Found(less));
        assertThat(toss.timesGivenBack()).isOne();
        assertThat(gateway.cancel(key, PRICE, "confirmed", "k3")).isEqualTo(new Declined("NOT_CANCELABLE_AMOUNT"));
    }

    @Test
    void theBuyerAgreesOnThePageOfTheGatewayAndComesBackWithItsKey() throws Exception {
        URI page = page();
        assertThat(send("GET", page).body()).contains("52,001", "id=\"agree\"");
        String back = location(send("POST", page.resolve(page.getPath() + "/agree")));
        assertThat(back).startsWith("https://gavel.dev/pay.html?order=" + order + "&paymentKey=");
        PaymentKey key = new PaymentKey(back.replaceAll(".*paymentKey=([^&]+).*", "$1"));
        assertThat(confirm(key, "k")).isInstanceOf(Approved.class);
        assertThat(location(send("POST", page().resolve(page.getPath() + "/leave"))))
                .startsWith("https://gavel.dev/pay.html?order=" + order + "&failed=1&code=");
        assertThat(toss.timesTaken()).isOne();
    }

    @Test
    void aPageThatIsNoneIsUnclearAndARefusalIsOne() {
        toss.next(Mood.ANSWER_NONSENSE);
        assertThat(opened()).isInstanceOf(Unknown.class);
        toss.declineNext("NOT_ALLOWED_POINT_USE");
        assertThat(opened()).isEqualTo(new Declined("NOT_ALLOWED_POINT_USE"));
        toss.next(Mood.LOSE_THE_ANSWER);
        assertThat(opened()).isInstanceOf(Unknown.class);
    }

    private PaymentGateway.Opening opened() {
        URI back = URI.create("https://gavel.dev/pay.html?order=" + order);
        return gateway.open(order, PRICE, back, URI.create(back + "&failed=1"), "key-" + System.nanoTime());
    }

    private URI page() {
        return opened() instanceof PaymentGateway.Ready(URI page) ? page : URI.create("none:");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("location").orElseThrow();
    }

    private static HttpResponse<String> send(String method, URI address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(address)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void anOrderNobodyPaidIsNotFound() {
        assertThat(gateway.find(order)).isEqualTo(new NotFound());
    }

    @Test
    void aRepeatedConfirmationTakesMoneyOnce() {
        PaymentKey key = authorized();
        assertThat(confirm(key, "k")).isEqualTo(confirm(key, "k"));
        assertThat(confirm(key, "another")).isEqualTo(new Unknown("ALREADY_PROCESSED_PAYMENT"));
        assertThat(toss.timesTaken()).isOne();
    }

    @Test
    void aDeclineHasTheGatewaysCode() {
        PaymentKey key = authorized();
        toss.declineNext("REJECT_CARD_COMPANY");
        assertThat(confirm(key, "k")).isEqualTo(new Declined("REJECT_CARD_COMPANY"));
        assertThat(confirm(key, "k")).isEqualTo(new Declined("REJECT_CARD_COMPANY"));
        toss.declineNext("<script>");
        assertThat(confirm(key, "k2")).isEqualTo(new Declined("HTTP_403"));
        assertThat(toss.timesTaken()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"LOSE_THE_ANSWER", "ANSWER_NONSENSE", "LOSE_THE_REQUEST", "BE_IN_TROUBLE"})
    void whatCannotBeToldIsUnknownAndTheBooksTell(Mood mood) {
        PaymentKey key = authorized();
        toss.next(mood);
        assertThat(confirm(key, "k")).isInstanceOf(Unknown.class);
        boolean done = mood == Mood.LOSE_THE_ANSWER || mood == Mood.ANSWER_NONSENSE;
        assertThat(gateway.find(order))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.charge().stage()).isEqualTo(done ? Stage.CHARGED : Stage.OPEN));
        assertThat(confirm(key, "k")).isInstanceOf(Approved.class);
        assertThat(toss.timesTaken()).isOne();
    }

    @Test
    void anAnswerThatNeverComesIsNotWaitedFor() {
        PaymentKey key = authorized();
        try (TossPaymentGateway hasty =
                new TossPaymentGateway(toss.uri(), TossSimulator.SECRET_KEY, Duration.ofMillis(300))) {
            toss.next(Mood.NEVER_ANSWER);
            assertThat(hasty.confirm(key, order, PRICE, "k")).isInstanceOf(Unknown.class);
        }
        assertThat(gateway.find(order)).isInstanceOf(Found.class);
    }

    @Test
    void aWrongKeyOfOursIsNoDecline() {
        PaymentKey key = authorized();
        try (TossPaymentGateway stranger = new TossPaymentGateway(toss.uri(), "test_sk_wrong", TIMEOUT)) {
            assertThat(stranger.confirm(key, order, PRICE, "k")).isEqualTo(new Unknown("UNAUTHORIZED_KEY"));
            assertThat(stranger.find(order)).isEqualTo(new Unknown("UNAUTHORIZED_KEY"));
            assertThat(stranger.toString()).doesNotContain("test_sk");
        }
    }

    @Test
    void aGatewayThatIsNotThereIsUnknown() {
        toss.close();
        assertThat(gateway.find(order)).isInstanceOf(Unknown.class);
    }

    @Test
    void anotherCurrencyIsSeen() {
        toss.chargeAnyway(order.value(), 52_001, "JPY");
        assertThat(gateway.find(order))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.charge().total()).isEqualTo(Money.of("52001", "JPY")));
    }

    @Test
    void aPayoutLeavesOnce() {
        try (HttpPayouts payouts = new HttpPayouts(toss.uri(), null, TIMEOUT)) {
            PaymentId id = PaymentId.of(order);
            toss.next(Mood.LOSE_THE_ANSWER);
            assertThat(payouts.send(id, Till.SELLER, PRICE, "k")).isInstanceOf(Payouts.Unknown.class);
            assertThat(payouts.send(id, Till.SELLER, PRICE, "k")).isEqualTo(new Payouts.Sent());
            assertThat(toss.payouts()).containsOnlyKeys("k");
            toss.declineNext("NO_ACCOUNT");
            // 403 may be about us as well as about the seller.
            assertThat(payouts.send(id, Till.SELLER, PRICE, "k2")).isEqualTo(new Payouts.Unknown("NO_ACCOUNT"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "../../v1/x", "a/b/c/d/e", "key with space", "key?x=123", "..key..", "키키키키키키"})
    void aPaymentKeyCannotLeadElsewhere(String text) {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> new PaymentKey(text));
        assertThat(URI.create("http://x/v1/payments/" + Till.KEY.value()).getPath())
                .endsWith(Till.KEY.value());
    }

    private PaymentKey authorized() {
        return new PaymentKey(toss.authorize(order.value(), PRICE.minorUnits()));
    }

    private Result confirm(PaymentKey key, String idempotencyKey) {
        return gateway.confirm(key, order, PRICE, idempotencyKey);
    }
}
