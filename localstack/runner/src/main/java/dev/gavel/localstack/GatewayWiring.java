package dev.gavel.localstack;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.filter.WebsocketRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TransferEncodingNormalizationHeadersFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.resources.ConnectionProvider;

/// The gateway's beans: the parts of Spring Cloud Gateway that route by predicate, forward and answer. Its
/// auto-configuration also makes some seventy factories for routes in properties, which would double the start.
@Configuration(proxyBeanMethods = false)
@EnableWebFlux
@ImportAutoConfiguration({
    LifecycleAutoConfiguration.class,
    SslAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class
})
class GatewayWiring {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration RESPONSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_FOR_A_CONNECTION = Duration.ofSeconds(5);
    /// Shorter than a function keeps an idle connection, so that none is used while it is being closed.
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final MediaType METRICS = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");
    private static final int BEFORE_FORWARDING = 0;
    private static final int CONNECTIONS = 256;
    private static final int WAITING = 2048;
    private static final int LARGEST_FRAME = 1024 * 1024;

    @Bean
    @Order(-1)
    WebFilter webFiles(Gateway.Options options) {
        return new WebFiles(options.web(), options.s3());
    }

    @Bean
    @Order(-2)
    ShownPictures shownPictures(Gateway.Options options) {
        return new ShownPictures(options.s3());
    }

    @Bean
    @Order(0)
    WebFilter admission(GatewayRoutes routes) {
        return new Admission(routes);
    }

    @Bean
    @Order(-2)
    WebExceptionHandler gatewayProblems() {
        return new GatewayProblems();
    }

    @Bean
    RouteLocator manifestRoutes(GatewayRoutes routes, FunctionAddresses addresses) {
        List<Route> built = routes.all().stream()
                .map(route -> Route.async()
                        .id(route.id())
                        .uri(URI.create("http://" + route.service() + ":80"))
                        .predicate(exchange -> route.equals(exchange.getAttribute(Admission.ROUTE)))
                        .filters(new OrderedGatewayFilter(new ToFunction(route, addresses), BEFORE_FORWARDING))
                        .build())
                .toList();
        return () -> Flux.fromIterable(built);
    }

    @Bean
    RoutePredicateHandlerMapping gatewayMapping(
            List<GlobalFilter> filters, RouteLocator routes, Environment environment) {
        return new RoutePredicateHandlerMapping(
                new FilteringWebHandler(filters, false), routes, new GlobalCorsProperties(), environment);
    }

    @Bean
    GlobalFilter forward(ObjectProvider<List<HttpHeadersFilter>> headers) {
        HttpClient client = HttpClient.create(ConnectionProvider.builder("functions")
                        .maxConnections(CONNECTIONS)
                        .pendingAcquireMaxCount(WAITING)
                        .pendingAcquireTimeout(PATIENCE_FOR_A_CONNECTION)
                        .maxIdleTime(IDLE)
                        .build())
                .disableRetry(true);
        HttpClientProperties limits = new HttpClientProperties();
        limits.setConnectTimeout((int) CONNECT.toMillis());
        limits.setResponseTimeout(RESPONSE);
        return new NettyRoutingFilter(client, headers, limits);
    }

    @Bean
    GlobalFilter answer(ObjectProvider<List<HttpHeadersFilter>> headers) {
        return new NettyWriteResponseFilter(List.of(MediaType.TEXT_EVENT_STREAM), headers);
    }

    @Bean
    GlobalFilter webSockets(ObjectProvider<List<HttpHeadersFilter>> headers) {
        HttpClient client = HttpClient.create(ConnectionProvider.newConnection());
        return new WebsocketRoutingFilter(
                new ReactorNettyWebSocketClient(
                        client, () -> WebsocketClientSpec.builder().maxFramePayloadLength(LARGEST_FRAME)),
                new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
                        () -> WebsocketServerSpec.builder().maxFramePayloadLength(LARGEST_FRAME))),
                headers);
    }

    @Bean
    HttpHeadersFilter hopByHopHeaders() {
        return new RemoveHopByHopHeadersFilter();
    }

    @Bean
    HttpHeadersFilter transferEncoding() {
        return new TransferEncodingNormalizationHeadersFilter();
    }

    /// Only a replay may say when a request was received.
    @Bean
    HttpHeadersFilter replayHeaders(Gateway.Options options) {
        return (headers, _) -> {
            if (options.replay()) {
                return headers;
            }
            HttpHeaders kept = new HttpHeaders();
            headers.forEach((name, values) -> {
                if (!name.regionMatches(true, 0, "gavel-replay-", 0, 13)) {
                    kept.addAll(name, values);
                }
            });
            return kept;
        };
    }

    @Bean
    RouterFunction<ServerResponse> ownPages(Gateway.Options options) {
        return RouterFunctions.route()
                .GET(
                        "/status",
                        request -> Mono.fromCallable(options.status()::get)
                                .subscribeOn(Schedulers.boundedElastic())
                                .flatMap(status -> status.answer(request)))
                .GET(
                        "/metrics",
                        _ -> Mono.fromCallable(options.metrics()::get)
                                .subscribeOn(Schedulers.boundedElastic())
                                .flatMap(page ->
                                        ServerResponse.ok().contentType(METRICS).bodyValue(page)))
                .build();
    }

    private record ToFunction(GatewayRoute route, FunctionAddresses addresses) implements GatewayFilter {
        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            URI base = addresses.find(route.service()).orElse(null);
            if (base == null) {
                return Problem.away(route.service()).answer(exchange.getResponse());
            }
            URI asked = exchange.getRequest().getURI();
            String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
            exchange.getAttributes()
                    .put(
                            ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
                            URI.create(base + asked.getRawPath() + query));
            return chain.filter(exchange);
        }
    }
}
