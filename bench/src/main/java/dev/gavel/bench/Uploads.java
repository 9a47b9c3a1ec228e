package dev.gavel.bench;

import dev.gavel.events.Json;
import dev.gavel.testkit.Photographs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/// Pictures are uploaded to a running platform while the functions and the relay are killed at random. Then
/// each must be ready or rejected with the right reason and decided once, and neither a message nor an
/// uploaded file may be left. Two forms that nothing is posted with are the control: the same checks must find
/// that nothing came of them.
public final class Uploads {

    private static final int PEOPLE = 12;
    private static final int CONTROLS = 2;
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String BOUNDARY = "gavel-7MA4YWxkTrZu0gW";

    private Uploads() {}

    /// @param gateway of the platform
    /// @param run its folder
    /// @param count how many pictures
    public record Options(URI gateway, Path run, int count, long seed) {}

    /// What came of it.
    ///
    /// @param wrong pictures nothing came of, or something else than should
    /// @param shown pictures that can be seen in all sizes
    /// @param twice pictures that were decided more than once
    /// @param left messages in the queues, files where they were uploaded to, and decisions nobody was told of
    /// @param functions how often the functions were killed, and `relays` the relay
    /// @param control pictures that were never posted and nothing came of
    public record Result(
            int count,
            int ready,
            int rejected,
            int shown,
            List<String> wrong,
            long twice,
            long left,
            int functions,
            int relays,
            int control) {

        public boolean passed() {
            return wrong.isEmpty()
                    && ready + rejected == count
                    && shown == ready
                    && twice == 0
                    && left == 0
                    && functions > 0
                    && relays > 0
                    && control == CONTROLS;
        }

        /// The one line that says it all.
        public String line() {
            return "uploads: count=" + count + " ready=" + ready + " rejected=" + rejected + " shown=" + shown
                    + " wrong=" + wrong.size() + " twice=" + twice + " left=" + left + " kills=" + functions + "+"
                    + relays + " control=" + control;
        }
    }

    /// `--url` and `--run` of the platform; optionally `--count` and `--seed`. Exits with 1 when something is
    /// wrong.
    public static void main(String[] line) throws InterruptedException {
        try {
            Arguments arguments = Arguments.of(List.of(line), Set.of("url", "run", "count", "seed"));
            Result result = run(
                    new Options(
                            arguments.address("url"),
                            Path.of(arguments.text("run")),
                            arguments.number("count", 500),
                            arguments.number("seed", 1)),
                    System.out);
            result.wrong().stream().limit(10).forEach(System.out::println);
            System.out.println(result.line());
            System.exit(result.passed() ? 0 : 1);
        } catch (Arguments.Wrong wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        } catch (IllegalStateException | IOException | UncheckedIOException trouble) {
            System.err.println("Stopped: " + trouble.getMessage());
            System.exit(1);
        }
    }

    /// Uploads, kills, waits and looks.
    ///
    /// @throws IllegalStateException when the platform does not come back
    public static Result run(Options options, PrintStream out) throws IOException, InterruptedException {
        Progress progress = new Progress(out, Duration.ofSeconds(5));
        String run = UUID.randomUUID().toString().substring(0, 8);
        try (MarketApi api = new MarketApi(options.gateway(), null);
                HttpClient browser = HttpClient.newHttpClient()) {
            People people = new People(api, run, Clock.systemUTC());
            people.register(LongStream.range(0, PEOPLE).boxed().toList(), 4, progress);
            Kills kills = new Kills(options.run(), new Random(options.seed()));
            Map<Integer, String> ids = new ConcurrentHashMap<>();
            Thread killing = Thread.ofVirtual().start(kills);
            try {
                Lanes.forEach(
                        IntStream.range(0, options.count() + CONTROLS).boxed().toList(), AT_ONCE, number -> {
                            JsonNode form = api.post(
                                            "/v1/pictures",
                                            people.token(number % PEOPLE),
                                            run + "-" + number,
                                            Map.of("contentType", "image/jpeg", "bytes", 1),
                                            null)
                                    .expect(201, "asking for a form")
                                    .body();
                            ids.put(number, form.path("pictureId").asString());
                            if (number < options.count()) {
                                post(browser, form, file(number));
                            }
                            progress.say(() -> "uploaded " + ids.size() + "; killed " + kills);
                        });
                await(api, people, ids, options.count());
            } finally {
                killing.interrupt();
                killing.join();
            }
            UploadTraces traces = new UploadTraces(options.run());
            long left = left(traces, options.count());
            return look(options, api, people, ids, kills, browser, traces, left);
        }
    }

    /// Every fifth file is one that is not taken.
    private static byte[] file(int number) {
        byte[] jpeg = Photographs.jpeg(Photographs.photo(400 + number % 7 * 100, 300, number));
        return switch (number % 10) {
            case 4 -> Arrays.copyOf(jpeg, jpeg.length / 2);
            case 9 -> ("GIF89a" + number).getBytes(StandardCharsets.US_ASCII);
            default -> jpeg;
        };
    }

    private static String expected(int number) {
        return switch (number % 10) {
            case 4 -> "rejected damaged";
            case 9 -> "rejected unsupported";
            default -> "ready";
        };
    }

    private static void post(HttpClient browser, JsonNode form, byte[] file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        form.path("fields")
                .properties()
                .forEach(field -> part(
                        body,
                        "name=\"" + field.getKey() + "\"",
                        field.getValue().asString().getBytes(StandardCharsets.UTF_8)));
        part(body, "name=\"file\"; filename=\"photo.jpg\"", file);
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(form.path("url").asString()))
                .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try {
            int status = browser.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 204) {
                throw new IllegalStateException("a form was answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void part(ByteArrayOutputStream body, String name, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + name + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /// Waits until something has come of every picture that was posted, however long that takes while others die.
    private static void await(MarketApi api, People people, Map<Integer, String> ids, int count)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int number = 0; number < count; number++) {
            while (state(api, people, ids, number).equals("expected") && System.nanoTime() < end) {
                Thread.sleep(200);
            }
        }
    }

    /// What is left once nobody is killed any more: a message whose delivery died comes again when its time is over.
    private static long left(UploadTraces traces, int count) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long left = traces.messages("uploads")
                    + traces.messages("uploads-failed")
                    + traces.files()
                    + Math.max(0, count - traces.decisions().size());
            if (left == 0 || System.nanoTime() > end) {
                return left;
            }
            Thread.sleep(500);
        }
    }

    private static Result look(
            Options options,
            MarketApi api,
            People people,
            Map<Integer, String> ids,
            Kills kills,
            HttpClient browser,
            UploadTraces traces,
            long left) {
        Map<String, Integer> states = new HashMap<>();
        List<String> wrong = IntStream.range(0, options.count())
                .mapToObj(number -> {
                    String state = state(api, people, ids, number);
                    states.merge(state.split(" ")[0], 1, Integer::sum);
                    return state.equals(expected(number))
                            ? ""
                            : ids.get(number) + " is " + state + " instead of " + expected(number);
                })
                .filter(problem -> !problem.isEmpty())
                .toList();
        int shown = (int) IntStream.range(0, options.count())
                .filter(number -> isShown(options, api, people, ids, number, browser))
                .count();
        Map<String, Set<String>> decisions = traces.decisions();
        int control = (int) IntStream.range(options.count(), options.count() + CONTROLS)
                .filter(number ->
                        state(api, people, ids, number).equals("expected") && !decisions.containsKey(ids.get(number)))
                .count();
        return new Result(
                options.count(),
                states.getOrDefault("ready", 0),
                states.getOrDefault("rejected", 0),
                shown,
                wrong,
                ids.values().stream()
                        .filter(id -> decisions.getOrDefault(id, Set.of()).size() > 1)
                        .count(),
                left,
                kills.functions.get(),
                kills.relays.get(),
                control);
    }

    private static boolean isShown(
            Options options, MarketApi api, People people, Map<Integer, String> ids, int number, HttpClient browser) {
        String key = picture(api, people, ids, number).path("key").asString("");
        return !key.isEmpty()
                && List.of("full", "card", "thumb").stream().allMatch(variant -> {
                    URI place = options.gateway().resolve("/pictures/" + key + "/" + variant + ".jpg");
                    try {
                        return browser.send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofByteArray())
                                        .body()
                                        .length
                                > 500;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static String state(MarketApi api, People people, Map<Integer, String> ids, int number) {
        JsonNode picture = picture(api, people, ids, number);
        return (picture.path("status").asString() + " " + picture.path("reason").asString("")).strip();
    }

    private static JsonNode picture(MarketApi api, People people, Map<Integer, String> ids, int number) {
        return api.get("/v1/pictures/" + ids.get(number), people.token(number % PEOPLE), null)
                .expect(200, "asking for a picture")
                .body();
    }

    /// Kills the functions or the relay, by the pid their own platform has published for them.
    private static final class Kills implements Runnable {

        final AtomicInteger functions = new AtomicInteger();
        final AtomicInteger relays = new AtomicInteger();
        private final Path run;
        private final Random random;

        Kills(Path run, Random random) {
            this.run = run;
            this.random = random;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    Thread.sleep(4_000 + random.nextInt(12_000));
                    boolean ofRelay = random.nextInt(3) == 0;
                    if (killed(ofRelay ? "relay-uploads" : "functions")) {
                        (ofRelay ? relays : functions).incrementAndGet();
                    }
                }
            } catch (InterruptedException e) {
                // It is enough.
            }
        }

        private boolean killed(String name) {
            try {
                // The file is there only while its process is ready, so that something runs between two kills.
                JsonNode published = Json.MAPPER.readTree(Files.readString(run.resolve(name + ".json")));
                return ProcessHandle.of(published.path("pid").asLong())
                        .filter(process -> process.info()
                                .command()
                                .filter(command -> command.endsWith("java"))
                                .isPresent())
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false);
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "the functions " + functions + " times, the relay " + relays + " times";
        }
    }
}
