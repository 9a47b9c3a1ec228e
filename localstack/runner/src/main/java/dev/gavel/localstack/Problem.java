package dev.gavel.localstack;

import dev.gavel.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/// A "no" of the gateway itself, as RFC 9457 has it. `detail` says what to do; further headers may go with it.
record Problem(HttpStatus status, String type, String detail, Map<String, String> headers) {

    static Problem missing(String path) {
        String shown = path.length() > 100 ? path.substring(0, 100) + "…" : path;
        return new Problem(
                HttpStatus.NOT_FOUND, "no-such-path", "There is nothing at " + shown + "; check the path.", Map.of());
    }

    static Problem method(String method, String allowed) {
        return new Problem(
                HttpStatus.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                method + " cannot be used here; use " + allowed + ".",
                Map.of(HttpHeaders.ALLOW, allowed));
    }

    static Problem tooLarge() {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-large",
                "A request body may have at most 1 MiB; send less.",
                Map.of());
    }

    static Problem tooSlow() {
        return new Problem(
                HttpStatus.GATEWAY_TIMEOUT,
                "too-slow",
                "The function did not answer in 30 seconds; repeat the request with the same Idempotency-Key.",
                Map.of());
    }

    /// Nobody can answer right now: starting, restarting or lost half-way.
    static Problem away(String service) {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                service + " is not available right now; repeat the request in a moment, with the same Idempotency-Key.",
                Map.of(HttpHeaders.RETRY_AFTER, "1"));
    }

    static Problem of(HttpStatus status) {
        return new Problem(
                status, "request-refused", "The request was refused: " + status.getReasonPhrase() + ".", Map.of());
    }

    /// Answers the request with this, unless an answer is already on its way.
    Mono<Void> answer(ServerHttpResponse response) {
        if (response.isCommitted()) {
            return Mono.empty();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "https://gavel.dev/problems/" + type);
        body.put("title", status.getReasonPhrase());
        body.put("status", status.value());
        body.put("detail", detail);
        response.setStatusCode(status);
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.forEach(response.getHeaders()::set);
        byte[] json = Json.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
    }
}
