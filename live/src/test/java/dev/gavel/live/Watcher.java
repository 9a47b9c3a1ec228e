package dev.gavel.live;

import dev.gavel.events.Json;
import dev.gavel.kernel.AuctionId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client: everything it was told, in order, and how it ended.
final class Watcher implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Queue<JsonNode> told = new ConcurrentLinkedQueue<>();
    final Queue<JsonNode> frames = new ConcurrentLinkedQueue<>();
    final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;
    volatile int closed;
    volatile String reason = "";
    private volatile long newest;

    static Watcher connect(URI address) {
        Watcher watcher = new Watcher();
        watcher.socket = HTTP.newWebSocketBuilder()
                .header("origin", Replica.ORIGIN)
                .buildAsync(address, watcher)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return watcher;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonNode frame = Json.MAPPER.readTree(part.toString());
            frames.add(frame);
            frame.forEach(message -> {
                told.add(message);
                newest = Math.max(newest, message.path("sequence").asLong(0));
            });
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String why) {
        reason = why;
        closed = code;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        reason = String.valueOf(error);
        closed = -1;
    }

    WebSocket socket() {
        return java.util.Objects.requireNonNull(socket);
    }

    Watcher say(String json) {
        said.add(json);
        socket().sendText(json, true).orTimeout(20, TimeUnit.SECONDS).join();
        return this;
    }

    Watcher subscribe(AuctionId id) {
        return say("{\"type\":\"subscribe\",\"auction\":\"" + id + "\"}");
    }

    Watcher resume(AuctionId id, long lastSeq) {
        return say("{\"type\":\"subscribe\",\"auction\":\"" + id + "\",\"lastSeq\":" + lastSeq + "}");
    }

    List<JsonNode> all(String... types) {
        List<String> wanted = List.of(types);
        return told.stream()
                .filter(message -> wanted.contains(message.path("type").asString()))
                .toList();
    }

    JsonNode await(String type) {
        return await(type, 1).getFirst();
    }

    List<JsonNode> await(String type, int count) {
        Awaitility.await(type).atMost(PATIENCE).until(() -> all(type).size() >= count || closed != 0);
        List<JsonNode> found = all(type);
        if (found.size() < count) {
            throw new AssertionError("closed with " + closed + " " + reason + " before " + type + ": " + told);
        }
        return found;
    }

    int awaitClose() {
        Awaitility.await("close").atMost(PATIENCE).until(() -> closed != 0);
        return closed;
    }

    /// The newest sequence it knows of.
    long newest() {
        return newest;
    }

    /// The sequence it was brought to by each message in turn.
    List<Long> sequences() {
        List<Long> sequences = new ArrayList<>();
        for (JsonNode message : all("snapshot", "bids", "opened", "extended", "closed", "cancelled")) {
            sequences.add(message.get("sequence").asLong());
        }
        return sequences;
    }

    @Override
    public void close() {
        socket().abort();
    }
}
