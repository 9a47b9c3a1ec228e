package dev.gavel.web;

import com.microsoft.playwright.ConsoleMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The platform all journeys go through, started with `./gavel up` when the first of them asks and stopped with the
/// JVM. The property `gavel.url` names one that runs already instead, and `gavel.run` its run folder.
final class Platform {

    /// The product of a new auction, and the order, the payment and the parcel of a sold one.
    private static final Pattern KNOWN_LATER =
            Pattern.compile("/v1/(auctions:|orders/ord_[^/]+(/payment|/shipment)?:)");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> OPTIONAL = List.of("/v1/live", "/v1/categories");
    private static final Map<String, Boolean> MISSING = new ConcurrentHashMap<>();

    private static @Nullable URI url;
    private static @Nullable Path run;

    private Platform() {}

    static synchronized URI url() {
        if (url == null) {
            String running = System.getProperty("gavel.url");
            url = running == null ? URI.create(read(start(), "url")) : URI.create(running);
        }
        return url;
    }

    /// What the platform wrote to a file of its run folder.
    static synchronized String file(String name) {
        url();
        if (run == null) {
            String folder = System.getProperty("gavel.run");
            if (folder == null) {
                throw new AssertionError("Name the run folder of the platform, too: -Dgavel.run=.gavel/run");
            }
            run = Path.of(folder);
        }
        return read(run, name);
    }

    private static String read(Path folder, String name) {
        try {
            return Files.readString(folder.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a message on a console is nothing to complain of: a service this platform is built without, or the 404
    /// of what is known a moment later, after which the page asks again.
    static boolean expects(ConsoleMessage message) {
        if (message.text().contains("404")
                && KNOWN_LATER.matcher(message.location()).find()) {
            return true;
        }
        return OPTIONAL.stream()
                .filter(path -> (message.location() + message.text()).contains(path))
                .anyMatch(path -> MISSING.computeIfAbsent(path, Platform::isMissing));
    }

    private static boolean isMissing(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(url().resolve(path)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("/no-such-path");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path start() {
        try {
            Path home = Files.createTempDirectory("gavel-web-test-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> gavel(home, "down"), "platform-down"));
            String said = gavel(home, "up", "--detach", "--port", "0");
            Path folder = home.resolve("run");
            if (!Files.exists(folder.resolve("url"))) {
                throw new AssertionError("./gavel up failed:\n" + said);
            }
            run = folder;
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String gavel(Path home, String... words) {
        try {
            List<String> command = new ArrayList<>(List.of(ROOT.resolve("gavel").toString()));
            command.addAll(List.of(words));
            Path output = Files.createTempFile("gavel-output-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().put("GAVEL_HOME", home.toString());
            // Maven is building right now; a second one in the same folder would disturb it.
            builder.environment().put("GAVEL_SKIP_BUILD", "1");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
