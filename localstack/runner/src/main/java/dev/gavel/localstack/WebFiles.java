package dev.gavel.localstack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Serves the pages in `web/` as they are on disk, so that an edit shows with the next reload. What a browser asks for
/// and nobody has gets the page `404.html`; everything else goes on to the functions.
final class WebFiles implements WebFilter {

    /// A name starts with a letter or digit and is never encoded: neither `..` nor a hidden file can be spelled.
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,79}";

    private static final Pattern PAGE = Pattern.compile("/(" + NAME + "\\.html)?");
    /// A service worker sees no more than its own folder, so its one is at the top.
    private static final Pattern FILE = Pattern.compile("/sw\\.js|/(assets|i18n|pictures)(/" + NAME + "){1,5}");
    private static final Pattern NOT_A_PAGE = Pattern.compile("/(v1|status|metrics|\\.well-known)(/.*)?");
    private static final long LARGEST = 4 * 1024 * 1024;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "jpg", "image/jpeg",
            "webp", "image/webp",
            "woff2", "font/woff2");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'%s;"
                    + " font-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> PROTECTION = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()");

    private final Path root;
    private final Supplier<Optional<URI>> uploads;

    /// @param uploads where pages send pictures, besides here, once it is there
    WebFiles(Path root, Supplier<Optional<URI>> uploads) {
        this.root = root;
        this.uploads = uploads;
    }

    /// What is answered: the bytes, their media type and a strong validator.
    record Found(byte[] bytes, String type, String etag) {}

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getURI().getRawPath();
        boolean reading = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (PAGE.matcher(path).matches() || FILE.matcher(path).matches()) {
            return reading
                    ? answer(exchange, path)
                    : Problem.method(request.getMethod().name(), "GET, HEAD").answer(exchange.getResponse());
        }
        return reading && isForABrowser(request) && !NOT_A_PAGE.matcher(path).matches()
                ? answer(exchange, path)
                : chain.filter(exchange);
    }

    /// The file a path names, or nothing: neither what is outside of the folder, also by a link, nor what has no type a
    /// browser is told, nor what is too large.
    Optional<Found> find(String path) throws IOException {
        if (!PAGE.matcher(path).matches() && !FILE.matcher(path).matches()) {
            return Optional.empty();
        }
        String name = path.equals("/") ? "index.html" : path.substring(1);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        Path file = root.resolve(name);
        if (type == null || !Files.isRegularFile(file) || !file.toRealPath().startsWith(root.toRealPath())) {
            return Optional.empty();
        }
        return Files.size(file) > LARGEST ? Optional.empty() : Optional.of(found(Files.readAllBytes(file), type));
    }

    private Mono<Void> answer(ServerWebExchange exchange, String path) {
        return Mono.fromCallable(() -> find(path))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(found -> found.isPresent()
                        ? write(exchange, HttpStatus.OK, path, found.get())
                        : missing(exchange, path));
    }

    private Mono<Void> missing(ServerWebExchange exchange, String path) {
        return Mono.fromCallable(
                        () -> isForABrowser(exchange.getRequest()) ? find("/404.html") : Optional.<Found>empty())
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(page -> page.isPresent()
                        ? write(exchange, HttpStatus.NOT_FOUND, path, page.get())
                        : Problem.missing(path).answer(exchange.getResponse()));
    }

    private Mono<Void> write(ServerWebExchange exchange, HttpStatus status, String path, Found found) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        PROTECTION.forEach(headers::set);
        headers.set(
                "Content-Security-Policy",
                POLICY.formatted(uploads.get().map(uri -> " " + uri).orElse("")));
        headers.setETag(found.etag());
        // Names carry no version, so everything but a picture is asked for again; mostly the answer is 304.
        headers.setCacheControl(path.startsWith("/pictures/") ? "max-age=3600" : "no-cache");
        if (status == HttpStatus.OK
                && exchange.getRequest().getHeaders().getIfNoneMatch().contains(found.etag())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        response.setStatusCode(status);
        headers.set(HttpHeaders.CONTENT_TYPE, found.type());
        headers.setContentLength(found.bytes().length);
        return exchange.getRequest().getMethod() == HttpMethod.HEAD
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(found.bytes())));
    }

    private static boolean isForABrowser(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT).stream()
                .anyMatch(accepted -> accepted.contains(MediaType.TEXT_HTML_VALUE));
    }

    private static Found found(byte[] bytes, String type) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Found(bytes, type, '"' + HexFormat.of().formatHex(digest, 0, 12) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
