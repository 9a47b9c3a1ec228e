package dev.gavel.bench;

import dev.gavel.events.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Where the functions of a running Gavel listen, from the file the local runner writes.
record FunctionAddresses(Map<String, URI> byService) {

    static FunctionAddresses read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new Arguments.Wrong("There is no " + file + ": is Gavel running? Start it with `./gavel up`.");
        }
        return of(Json.MAPPER.readTree(Files.readString(file)));
    }

    static FunctionAddresses of(JsonNode json) {
        Map<String, URI> addresses = new HashMap<>();
        json.path("services").properties().forEach(entry -> {
            String url = entry.getValue().asString();
            addresses.put(entry.getKey(), URI.create(url.endsWith("/") ? url : url + "/"));
        });
        return new FunctionAddresses(Map.copyOf(addresses));
    }

    /// @throws Arguments.Wrong when there is no such function
    URI of(String service) {
        URI address = byService.get(service);
        if (address == null) {
            throw new Arguments.Wrong("No function " + service + " is running; known are " + byService.keySet() + ".");
        }
        return address;
    }
}
