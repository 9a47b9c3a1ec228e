package dev.gavel.localstack;

import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/// Turns whatever went wrong between gateway and function into a problem the caller can act on.
final class GatewayProblems implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayProblems.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable trouble) {
        GatewayRoute route = exchange.getAttribute(Admission.ROUTE);
        String service = route == null ? "Gavel" : route.service();
        Problem problem = problem(service, trouble);
        if (problem.status().is5xxServerError()) {
            LOG.warn("{}: {} for {}", service, problem.status().value(), summary(trouble));
        }
        return problem.answer(exchange.getResponse());
    }

    private static Problem problem(String service, Throwable trouble) {
        return switch (trouble) {
            case Admission.TooLarge _ -> Problem.tooLarge();
            case ResponseStatusException refused when refused.getStatusCode().value() == 504 -> Problem.tooSlow();
            case ResponseStatusException refused -> Problem.of(status(refused.getStatusCode()));
            case TimeoutException _ -> Problem.tooSlow();
            // Refused, reset or closed half-way: the function is gone or about to come back.
            case IOException _ -> Problem.away(service);
            default -> trouble.getCause() == null ? Problem.away(service) : problem(service, trouble.getCause());
        };
    }

    private static HttpStatus status(HttpStatusCode code) {
        return Objects.requireNonNullElse(HttpStatus.resolve(code.value()), HttpStatus.BAD_REQUEST);
    }

    private static String summary(Throwable trouble) {
        return trouble.getClass().getSimpleName() + ": " + trouble.getMessage();
    }
}
