package dev.gavel.localstack;

import dev.gavel.localstack.DemoApi.Answer;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.MissingNode;

/// Somebody of the demo market: registers at the first request with a password nobody else knows, stays signed in,
/// and has one request under way at a time.
final class DemoPerson {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration EARLY = Duration.ofMinutes(2);

    private final DemoApi api;
    private final InstantSource clock;
    private final String name;
    private final Map<String, String> credentials;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean registered;
    private String accessToken = "";
    private String refreshToken = "";
    private Instant goodUntil = Instant.MIN;

    DemoPerson(DemoApi api, InstantSource clock, String name) {
        this.api = api;
        this.clock = clock;
        this.name = name;
        this.credentials = Map.of("email", "demo-" + random() + "@example.com", "password", random());
    }

    String name() {
        return name;
    }

    /// Asks for something as this person; the answer is that of the sign-in when it fails.
    Answer get(String path) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            Answer signedIn = signedIn();
            return signedIn.accepted() ? api.get(path, accessToken) : signedIn;
        } finally {
            turn.unlock();
        }
    }

    /// Sends something as this person; the answer is that of the sign-in when it fails.
    Answer post(String path, Map<String, ?> body) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            Answer signedIn = signedIn();
            return signedIn.accepted() ? api.post(path, body, accessToken) : signedIn;
        } finally {
            turn.unlock();
        }
    }

    /// Makes sure of a token that is good for another two minutes.
    Answer signIn() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            return signedIn();
        } finally {
            turn.unlock();
        }
    }

    private Answer signedIn() throws InterruptedException {
        if (clock.instant().isBefore(goodUntil)) {
            return new Answer(200, MissingNode.getInstance(), Duration.ZERO);
        }
        if (!refreshToken.isEmpty()) {
            Answer refreshed = keep(api.post("/v1/tokens/refresh", Map.of("refreshToken", refreshToken), null));
            if (refreshed.accepted() || refreshed.busy()) {
                return refreshed;
            }
            refreshToken = "";
        }
        if (!registered) {
            Answer answer = api.post(
                    "/v1/users",
                    Map.of(
                            "email", credentials.getOrDefault("email", ""),
                            "password", credentials.getOrDefault("password", ""),
                            "displayName", name),
                    null);
            if (!answer.accepted()) {
                return answer;
            }
            registered = true;
        }
        return keep(api.post("/v1/tokens", credentials, null));
    }

    private Answer keep(Answer answer) {
        if (answer.accepted()) {
            accessToken = answer.text("/accessToken");
            refreshToken = answer.text("/refreshToken");
            goodUntil = clock.instant()
                    .plusSeconds(answer.body().at("/expiresIn").asLong(0))
                    .minus(EARLY);
        }
        return answer;
    }

    private static String random() {
        return new BigInteger(130, RANDOM).setBit(130).toString(36);
    }
}
