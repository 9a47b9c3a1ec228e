package dev.gavel.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpHeaders;

/// The page at `/` that says the platform runs and what to try first.
final class WelcomePage {

    private static final String HTML = read();

    private WelcomePage() {}

    /// The page with examples that work on the port it was asked for at.
    static String at(int port) {
        return port <= 0 ? HTML : HTML.replace("127.0.0.1:8080", "127.0.0.1:" + port);
    }

    static void protect(HttpHeaders headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.setCacheControl("no-cache");
    }

    private static String read() {
        try (InputStream page = WelcomePage.class.getResourceAsStream("welcome.html")) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
