package dev.gavel.localstack;

import dev.gavel.broker.BrokerPlane;
import dev.gavel.events.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Asks everybody how they are, for at most about two seconds.
final class StatusProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private StatusProbe() {}

    static Status ask(
            boolean ready,
            @Nullable Child backends,
            List<Supervisor> supervisors,
            FunctionAddresses addresses,
            @Nullable BrokerPlane plane,
            RunFolder folder) {
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put("runner", ProcessHandle.current().pid());
        if (backends != null && backends.alive()) {
            pids.put("backends", backends.pid());
        }
        supervisors.forEach(one -> one.pid().ifPresent(pid -> pids.put(one.name(), pid)));
        Map<String, String> hosts = functionStates(addresses.all());
        Map<String, String> servers = backendStates(folder);
        boolean all = ready
                && !hosts.isEmpty()
                && hosts.values().stream().allMatch("up"::equals)
                && servers.values().stream().allMatch("up"::equals);
        return new Status(
                all,
                pids,
                supervisors.stream().mapToInt(Supervisor::restarts).sum(),
                hosts,
                servers,
                plane == null ? null : plane.snapshot());
    }

    private static Map<String, String> functionStates(Map<String, URI> addresses) {
        Map<String, CompletableFuture<String>> asked = new TreeMap<>();
        addresses.forEach((service, address) -> asked.put(
                service,
                HTTP.sendAsync(
                                HttpRequest.newBuilder(address.resolve("/healthz/ready"))
                                        .timeout(PATIENCE)
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .handle((answer, trouble) -> trouble == null && answer.statusCode() == 200 ? "up" : "down")));
        Map<String, String> states = new TreeMap<>();
        asked.forEach((service, state) -> states.put(service, state.join()));
        return states;
    }

    private static Map<String, String> backendStates(RunFolder folder) {
        Map<String, String> states = new TreeMap<>();
        try {
            var json = Json.MAPPER.readTree(Files.readString(folder.file("backends.json")));
            json.properties().forEach(member -> {
                if (!member.getKey().equals("pid")) {
                    states.put(member.getKey(), answers(member.getValue().asInt()) ? "up" : "down");
                }
            });
        } catch (IOException | RuntimeException e) {
            states.put("backends", "down");
        }
        return states;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
