package dev.gavel.simulators;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A Web Push service (RFC 8030): a browser's subscription is `POST /push/{id}`, any id. It cannot read what it is
/// given; it keeps the newest 1,000 bodies with their headers, and `GET /messages` shows how long they are.
public final class PushSimulator implements AutoCloseable {

    private static final int KEPT = 1_000;

    /// One message as it came; names of headers are in lower case.
    public record Push(String subscription, Map<String, String> headers, byte[] body) {}

    private final Deque<Push> pushes = new ArrayDeque<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final Web web = Web.serve(this::serve);
    private int troubles;

    public URI uri() {
        return web.uri();
    }

    /// Where to send for one subscription.
    public URI endpoint(String subscription) {
        return uri().resolve("/push/" + subscription);
    }

    /// The browser has given this subscription up: 410 from now on.
    public synchronized void gone(String subscription) {
        gone.add(subscription);
    }

    /// So many requests are answered with 503.
    public synchronized void troubles(int next) {
        troubles = next;
    }

    /// What came, in order.
    public synchronized List<Push> pushes() {
        return List.copyOf(pushes);
    }

    private void serve(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getPath();
        if (http.getRequestMethod().equals("GET") && path.equals("/messages")) {
            String list = pushes().reversed().stream().map(PushSimulator::json).collect(Collectors.joining(",\n"));
            Web.send(http, 200, Web.JSON, "[" + list + "]\n");
        } else if (http.getRequestMethod().equals("POST") && path.matches("/push/[^/]{1,200}")) {
            Web.send(http, take(http, path.substring("/push/".length())), Web.JSON, "");
        } else {
            Web.send(http, 404, Web.JSON, "");
        }
    }

    private int take(HttpExchange http, String subscription) throws IOException {
        byte[] body = Web.body(http);
        Map<String, String> headers = new TreeMap<>();
        http.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        synchronized (this) {
            if (troubles > 0) {
                troubles--;
                return 503;
            }
            if (gone.contains(subscription)) {
                return 410;
            }
            if (!headers.getOrDefault("ttl", "").matches("[0-9]{1,9}")) {
                return 400;
            }
            if (body.length > 4096) {
                return 413;
            }
            pushes.addLast(new Push(subscription, Map.copyOf(headers), body));
            if (pushes.size() > KEPT) {
                pushes.removeFirst();
            }
            return 201;
        }
    }

    private static String json(Push push) {
        String headers = push.headers().entrySet().stream()
                .map(header -> JsonText.quoted(header.getKey()) + ":" + JsonText.quoted(header.getValue()))
                .collect(Collectors.joining(","));
        return "{\"subscription\":%s,\"length\":%d,\"headers\":{%s}}"
                .formatted(JsonText.quoted(push.subscription()), push.body().length, headers);
    }

    @Override
    public void close() {
        web.close();
    }
}
