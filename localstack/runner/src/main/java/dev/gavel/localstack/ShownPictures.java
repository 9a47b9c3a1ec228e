package dev.gavel.localstack;

import dev.gavel.runtime.Settings;
import dev.gavel.s3.S3Buckets;
import dev.gavel.s3.S3Clients;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Stands for the CDN: shows what lies in the bucket of pictures, with the headers it lies there with.
/// What there is none of is somebody else's business.
final class ShownPictures implements WebFilter, AutoCloseable {

    private static final Pattern PATH = Pattern.compile(
            "/pictures/(p/[0-9A-Z]{26}-[0-9]{1,4}x[0-9]{1,4}-[A-Za-z0-9_-]{1,60}/(?:full|card|thumb)\\.jpg)");

    private final Supplier<Optional<URI>> s3;
    private @Nullable S3Client client;
    private String bucket = "";

    /// @param s3 where it answers, once it does
    ShownPictures(Supplier<Optional<URI>> s3) {
        this.s3 = s3;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Matcher path = PATH.matcher(request.getURI().getRawPath());
        boolean reading = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        return reading && path.matches()
                ? Mono.fromCallable(() -> read(path.group(1)))
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(found -> found.isPresent() ? write(exchange, found.get()) : chain.filter(exchange))
                : chain.filter(exchange);
    }

    private Optional<ResponseBytes<GetObjectResponse>> read(String key) {
        return client().flatMap(open -> {
            try {
                return Optional.of(
                        open.getObjectAsBytes(get -> get.bucket(bucket).key(key)));
            } catch (NoSuchKeyException _) {
                return Optional.empty();
            }
        });
    }

    private synchronized Optional<S3Client> client() {
        if (client == null) {
            s3.get().ifPresent(uri -> {
                Settings settings = Settings.of(Map.of(
                        "AWS_ENDPOINT_URL_S3", uri.toString(),
                        "AWS_REGION", "ap-northeast-2",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"));
                bucket = S3Buckets.of(settings).name("pictures");
                client = S3Clients.of(settings);
            });
        }
        return Optional.ofNullable(client);
    }

    private static Mono<Void> write(ServerWebExchange exchange, ResponseBytes<GetObjectResponse> found) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, found.response().contentType());
        headers.set(HttpHeaders.CACHE_CONTROL, found.response().cacheControl());
        headers.setETag(found.response().eTag());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (exchange.getRequest()
                .getHeaders()
                .getIfNoneMatch()
                .contains(found.response().eTag())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        byte[] bytes = found.asByteArrayUnsafe();
        headers.setContentLength(bytes.length);
        return exchange.getRequest().getMethod() == HttpMethod.HEAD
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
