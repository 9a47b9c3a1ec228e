package dev.gavel.simulators;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A payment gateway with books of its own that speaks the part of Toss Payments that Gavel uses, and a payout
/// provider beside it. Needs nothing but the JDK. It can be told to misbehave: to decline, to do the work and
/// lose the answer, to do the work and never answer, to answer nonsense.
///
/// The page on which the buyer agrees is at the `checkout.url` of `POST /v1/payments`; what it does is
/// `POST /simulator/authorizations {orderId, amount}`.
public final class TossSimulator implements AutoCloseable {

    public static final String SECRET_KEY = "test_sk_simulator";

    private static final int NOBODY_WAITS_LONGER = 30;
    private static final int REMEMBERED = 1_000;

    /// What is to happen to the next request.
    public enum Mood {
        NORMAL,
        /// Refuses with the code.
        DECLINE,
        /// Does it and closes the connection.
        LOSE_THE_ANSWER,
        /// Does it and says nothing for as long as anybody listens.
        NEVER_ANSWER,
        /// Does it and answers what is no payment.
        ANSWER_NONSENSE,
        /// Closes the connection and does nothing.
        LOSE_THE_REQUEST,
        /// Says that it is in trouble and does nothing.
        BE_IN_TROUBLE
    }

    private record Entry(String paymentKey, String orderId, String status, BigDecimal total, BigDecimal balance) {}

    private record Reply(int status, String body) {}

    /// A page that waits for the buyer.
    private record Checkout(String orderId, long amount, String successUrl, String failUrl) {}

    private final Map<String, Entry> books = new LinkedHashMap<>();
    private final Map<String, Reply> replies = new HashMap<>();
    private final Map<String, String> payouts = new LinkedHashMap<>();
    private final Map<String, Checkout> checkouts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Checkout> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private String currency = "KRW";
    private Mood mood = Mood.NORMAL;
    private String code = "REJECT_CARD_PAYMENT";
    private int moneyTaken;
    private int moneyGivenBack;
    private final Web web = Web.serve(this::serve);

    public URI uri() {
        return web.uri();
    }

    /// The next request that changes something meets this mood, those after it the normal one.
    public synchronized void next(Mood other) {
        mood = other;
    }

    public synchronized void declineNext(String otherCode) {
        mood = Mood.DECLINE;
        code = otherCode;
    }

    /// What the buyer did on the gateway's page: agreed to pay.
    public synchronized String authorize(String orderId, long amount) {
        String key = "tsim_" + orderId.substring(4) + "_" + (books.size() + 1);
        BigDecimal total = BigDecimal.valueOf(amount);
        books.put(key, new Entry(key, orderId, "IN_PROGRESS", total, total));
        return key;
    }

    /// Money that somehow was charged without us.
    public synchronized String chargeAnyway(String orderId, long amount, String inCurrency) {
        String key = authorize(orderId, amount);
        currency = inCurrency;
        move(books.get(key), "DONE");
        return key;
    }

    public synchronized void normalCurrency() {
        currency = "KRW";
    }

    public synchronized void expire(String paymentKey) {
        move(books.get(paymentKey), "EXPIRED");
    }

    private void move(@Nullable Entry entry, String status) {
        if (entry != null) {
            books.put(
                    entry.paymentKey(),
                    new Entry(entry.paymentKey(), entry.orderId(), status, entry.total(), entry.balance()));
        }
    }

    /// How often money was really taken from a buyer.
    public synchronized int timesTaken() {
        return moneyTaken;
    }

    /// How often money was really given back.
    public synchronized int timesGivenBack() {
        return moneyGivenBack;
    }

    /// What is left of an order's money here.
    public synchronized long balance(String orderId) {
        return books.values().stream()
                .filter(entry -> entry.orderId().equals(orderId) && charged(entry))
                .mapToLong(entry -> entry.balance().longValueExact())
                .sum();
    }

    /// The payouts that really left, by idempotency key.
    public synchronized Map<String, String> payouts() {
        return Map.copyOf(payouts);
    }

    /// Method and path of the latest requests, in order.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private static boolean charged(Entry entry) {
        return List.of("DONE", "PARTIAL_CANCELED", "CANCELED").contains(entry.status());
    }

    private void serve(HttpExchange http) throws IOException {
        String body = new String(Web.body(http), StandardCharsets.UTF_8);
        String path = http.getRequestURI().getPath();
        String method = http.getRequestMethod();
        if (path.startsWith("/checkout/")) {
            checkout(http, method, path);
            return;
        }
        requests.add(method + " " + path);
        while (requests.size() > REMEMBERED) {
            requests.removeFirst();
        }
        boolean changes = method.equals("POST") && !path.startsWith("/simulator/");
        Mood now = Mood.NORMAL;
        String with;
        synchronized (this) {
            with = code;
            if (changes) {
                now = mood;
                mood = Mood.NORMAL;
            }
        }
        switch (now) {
            case NORMAL -> send(http, reply(http, method, path, body));
            case DECLINE -> send(http, declined(http, path, with));
            case BE_IN_TROUBLE -> send(http, error(500, "FAILED_INTERNAL_SYSTEM_PROCESSING"));
            case LOSE_THE_REQUEST -> {}
            case LOSE_THE_ANSWER -> reply(http, method, path, body);
            case ANSWER_NONSENSE -> {
                reply(http, method, path, body);
                send(http, new Reply(200, "<html>"));
            }
            case NEVER_ANSWER -> {
                reply(http, method, path, body);
                wait(closed);
            }
        }
    }

    private static void wait(CountDownLatch closed) {
        try {
            boolean _ = closed.await(NOBODY_WAITS_LONGER, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the buyer sees and does in the browser.
    private void checkout(HttpExchange http, String method, String path) throws IOException {
        String[] parts = path.split("/");
        Checkout page;
        synchronized (this) {
            page = checkouts.get(parts[2]);
        }
        if (page == null) {
            send(http, error(404, "NOT_FOUND_PAYMENT_SESSION"));
            return;
        }
        if (method.equals("GET")) {
            http.getResponseHeaders().set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
            Web.send(http, 200, Web.HTML, html(parts[2], page));
            return;
        }
        String back = path.endsWith("/agree")
                ? page.successUrl() + "&paymentKey=" + authorize(page.orderId(), page.amount()) + "&orderId="
                        + page.orderId() + "&amount=" + page.amount()
                : page.failUrl() + "&code=PAY_PROCESS_CANCELED&orderId=" + page.orderId();
        http.getResponseHeaders().set("location", back);
        http.sendResponseHeaders(303, -1);
    }

    private static String html(String id, Checkout page) {
        return """
                <!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>결제 (모의) · Payment simulator</title>
                <style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:24rem;margin:12vh auto;padding:0 1rem;color:#191f28}
                strong{font-size:2rem}button{font:inherit;font-weight:700;width:100%%;min-height:3.2rem;border:0;border-radius:12px;
                margin-top:.75rem;cursor:pointer;background:#e5e8eb}.agree{background:#3182f6;color:#fff}small{color:#6b7684}</style>
                <p>모의 결제창 · <span lang="en">Payment simulator</span></p><p><strong>%,d원</strong><br><small>%s</small></p>
                <form method="post" action="/checkout/%s/agree"><button class="agree" id="agree">결제하기 · Pay</button></form>
                <form method="post" action="/checkout/%s/leave"><button id="leave">취소 · Cancel</button></form>
                <p><small>진짜 돈은 오가지 않습니다. No real money moves.</small></p></html>
                """.formatted(page.amount(), page.orderId(), id, id);
    }

    private static void send(HttpExchange http, Reply reply) throws IOException {
        Web.send(http, reply.status(), Web.JSON, reply.body());
    }

    /// The same request again is declined again.
    private synchronized Reply declined(HttpExchange http, String path, String with) {
        return replies.computeIfAbsent(
                path + " " + http.getRequestHeaders().getFirst("Idempotency-Key"), _ -> error(403, with));
    }

    private synchronized Reply reply(HttpExchange http, String method, String path, String body) {
        Map<String, String> members = JsonText.members(body);
        if (path.equals("/simulator/authorizations")) {
            String key =
                    authorize(members.getOrDefault("orderId", ""), Long.parseLong(members.getOrDefault("amount", "0")));
            return new Reply(201, "{\"paymentKey\":\"" + key + "\"}");
        }
        if (path.equals("/simulator/books")) {
            return new Reply(200, books());
        }
        if (path.equals("/v1/payouts")) {
            String key = http.getRequestHeaders().getFirst("Idempotency-Key");
            payouts.putIfAbsent(key, body);
            return new Reply(200, "{}");
        }
        String wanted =
                "Basic " + Base64.getEncoder().encodeToString((SECRET_KEY + ":").getBytes(StandardCharsets.UTF_8));
        if (!wanted.equals(http.getRequestHeaders().getFirst("Authorization"))) {
            return error(401, "UNAUTHORIZED_KEY");
        }
        if (method.equals("GET")) {
            return looked(path);
        }
        String key = path + " " + http.getRequestHeaders().getFirst("Idempotency-Key");
        Reply first = replies.get(key);
        if (first != null) {
            return first;
        }
        Reply reply = path.equals("/v1/payments/confirm")
                ? confirmed(members)
                : path.equals("/v1/payments")
                        ? opened(members)
                        : path.endsWith("/cancel") ? cancelled(path, members) : error(404, "NOT_FOUND");
        replies.put(key, reply);
        return reply;
    }

    private Reply looked(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return books.values().stream()
                .filter(entry -> path.startsWith("/v1/payments/orders/")
                        ? entry.orderId().equals(last)
                        : entry.paymentKey().equals(last))
                .reduce((before, after) -> charged(before) ? before : after)
                .map(entry -> new Reply(200, json(entry)))
                .orElseGet(() -> error(404, "NOT_FOUND_PAYMENT"));
    }

    /// What is left of each order's money, and every payout as it was asked for.
    private String books() {
        String payments = books.values().stream()
                .filter(TossSimulator::charged)
                .map(entry -> "{\"orderId\":\"" + entry.orderId() + "\",\"balance\":"
                        + entry.balance().toPlainString() + "}")
                .collect(Collectors.joining(","));
        return "{\"payments\":[" + payments + "],\"payouts\":[" + String.join(",", payouts.values()) + "]}";
    }

    private Reply opened(Map<String, String> members) {
        Checkout page = new Checkout(
                members.getOrDefault("orderId", ""),
                Long.parseLong(members.getOrDefault("amount", "0")),
                members.getOrDefault("successUrl", ""),
                members.getOrDefault("failUrl", ""));
        String id = page.orderId() + "-" + (replies.size() + 1);
        checkouts.put(id, page);
        return new Reply(200, "{\"status\":\"READY\",\"checkout\":{\"url\":\"" + uri() + "/checkout/" + id + "\"}}");
    }

    private Reply confirmed(Map<String, String> members) {
        Entry entry = books.get(members.get("paymentKey"));
        if (entry == null) {
            return error(404, "NOT_FOUND_PAYMENT_SESSION");
        }
        if (charged(entry)) {
            return error(400, "ALREADY_PROCESSED_PAYMENT");
        }
        boolean agreed = entry.status().equals("IN_PROGRESS")
                && entry.orderId().equals(members.get("orderId"))
                && entry.total().compareTo(new BigDecimal(members.getOrDefault("amount", "0"))) == 0;
        if (!agreed) {
            return error(400, "INVALID_REQUEST");
        }
        moneyTaken++;
        move(entry, "DONE");
        return new Reply(200, json(books.getOrDefault(entry.paymentKey(), entry)));
    }

    private Reply cancelled(String path, Map<String, String> members) {
        String key = path.substring("/v1/payments/".length(), path.length() - "/cancel".length());
        Entry entry = books.get(key);
        if (entry == null || !charged(entry)) {
            return error(404, "NOT_FOUND_PAYMENT");
        }
        BigDecimal left = entry.balance().subtract(new BigDecimal(members.getOrDefault("cancelAmount", "0")));
        if (left.signum() < 0) {
            return error(403, "NOT_CANCELABLE_AMOUNT");
        }
        moneyGivenBack++;
        Entry after = new Entry(
                key, entry.orderId(), left.signum() == 0 ? "CANCELED" : "PARTIAL_CANCELED", entry.total(), left);
        books.put(key, after);
        return new Reply(200, json(after));
    }

    private String json(Entry entry) {
        return """
                {"version":"2022-11-16","paymentKey":"%s","orderId":"%s","status":"%s","currency":"%s",\
                "totalAmount":%s,"balanceAmount":%s,"method":"카드"}""".formatted(
                        entry.paymentKey(),
                        entry.orderId(),
                        entry.status(),
                        currency,
                        entry.total().toPlainString(),
                        entry.balance().toPlainString());
    }

    private static Reply error(int status, String code) {
        return new Reply(status, "{\"code\":\"" + code + "\",\"message\":\"거절되었습니다.\"}");
    }

    @Override
    public void close() {
        closed.countDown();
        web.close();
    }
}
