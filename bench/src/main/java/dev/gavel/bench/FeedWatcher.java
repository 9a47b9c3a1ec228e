package dev.gavel.bench;

import dev.gavel.events.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the live feed that reconnects for as long as it lives, and checks what it is told: every delta is the
/// one after the last, and no snapshot ever leaps over one.
final class FeedWatcher implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long LONGEST_PAUSE = 1_000;

    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final URI feed;
    private final String auctionId;
    private final boolean resumes;
    private final List<String> faults = new ArrayList<>();
    private State state = new State(-1, "", "", "", 0, "");
    private @Nullable Session session;
    private int connects;
    private long deltas;
    private int failures;
    private boolean closed;

    /// What the client would show.
    record State(long sequence, String status, String price, String leader, long bidCount, String endsAt) {}

    /// @param resumes whether it says what it knows when it comes back; one that does not is the control
    FeedWatcher(HttpClient http, ScheduledExecutorService timer, URI feed, String auctionId, boolean resumes) {
        this.http = http;
        this.timer = timer;
        this.feed = feed;
        this.auctionId = auctionId;
        this.resumes = resumes;
    }

    void start() {
        connect();
    }

    private void connect() {
        Session fresh = new Session();
        synchronized (this) {
            if (closed) {
                return;
            }
            session = fresh;
        }
        http.newWebSocketBuilder()
                .connectTimeout(CONNECT)
                .buildAsync(feed, fresh)
                .whenComplete((_, trouble) -> {
                    if (trouble != null) {
                        lost(fresh);
                    }
                });
    }

    private void lost(Session which) {
        long pause;
        synchronized (this) {
            if (closed || session != which) {
                return;
            }
            session = null;
            failures++;
            pause = ThreadLocalRandom.current().nextLong(Math.min(LONGEST_PAUSE, 50L << Math.min(failures, 5)) + 1);
        }
        timer.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }

    /// One connection.
    private final class Session implements WebSocket.Listener {

        private final StringBuilder part = new StringBuilder();

        @Override
        public void onOpen(WebSocket socket) {
            String lastSeq;
            synchronized (FeedWatcher.this) {
                connects++;
                lastSeq = resumes && state.sequence() >= 0 ? ",\"lastSeq\":" + state.sequence() : "";
            }
            socket.sendText("{\"type\":\"subscribe\",\"auction\":\"" + auctionId + "\"" + lastSeq + "}", true);
            socket.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                String text = part.toString();
                part.setLength(0);
                synchronized (FeedWatcher.this) {
                    if (session == this) {
                        failures = 0;
                        Json.MAPPER.readTree(text).forEach(FeedWatcher.this::told);
                    }
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            lost(this);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            lost(this);
        }
    }

    private void told(JsonNode message) {
        String type = message.path("type").asString("");
        switch (type) {
            case "snapshot" -> snapshot(message);
            case "scheduled", "opened", "bids", "extended", "closed", "cancelled" -> delta(type, message);
            case "error" -> faults.add("told " + message);
            default -> {}
        }
    }

    private void snapshot(JsonNode message) {
        long sequence = message.path("sequence").asLong();
        if (state.sequence() >= 0 && sequence != state.sequence()) {
            faults.add("a snapshot leapt from " + state.sequence() + " to " + sequence);
        }
        JsonNode view = message.path("state");
        state = new State(
                sequence,
                view.path("status").asString(""),
                view.at("/price/amount").asString(""),
                view.path("leader").asString(""),
                view.path("bidCount").asLong(),
                view.path("endsAt").asString(""));
    }

    private void delta(String type, JsonNode message) {
        deltas++;
        long sequence = message.path("sequence").asLong();
        if (sequence != state.sequence() + 1) {
            faults.add("delta " + sequence + " came after " + state.sequence());
        }
        boolean bids = type.equals("bids");
        state = new State(
                sequence,
                switch (type) {
                    case "scheduled", "closed", "cancelled" -> type;
                    default -> "open";
                },
                message.at("/price/amount").asString(state.price()),
                message.path("leader").asString(state.leader()),
                bids ? message.path("bidCount").asLong() : state.bidCount(),
                message.path("endsAt").asString(state.endsAt()));
    }

    synchronized State state() {
        return state;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized int connects() {
        return connects;
    }

    synchronized long deltas() {
        return deltas;
    }

    @Override
    public synchronized void close() {
        closed = true;
        session = null;
    }
}
