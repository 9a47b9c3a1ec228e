package dev.gavel.images;

import dev.gavel.events.EventCatalog;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.MarketEvent;
import dev.gavel.runtime.Catalogue;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the functions of a context are asked in a rehearsal: the steps of `rehearsals/CONTEXT.json`,
/// each of which must be answered as it says, then every event they take, every tick, and every
/// resource.
final class Rehearsal {

    private static final String NOBODY = "usr_01KAMQ2M4N6P8R0STVWXYZ1357";
    private static final String ANY = "01KAMR5Z8QJ3T7W9XBDEFGHKMN";

    private final Context context;
    private final Surroundings surroundings;
    private final Path samples;
    private final @Nullable FunctionCaller beside;

    /// @param samples a folder of samples for each type of event
    /// @param beside who answers what the process is not asked for; null when it answers everything
    Rehearsal(Context context, Surroundings surroundings, Path samples, @Nullable FunctionCaller beside) {
        this.context = context;
        this.surroundings = surroundings;
        this.samples = samples;
        this.beside = beside;
    }

    /// @return how many requests it was
    /// @throws IllegalStateException when a step is answered otherwise than it must be
    int play(URI address, List<Catalogue.Entry> functions) throws IOException {
        FunctionCaller caller = FunctionCaller.of(address);
        int count = steps(caller);
        for (Catalogue.Entry function : functions) {
            for (Class<? extends MarketEvent> event : function.events()) {
                count += deliver(caller, event);
            }
            if (function.tick()) {
                caller.tick();
                count++;
            }
            if (function.http().isPresent()) {
                ask(caller, function.http().get());
                count++;
            }
        }
        return count;
    }

    /// The steps alone; returns how many there are.
    int steps(FunctionCaller process) throws IOException {
        Map<String, String> known = new TreeMap<>();
        int count = 0;
        for (JsonNode step : script()) {
            String[] line = filled(step.path("call").asString(), known).split(" ", 2);
            FunctionCaller caller = beside == null || takes(line) ? process : beside;
            FunctionCaller who = step.has("as")
                    ? caller.withToken(surroundings.token(step.path("as").asString()))
                    : caller;
            Answer answer = switch (line[0]) {
                case "GET" -> who.get(line[1]);
                case "EVENT" -> caller.deliver(sample(line[1]));
                default ->
                    who.send(
                            line[0],
                            line[1],
                            filled(step.path("body").toString(), known),
                            Map.of("idempotency-key", UUID.randomUUID().toString()));
            };
            if (answer.status() != step.path("expect").asInt()) {
                throw new IllegalStateException("The rehearsal of " + context.name() + " expects " + step.path("expect")
                        + " of " + String.join(" ", line) + ", but: " + answer);
            }
            step.path("take")
                    .forEachEntry((name, pointer) ->
                            known.put(name, answer.json().at(pointer.asString()).asString()));
            count += caller.equals(process) ? 1 : 0;
        }
        if (count == 0) {
            throw new IllegalStateException(
                    "No step of the rehearsal is for " + Context.definition(context.functions()));
        }
        return count;
    }

    private boolean takes(String[] line) {
        return context.functions().stream()
                .flatMap(function -> function.http().stream())
                .anyMatch(resource -> resource.method().equals(line[0])
                        && line[1].matches(resource.path().replaceAll("\\{\\w+}", "[^/?]+")));
    }

    private int deliver(FunctionCaller caller, Class<? extends MarketEvent> event) throws IOException {
        List<Path> all = samples(event);
        for (Path sample : all) {
            caller.deliver(fact(event, sample));
        }
        return all.size();
    }

    /// The first sample of a type that a function takes.
    private Fact<?> sample(String type) throws IOException {
        for (Catalogue.Entry function : context.functions()) {
            for (Class<? extends MarketEvent> event : function.events()) {
                if (EventCatalog.type(event).equals(type)) {
                    return fact(event, samples(event).getFirst());
                }
            }
        }
        throw new IllegalStateException("No function of " + context.name() + " takes " + type + ".");
    }

    private static Fact<?> fact(Class<? extends MarketEvent> event, Path sample) {
        MarketEvent data = Json.MAPPER.treeToValue(Json.MAPPER.readTree(sample), event);
        return new Fact<>("/functions/rehearsal", 1, Instant.now(), data);
    }

    private List<Path> samples(Class<? extends MarketEvent> event) throws IOException {
        try (Stream<Path> files = Files.list(samples.resolve(EventCatalog.type(event)))) {
            return files.sorted().toList();
        }
    }

    private void ask(FunctionCaller caller, Catalogue.Resource resource) {
        String path = resource.path();
        for (String[] id : new String[][] {
            {"auction", "auc_"}, {"product", "prd_"}, {"user", "usr_"}, {"order", "ord_"}, {"picture", "pic_"}
        }) {
            path = path.replace("{" + id[0] + "Id}", id[1] + ANY);
        }
        FunctionCaller who = caller.withToken(surroundings.token(NOBODY));
        path = path.replaceAll("\\{\\w+}", ANY);
        if (resource.method().equals("GET")) {
            who.get(path);
        } else {
            who.send(
                    resource.method(),
                    path,
                    "{}",
                    Map.of("idempotency-key", UUID.randomUUID().toString()));
        }
    }

    private JsonNode script() throws IOException {
        String file = "/rehearsals/" + context.name() + ".json";
        try (InputStream script = Rehearsal.class.getResourceAsStream(file)) {
            if (script == null) {
                throw new IllegalStateException(
                        "There is no rehearsal " + file + ": write one with a request that is accepted.");
            }
            return Json.MAPPER.readTree(script);
        }
    }

    private static String filled(String text, Map<String, String> known) {
        String filled = text;
        for (Map.Entry<String, String> each : known.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", each.getValue());
        }
        return filled;
    }
}
