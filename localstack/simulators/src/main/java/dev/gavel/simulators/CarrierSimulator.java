package dev.gavel.simulators;

import static dev.gavel.simulators.JsonText.quoted;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A tracking aggregator for all carriers that needs nothing but the JDK. Every number is known, and
/// registered from when it is first asked for; `POST /simulator/parcels/{carrier}/{number} {"stage",
/// "place"?, "at"?}` moves it. It can be told to misbehave, and to tell somebody of news as carriers do:
/// late, twice and out of order.
public final class CarrierSimulator implements AutoCloseable {

    public static final String TOKEN = "simulated-carriers";

    private static final String PATH = "/(v1/tracking|simulator/parcels)/[a-z0-9-]{1,40}/[0-9A-Za-z-]{1,40}";
    private static final List<String> STAGES =
            List.of("registered", "accepted", "in-transit", "out-for-delivery", "delivered");
    private static final int NOBODY_WAITS_LONGER = 30;
    private static final int REMEMBERED = 10_000;
    private static final int NEVER_SENT = 1_000;
    private static final int MOST_STAGES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(1);

    /// What is to happen to the next question.
    public enum Mood {
        NORMAL,
        /// Closes the connection in the middle of the answer.
        BREAK_OFF,
        /// Says nothing for as long as anybody listens.
        NEVER_ANSWER,
        /// Answers what is no tracking.
        ANSWER_NONSENSE,
        /// Says that it is in trouble.
        BE_IN_TROUBLE,
        /// Says that it does not know the number.
        KNOW_NOTHING
    }

    private record Scan(String stage, @Nullable String place, String at) {}

    private final Map<String, List<Scan>> parcels = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Scan>> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Web web = Web.serve(this::serve);
    private Mood mood = Mood.NORMAL;
    private @Nullable URI listener;
    private int questions;

    public URI uri() {
        return web.uri();
    }

    /// The next question meets this mood, those after it the normal one.
    public synchronized void next(Mood other) {
        mood = other;
    }

    /// Tells this address of every parcel that moves, twice: after one second and after two.
    public synchronized void webhooks(URI address) {
        listener = address;
    }

    /// How often anybody asked where a parcel is.
    public synchronized int questions() {
        return questions;
    }

    /// A parcel comes to a stage, as the carrier's clock has it.
    ///
    /// @throws IllegalArgumentException when there is no such stage
    public void move(String carrier, String number, String stage, Instant at) {
        move(carrier + "/" + number, new Scan(stage, null, at.toString()));
    }

    private void move(String number, Scan scan) {
        if (!STAGES.contains(scan.stage())) {
            throw new IllegalArgumentException("the stages are " + String.join(", ", STAGES));
        }
        URI told;
        synchronized (this) {
            List<Scan> scans = scans(number);
            if (scans.size() < MOST_STAGES) {
                // The newest first, as many carriers list them.
                scans.addFirst(scan);
            }
            told = listener;
        }
        if (told != null) {
            Thread.startVirtualThread(() -> tell(told, number, scan));
        }
    }

    private synchronized List<Scan> scans(String number) {
        return parcels.computeIfAbsent(
                number,
                _ -> new ArrayList<>(
                        List.of(new Scan("registered", null, Instant.now().toString()))));
    }

    private void tell(URI told, String number, Scan scan) {
        String[] parts = number.split("/");
        HttpRequest request = HttpRequest.newBuilder(told)
                .timeout(PATIENCE)
                .header("content-type", Web.JSON)
                .POST(HttpRequest.BodyPublishers.ofString("{\"carrier\":%s,\"trackingNumber\":%s,\"news\":%s}"
                        .formatted(quoted(parts[0]), quoted(parts[1]), json(scan))))
                .build();
        for (int time = 0; time < 2; time++) {
            try {
                if (closed.await(LATE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                client.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException _) {
                // Nobody listens: carriers do not mind.
                continue;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getPath();
        String body = new String(Web.body(http), StandardCharsets.UTF_8);
        if (!path.matches(PATH)) {
            Web.send(http, 404, Web.JSON, "{\"code\":\"NOT_FOUND\"}");
        } else if (path.startsWith("/simulator/") && http.getRequestMethod().equals("POST")) {
            moved(http, number(path), JsonText.members(body));
        } else if (path.startsWith("/v1/") && http.getRequestMethod().equals("GET")) {
            asked(http, number(path));
        } else {
            Web.send(http, 405, Web.JSON, "{\"code\":\"METHOD_NOT_ALLOWED\"}");
        }
    }

    /// The last two parts.
    private static String number(String path) {
        return path.replaceFirst("/[a-z0-9]+/[a-z]+/", "");
    }

    private void moved(HttpExchange http, String number, Map<String, String> members) throws IOException {
        try {
            String at = members.get("at");
            move(
                    number,
                    new Scan(
                            members.getOrDefault("stage", ""),
                            members.get("place"),
                            at == null ? Instant.now().toString() : at));
            Web.send(http, 200, Web.JSON, tracking(number));
        } catch (IllegalArgumentException wrong) {
            Web.send(http, 422, Web.JSON, "{\"detail\":" + quoted(String.valueOf(wrong.getMessage())) + "}");
        }
    }

    private void asked(HttpExchange http, String number) throws IOException {
        if (!("Bearer " + TOKEN).equals(http.getRequestHeaders().getFirst("Authorization"))) {
            Web.send(http, 401, Web.JSON, "{\"code\":\"UNAUTHORIZED\"}");
            return;
        }
        Mood now;
        synchronized (this) {
            questions++;
            now = mood;
            mood = Mood.NORMAL;
        }
        switch (now) {
            case NORMAL -> Web.send(http, 200, Web.JSON, tracking(number));
            case BREAK_OFF -> {
                http.sendResponseHeaders(200, NEVER_SENT);
                http.getResponseBody().write('{');
                // Only who has seen the beginning does not ask again by itself.
                http.getResponseBody().flush();
            }
            case NEVER_ANSWER -> waitForTheEnd();
            case ANSWER_NONSENSE -> Web.send(http, 200, Web.JSON, "<html>");
            case BE_IN_TROUBLE -> Web.send(http, 503, Web.JSON, "{\"code\":\"CARRIER_AWAY\"}");
            case KNOW_NOTHING -> Web.send(http, 404, Web.JSON, "{\"code\":\"UNKNOWN_NUMBER\"}");
        }
    }

    private void waitForTheEnd() {
        try {
            boolean _ = closed.await(NOBODY_WAITS_LONGER, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String tracking(String number) {
        return scans(number).stream()
                .map(CarrierSimulator::json)
                .collect(Collectors.joining(",", "{\"stages\":[", "]}"));
    }

    private static String json(Scan scan) {
        return "{\"stage\":%s,\"at\":%s%s}"
                .formatted(
                        quoted(scan.stage()),
                        quoted(scan.at()),
                        scan.place() == null ? "" : ",\"place\":" + quoted(scan.place()));
    }

    @Override
    public void close() {
        closed.countDown();
        web.close();
        client.shutdownNow();
    }
}
