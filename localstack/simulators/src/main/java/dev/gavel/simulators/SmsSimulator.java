package dev.gavel.simulators;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A provider of text messages: `POST /v1/messages {to, from, text}` with a bearer token and an Idempotency-Key,
/// which it remembers, so that nobody gets a message twice. It keeps the newest 1,000; `GET /messages` shows them,
/// the newest first.
public final class SmsSimulator implements AutoCloseable {

    public static final String TOKEN = "sms_sk_simulator";

    private static final int KEPT = 1_000;

    /// What is to happen to the next message.
    public enum Mood {
        NORMAL,
        /// Takes it and closes the connection.
        LOSE_THE_ANSWER,
        /// Answers 503 and does nothing.
        BE_IN_TROUBLE,
        /// Answers 422, as it does to a number that does not exist.
        REFUSE
    }

    /// @param times how often it was asked for with the same key; it was sent once
    public record Text(String key, String to, String from, String text, Instant at, int times) {}

    private final Map<String, Text> texts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Text> eldest) {
            return size() > KEPT;
        }
    };
    private final Web web = Web.serve(this::serve);
    private Mood mood = Mood.NORMAL;

    public URI uri() {
        return web.uri();
    }

    /// The next message meets this mood, those after it the normal one.
    public synchronized void next(Mood other) {
        mood = other;
    }

    /// What was sent, in order.
    public synchronized List<Text> texts() {
        return List.copyOf(texts.values());
    }

    private void serve(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getPath();
        if (http.getRequestMethod().equals("GET") && path.equals("/messages")) {
            String list = texts().reversed().stream().map(SmsSimulator::json).collect(Collectors.joining(",\n"));
            Web.send(http, 200, Web.JSON, "[" + list + "]\n");
        } else if (http.getRequestMethod().equals("POST") && path.equals("/v1/messages")) {
            take(http);
        } else {
            Web.send(http, 404, Web.JSON, error("not_found"));
        }
    }

    private void take(HttpExchange http) throws IOException {
        Map<String, String> message = JsonText.members(new String(Web.body(http), StandardCharsets.UTF_8));
        String key = http.getRequestHeaders().getFirst("Idempotency-Key");
        String to = message.getOrDefault("to", "").replace("-", "");
        Mood now;
        synchronized (this) {
            now = mood;
            mood = Mood.NORMAL;
        }
        if (!("Bearer " + TOKEN).equals(http.getRequestHeaders().getFirst("Authorization"))) {
            Web.send(http, 401, Web.JSON, error("unknown_token"));
        } else if (now == Mood.BE_IN_TROUBLE) {
            Web.send(http, 503, Web.JSON, error("in_trouble"));
        } else if (key == null
                || key.isBlank()
                || message.getOrDefault("text", "").isEmpty()) {
            Web.send(http, 400, Web.JSON, error("key_or_text_missing"));
        } else if (now == Mood.REFUSE || !to.matches("\\+?[0-9]{8,15}")) {
            Web.send(http, 422, Web.JSON, error("no_such_number"));
        } else {
            Text sent = keep(key, to, message);
            if (now != Mood.LOSE_THE_ANSWER) {
                Web.send(http, 202, Web.JSON, json(sent));
            }
        }
    }

    private synchronized Text keep(String key, String to, Map<String, String> message) {
        @Nullable Text before = texts.get(key);
        Text sent = before == null
                ? new Text(
                        key, to, message.getOrDefault("from", ""), message.getOrDefault("text", ""), Instant.now(), 1)
                : new Text(key, before.to(), before.from(), before.text(), before.at(), before.times() + 1);
        texts.put(key, sent);
        return sent;
    }

    private static String json(Text text) {
        return "{\"key\":%s,\"to\":%s,\"from\":%s,\"text\":%s,\"at\":\"%s\",\"times\":%d}"
                .formatted(
                        JsonText.quoted(text.key()),
                        JsonText.quoted(text.to()),
                        JsonText.quoted(text.from()),
                        JsonText.quoted(text.text()),
                        text.at(),
                        text.times());
    }

    private static String error(String code) {
        return "{\"code\":\"" + code + "\"}";
    }

    @Override
    public void close() {
        web.close();
    }
}
