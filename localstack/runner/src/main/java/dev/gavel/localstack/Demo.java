package dev.gavel.localstack;

import dev.gavel.events.Json;
import dev.gavel.localstack.RunnerOptions.Guests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// Somebody to try things with, registered through the real API.
final class Demo {

    static final String EMAIL = "demo@gavel.dev";
    static final String PASSWORD = "try-gavel-on-this-machine";

    private static final int ATTEMPTS = 20;

    private final URI gateway;

    Demo(URI gateway) {
        this.gateway = gateway;
    }

    /// Registers the demo user, or finds the one of an earlier run, and signs in to see that it works.
    ///
    /// @throws StartFailure when it does not
    void register() throws InterruptedException {
        String said = "";
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                HttpResponse<String> registered =
                        post(http, "/v1/users", Map.of("email", EMAIL, "password", PASSWORD, "displayName", "Demo"));
                HttpResponse<String> signedIn = post(http, "/v1/tokens", Map.of("email", EMAIL, "password", PASSWORD));
                if (signedIn.statusCode() == 200) {
                    return;
                }
                said = registered.statusCode() + " " + registered.body() + " " + signedIn.statusCode() + " "
                        + signedIn.body();
                Thread.sleep(500);
            }
        } catch (IOException e) {
            throw new StartFailure("The demo user could not be made: " + e + ".", e);
        }
        throw new StartFailure("The demo user could not be made; the functions said: " + said);
    }

    /// What to show and to copy once everything runs.
    ///
    /// @param empty whether the store had nothing in it
    String welcome(Guests guests, boolean empty) {
        String market = guests == Guests.MARKET
                ? "\n  The market is open: sellers list some forty things, and bidders bid as long as Gavel runs.\n"
                : empty
                        ? "\n  The market is empty; './gavel up --demo' fills it with things, bidders and moving prices.\n"
                        : "";
        return """
                Gavel is running at %1$s (open it in a browser)
                  demo login  %2$s  password %3$s
                %4$s
                Sell something (copy both lines):

                TOKEN=$(curl -s %1$s/v1/tokens -H 'Content-Type: application/json' -H "Idempotency-Key: token-$(date +%%s)" -d '{"email":"%2$s","password":"%3$s"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                curl -s %1$s/v1/auctions -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -H "Idempotency-Key: sell-$(date +%%s)" -d '{"title":"Film camera","startPrice":{"amount":"10000","currency":"KRW"},"duration":"PT1H"}'
                """.formatted(gateway, EMAIL, PASSWORD, market);
    }

    private HttpResponse<String> post(HttpClient http, String path, Map<String, String> body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(gateway.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("content-type", "application/json")
                        .header("idempotency-key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
