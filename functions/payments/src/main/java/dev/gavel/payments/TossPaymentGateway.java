package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.runtime.HttpCalls;
import dev.gavel.runtime.HttpCalls.Answer;
import dev.gavel.runtime.NoAnswer;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Toss Payments. The secret key never leaves this class but in the header that the gateway wants it in.
final class TossPaymentGateway implements PaymentGateway, AutoCloseable {

    static final String PRODUCTION = "https://api.tosspayments.com";

    /// Refusals that say nothing about whether the money moved: our key is wrong, there is too much to do, or
    /// another request was first.
    private static final Set<Integer> UNCLEAR = Set.of(401, 408, 409, 425, 429);
    private static final Set<String> UNCLEAR_CODES = Set.of(
            "ALREADY_PROCESSED_PAYMENT",
            "ALREADY_CANCELED_PAYMENT",
            "ALREADY_COMPLETED_PAYMENT",
            "ALREADY_PROCESSING_REQUEST",
            "IDEMPOTENT_REQUEST_PROCESSING",
            "PROVIDER_ERROR",
            "UNAUTHORIZED_KEY",
            "FORBIDDEN_REQUEST",
            "INVALID_API_KEY");

    private final HttpCalls http;

    TossPaymentGateway(URI base, String secretKey, Duration timeout) {
        this.http = new HttpCalls(
                base,
                "Basic " + Base64.getEncoder().encodeToString((secretKey + ":").getBytes(StandardCharsets.UTF_8)),
                timeout);
    }

    @Override
    public Opening open(OrderId orderId, Money amount, URI paid, URI failed, String idempotencyKey) {
        try {
            Answer answer = http.post(
                    "/v1/payments",
                    Map.of(
                            "method",
                            "CARD",
                            "orderId",
                            orderId,
                            "orderName",
                            "Gavel " + orderId.value(),
                            "amount",
                            number(amount),
                            "successUrl",
                            paid,
                            "failUrl",
                            failed),
                    idempotencyKey);
            if (answer.good()) {
                return new Ready(page(answer.body()));
            }
            return refused(answer) ? new Declined(answer.code()) : new Unknown(answer.code());
        } catch (NoAnswer none) {
            return new Unknown(none.why());
        }
    }

    /// The buyer is sent there, so only an address of the web will do.
    private static URI page(JsonNode payment) throws NoAnswer {
        JsonNode url = payment.path("checkout").path("url");
        if (!url.isString() || !url.stringValue().matches("https?://[!-~]{1,2000}")) {
            throw new NoAnswer("NOT_A_CHECKOUT");
        }
        return URI.create(url.stringValue());
    }

    @Override
    public Result confirm(PaymentKey paymentKey, OrderId orderId, Money amount, String idempotencyKey) {
        return result(
                "/v1/payments/confirm",
                Map.of("paymentKey", paymentKey, "orderId", orderId, "amount", number(amount)),
                idempotencyKey);
    }

    @Override
    public Result cancel(PaymentKey paymentKey, Money amount, String reason, String idempotencyKey) {
        return result(
                "/v1/payments/" + paymentKey.value() + "/cancel",
                Map.of("cancelReason", reason, "cancelAmount", number(amount)),
                idempotencyKey);
    }

    private Result result(String path, Object body, String idempotencyKey) {
        try {
            Answer answer = http.post(path, body, idempotencyKey);
            if (answer.good()) {
                return new Approved(charge(answer.body()));
            }
            return refused(answer) ? new Declined(answer.code()) : new Unknown(answer.code());
        } catch (NoAnswer none) {
            return new Unknown(none.why());
        }
    }

    private static boolean refused(Answer answer) {
        return answer.status() >= 400
                && answer.status() < 500
                && !UNCLEAR.contains(answer.status())
                && !UNCLEAR_CODES.contains(answer.code());
    }

    @Override
    public Lookup find(OrderId orderId) {
        try {
            Answer answer = http.get("/v1/payments/orders/" + orderId.value());
            if (answer.good()) {
                Charge charge = charge(answer.body());
                return charge.orderId().equals(orderId) ? new Found(charge) : new Unknown("ANOTHER_ORDER");
            }
            return answer.status() == 404 && answer.code().equals("NOT_FOUND_PAYMENT")
                    ? new NotFound()
                    : new Unknown(answer.code());
        } catch (NoAnswer none) {
            return new Unknown(none.why());
        }
    }

    private static Charge charge(JsonNode payment) throws NoAnswer {
        try {
            String currency = payment.required("currency").stringValue();
            Money total = money(payment.required("totalAmount"), currency);
            return new Charge(
                    new PaymentKey(payment.required("paymentKey").stringValue()),
                    new OrderId(payment.required("orderId").stringValue()),
                    stage(payment.required("status").stringValue()),
                    total,
                    total.minus(money(payment.required("balanceAmount"), currency)));
        } catch (RuntimeException senseless) {
            throw new NoAnswer("NOT_A_PAYMENT");
        }
    }

    private static Stage stage(String status) {
        return switch (status) {
            case "READY", "IN_PROGRESS", "WAITING_FOR_DEPOSIT" -> Stage.OPEN;
            case "DONE", "CANCELED", "PARTIAL_CANCELED" -> Stage.CHARGED;
            case "ABORTED", "EXPIRED" -> Stage.DEAD;
            default -> throw new IllegalArgumentException("unknown status");
        };
    }

    private static BigDecimal number(Money amount) {
        return new BigDecimal(amount.amount());
    }

    private static Money money(JsonNode number, String currency) {
        BigDecimal plain = number.decimalValue().stripTrailingZeros();
        return Money.of((plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString(), currency);
    }

    @Override
    public void close() {
        http.close();
    }
}
