package dev.gavel.images;

import dev.gavel.runtime.Catalogue;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.testkit.FunctionCaller;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Starts a process of an image, asks it real requests among real servers, and lets it end: `learn`
/// asks everything there is, for whoever watches what is loaded; `prove` asks for one accepted
/// request of each kind. Of an image or of one function in it: what has to happen before that one can be
/// asked is then done beside it.
public final class RehearsalApplication {

    private static final String DEFINITION = "SPRING_CLOUD_FUNCTION_DEFINITION";

    private RehearsalApplication() {}

    /// `learn|prove CONTEXT[/FUNCTION] SAMPLES COMMAND...`. Exits with 1 and a sentence when something is not
    /// as it must be.
    public static void main(String[] line) {
        try {
            if (line.length < 4 || !List.of("learn", "prove").contains(line[0])) {
                throw new IllegalArgumentException("Usage: learn|prove CONTEXT[/FUNCTION] SAMPLES COMMAND...");
            }
            run(
                    line[0].equals("learn"),
                    Context.of(line[1]),
                    Path.of(line[2]),
                    Arrays.asList(line).subList(3, line.length));
            System.exit(0);
        } catch (Exception wrong) {
            System.err.println("rehearsal: " + wrong.getMessage());
            System.exit(1);
        }
    }

    private static void run(boolean learn, Context context, Path samples, List<String> command) throws Exception {
        try (Surroundings surroundings = new Surroundings(context.name().equals("live"), learn)) {
            List<Catalogue.Entry> functions = context.together();
            Map<String, String> settings = new TreeMap<>(surroundings.environment());
            settings.put(DEFINITION, Context.definition(functions));
            try (Troupe troupe = Troupe.start(command, settings);
                    FunctionHost beside = beside(context, surroundings)) {
                Rehearsal rehearsal = new Rehearsal(
                        context, surroundings, samples, beside == null ? null : FunctionCaller.of(beside.uri()));
                int count = learn
                        ? rehearsal.play(troupe.address(), functions)
                        : rehearsal.steps(FunctionCaller.of(troupe.address()));
                troupe.finish();
                System.out.println("rehearsal: " + Context.definition(functions) + " answered " + count + " requests");
            }
        }
    }

    private static @Nullable FunctionHost beside(Context context, Surroundings surroundings) {
        return context.others().isEmpty()
                ? null
                : FunctionHost.start(
                        new HostOptions(Context.definition(context.others()), 0, surroundings.plain()),
                        context.wiring());
    }
}
