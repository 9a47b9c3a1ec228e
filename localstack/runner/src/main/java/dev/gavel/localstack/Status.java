package dev.gavel.localstack;

import dev.gavel.broker.Snapshot;
import dev.gavel.events.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// How the platform is doing, for operators: `ready` when everything that was started answers, each function and
/// backend `up` or `down`, the pid of each process, and what the broker counted.
record Status(
        boolean ready,
        Map<String, Long> processes,
        int restarts,
        Map<String, String> functions,
        Map<String, String> backends,
        @Nullable Snapshot broker) {

    Mono<ServerResponse> answer(ServerRequest request) {
        boolean text = request.headers().accept().stream().anyMatch(MediaType.TEXT_PLAIN::equalsTypeAndSubtype);
        return ServerResponse.ok()
                .contentType(text ? MediaType.parseMediaType("text/plain;charset=utf-8") : MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .bodyValue(text ? text() : Json.MAPPER.writeValueAsString(this));
    }

    String text() {
        StringBuilder lines = new StringBuilder(ready ? "ready\n" : "not ready\n");
        lines.append("processes:");
        new TreeMap<>(processes).forEach((name, pid) -> lines.append(" %s (pid %d)".formatted(name, pid)));
        lines.append("\nrestarts of processes: ").append(restarts);
        section(lines, "backends", backends);
        section(lines, "functions", functions);
        if (broker != null) {
            lines.append("\nevents: %d accepted, %d refused, %d failed"
                    .formatted(
                            broker.ingress().accepted(),
                            broker.ingress().refused(),
                            broker.ingress().failed()));
            for (Snapshot.TriggerNumbers trigger : broker.triggers()) {
                lines.append("\n  trigger %s: %d delivered, %d retried, %d dead-lettered, %d dropped, lag %d"
                        .formatted(
                                trigger.trigger(),
                                trigger.delivered(),
                                trigger.retried(),
                                trigger.deadLettered(),
                                trigger.dropped(),
                                trigger.lag()));
            }
        }
        return lines.append('\n').toString();
    }

    private static void section(StringBuilder lines, String title, Map<String, String> states) {
        long up = states.values().stream().filter("up"::equals).count();
        lines.append("\n%s: %d of %d up".formatted(title, up, states.size()));
        new TreeMap<>(states).forEach((name, state) -> {
            if (!state.equals("up")) {
                lines.append("\n  ").append(name).append(": ").append(state);
            }
        });
    }
}
