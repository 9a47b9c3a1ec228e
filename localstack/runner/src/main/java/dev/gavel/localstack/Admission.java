package dev.gavel.localstack;

import java.util.Optional;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Lets a request in when a route takes it and its body is not too large.
final class Admission implements WebFilter {

    static final String ROUTE = Admission.class.getName() + ".route";
    static final long LARGEST_BODY = 1024 * 1024;

    private static final Set<String> OWN = Set.of("/metrics", "/status");

    private final GatewayRoutes routes;

    Admission(GatewayRoutes routes) {
        this.routes = routes;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getURI().getRawPath();
        String method = request.getMethod().name();
        if (request.getHeaders().getContentLength() > LARGEST_BODY) {
            return Problem.tooLarge().answer(exchange.getResponse());
        }
        if (OWN.contains(path)) {
            return method.equals("GET") || method.equals("HEAD")
                    ? chain.filter(exchange)
                    : Problem.method(method, "GET").answer(exchange.getResponse());
        }
        Optional<GatewayRoute> route = routes.find(method, path);
        if (route.isPresent()) {
            exchange.getAttributes().put(ROUTE, route.get());
            return chain.filter(
                    exchange.mutate().request(new BoundedBody(request)).build());
        }
        Set<String> allowed = routes.methods(path);
        Problem problem =
                allowed.isEmpty() ? Problem.missing(path) : Problem.method(method, String.join(", ", allowed));
        return problem.answer(exchange.getResponse());
    }

    /// The request of a caller who does not say beforehand how much is coming.
    private static final class BoundedBody extends ServerHttpRequestDecorator {

        private long seen;

        BoundedBody(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().handle((part, sink) -> {
                seen += part.readableByteCount();
                if (seen > LARGEST_BODY) {
                    DataBufferUtils.release(part);
                    sink.error(new TooLarge());
                } else {
                    sink.next(part);
                }
            });
        }
    }

    /// More came than may come.
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("the request body is too large", null, false, false);
        }
    }
}
