package dev.gavel.bench;

import dev.gavel.bench.FeedWatcher.State;
import dev.gavel.events.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/// Many clients watch one auction of a running platform while people bid on it, the NEXMARK stream is replayed beside
/// it, and the live service and the functions are killed at random. Afterwards nobody may have missed a step, and
/// everybody's state must be the store's. Clients that do not resume are the control: the same check must find their
/// gaps.
public final class NoGap {

    private static final int BIDDERS = 8;
    private static final int CONTROLS = 10;
    private static final Duration BETWEEN_BIDS = Duration.ofMillis(250);
    private static final Duration CALM = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private NoGap() {}

    /// @param gateway of the platform, started with `--replay`
    /// @param run its folder
    /// @param length how long things are killed
    /// @param events of the NEXMARK stream replayed meanwhile; 0 for none
    public record Options(URI gateway, Path run, int connections, Duration length, int events, long seed) {}

    /// What came of it.
    ///
    /// @param gaps faults of the clients that resume, in whatever they were told
    /// @param wrong clients whose last state is not the store's
    /// @param control faults the same check found in those that do not resume
    public record Result(
            int connections,
            int killsOfLive,
            int killsOfFunctions,
            int reconnects,
            long deltas,
            List<String> gaps,
            List<String> wrong,
            int control) {

        public boolean passed() {
            return gaps.isEmpty() && wrong.isEmpty() && control > 0 && killsOfLive > 0 && killsOfFunctions > 0;
        }

        /// The one line that says it all.
        public String line() {
            return "no-gap: connections=" + connections + " kills=" + killsOfLive + "+" + killsOfFunctions
                    + " reconnects=" + reconnects + " deltas=" + deltas + " gaps=" + gaps.size() + " wrong="
                    + wrong.size() + " control=" + control;
        }
    }

    /// `--url` and `--run` of the platform; optionally `--connections`, `--seconds`, `--events` and `--seed`. Exits
    /// with 1 when somebody missed something or the control did not.
    public static void main(String[] line) throws InterruptedException {
        try {
            Arguments arguments =
                    Arguments.of(List.of(line), Set.of("url", "run", "connections", "seconds", "events", "seed"));
            Options options = new Options(
                    arguments.address("url"),
                    Path.of(arguments.text("run")),
                    arguments.number("connections", 200),
                    arguments.seconds("seconds", Duration.ofSeconds(60)),
                    arguments.number("events", 5_000),
                    arguments.number("seed", 1));
            Result result = run(options, System.out);
            result.gaps().stream().limit(10).forEach(System.out::println);
            result.wrong().stream().limit(10).forEach(System.out::println);
            System.out.println(result.line());
            System.exit(result.passed() ? 0 : 1);
        } catch (Arguments.Wrong wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        } catch (IllegalStateException | UncheckedIOException trouble) {
            System.err.println("Stopped: " + trouble.getMessage());
            System.exit(1);
        }
    }

    /// Watches, bids, kills, waits for calm and compares.
    ///
    /// @throws IllegalStateException when the platform does not come back
    public static Result run(Options options, PrintStream out) throws InterruptedException {
        Progress progress = new Progress(out, Duration.ofSeconds(5));
        String run = UUID.randomUUID().toString().substring(0, 8);
        URI feed = URI.create(options.gateway().toString().replaceFirst("^http", "ws") + "/v1/live");
        try (MarketApi api = new MarketApi(options.gateway(), null);
                Watchers all = new Watchers()) {
            List<FeedWatcher> watchers = all.watchers;
            People people = new People(api, run, Clock.systemUTC());
            people.register(LongStream.rangeClosed(0, BIDDERS).boxed().toList(), 4, progress);
            Duration lasts = options.length().plus(CALM);
            String auctionId = opened(api, people, run, lasts);
            for (int i = 0; i < options.connections() + CONTROLS; i++) {
                watchers.add(new FeedWatcher(all.http, all.timer, feed, auctionId, i < options.connections()));
            }
            watchers.forEach(FeedWatcher::start);
            await(
                    "everybody watches",
                    () -> watchers.stream().allMatch(it -> it.state().sequence() >= 0));
            Thread replay = Thread.ofPlatform().daemon().name("nexmark").start(() -> replay(options, progress));
            Kills kills = new Kills(options, new Random(options.seed()));
            AtomicLong amount = new AtomicLong(10_000);
            long end = System.nanoTime() + options.length().toNanos();
            List<Thread> bidders = new ArrayList<>();
            for (long bidder = 1; bidder <= BIDDERS; bidder++) {
                long number = bidder;
                bidders.add(Thread.ofVirtual().start(() -> bid(api, people, number, run, auctionId, amount, end)));
            }
            while (System.nanoTime() < end) {
                Thread.sleep(kills.pause());
                kills.next();
                progress.say(() -> "killed " + kills + "; the first watcher is at "
                        + watchers.getFirst().state());
            }
            for (Thread bidder : bidders) {
                bidder.join();
            }
            progress.now("nothing is killed any more; waiting for the auction to be closed");
            await("the auction is closed", () -> stored(api, auctionId).status().equals("closed"));
            State stored = stored(api, auctionId);
            List<FeedWatcher> honest = watchers.subList(0, options.connections());
            try {
                await(
                        "everybody saw the end",
                        () -> honest.stream().allMatch(it -> it.state().equals(stored)));
            } catch (IllegalStateException e) {
                progress.now(e.getMessage() == null ? "" : e.getMessage());
            }
            replay.interrupt();
            return new Result(
                    options.connections(),
                    kills.live.get(),
                    kills.functions.get(),
                    honest.stream().mapToInt(it -> it.connects() - 1).sum(),
                    honest.stream().mapToLong(FeedWatcher::deltas).sum(),
                    honest.stream().flatMap(it -> it.faults().stream()).toList(),
                    honest.stream()
                            .map(FeedWatcher::state)
                            .filter(state -> !state.equals(stored))
                            .map(state -> state + " is not " + stored)
                            .toList(),
                    watchers.subList(options.connections(), watchers.size()).stream()
                            .mapToInt(it -> it.faults().size())
                            .sum());
        }
    }

    private static String opened(MarketApi api, People people, String run, Duration lasts) {
        return api.post(
                        "/v1/auctions",
                        people.token(0),
                        run + "-open",
                        Map.of(
                                "title",
                                "No gap",
                                "preset",
                                "hard-close",
                                "startPrice",
                                Map.of("amount", "10000", "currency", "KRW"),
                                "duration",
                                lasts.toString()),
                        null)
                .expect(201, "opening the auction")
                .body()
                .path("auctionId")
                .asString();
    }

    private static void bid(
            MarketApi api, People people, long bidder, String run, String auctionId, AtomicLong amount, long end) {
        try {
            for (int bid = 0; System.nanoTime() < end; bid++) {
                Map<String, String> maximum =
                        Map.of("amount", Long.toString(amount.addAndGet(3_000)), "currency", "KRW");
                api.post(
                        "/v1/auctions/" + auctionId + "/bids",
                        people.token(bidder),
                        run + "-bid-" + bidder + "-" + bid,
                        Map.of("maximum", maximum),
                        null);
                Thread.sleep(BETWEEN_BIDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static State stored(MarketApi api, String auctionId) {
        JsonNode view = api.get("/v1/auctions/" + auctionId, null, null)
                .expect(200, "reading the auction")
                .body();
        return new State(
                view.path("sequence").asLong(),
                view.path("status").asString(),
                view.at("/price/amount").asString(),
                view.path("leader").asString(""),
                view.path("bidCount").asLong(),
                view.path("endsAt").asString());
    }

    /// Traffic of other auctions; what it comes to is the business of `./gavel nexmark`.
    private static void replay(Options options, Progress progress) {
        if (options.events() == 0) {
            return;
        }
        NexmarkStream stream = NexmarkStream.generate(options.events());
        String run = UUID.randomUUID().toString().substring(0, 8);
        Clock clock = Clock.systemUTC();
        try (MarketApi api = new MarketApi(
                options.gateway(),
                Files.readString(options.run().resolve("replay-key")).strip())) {
            People people = new People(api, run, clock);
            people.register(stream.people(), 8, progress);
            ReplayClock replayClock = ReplayClock.from(clock.instant(), stream.start());
            NexmarkReplay.Tally tally =
                    new NexmarkReplay(stream, api, people, replayClock, _ -> {}, run, 16, progress).play();
            progress.now("the replay is through: " + tally.accepted() + " bids accepted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everybody who watches, and what they share.
    private static final class Watchers implements AutoCloseable {

        final List<FeedWatcher> watchers = new ArrayList<>();
        final HttpClient http = HttpClient.newHttpClient();
        final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

        @Override
        public void close() {
            watchers.forEach(FeedWatcher::close);
            timer.shutdownNow();
            // Not close(): it would wait until everybody has gone.
            http.shutdownNow();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(String what, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + ": not within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(100);
        }
    }

    /// Kills the live service or the functions, by the pid their own platform has published for them.
    private static final class Kills {

        final AtomicInteger live = new AtomicInteger();
        final AtomicInteger functions = new AtomicInteger();
        private final Options options;
        private final Random random;

        Kills(Options options, Random random) {
            this.options = options;
            this.random = random;
        }

        Duration pause() {
            return Duration.ofMillis(1_000 + random.nextInt(5_000));
        }

        void next() {
            boolean ofLive = random.nextInt(3) != 0;
            String name = ofLive ? "live" : "functions";
            try {
                // The file is there only while its process is ready, so that something runs between two kills.
                JsonNode published =
                        Json.MAPPER.readTree(Files.readString(options.run().resolve(name + ".json")));
                boolean killed = ProcessHandle.of(published.path("pid").asLong())
                        .filter(process -> process.info()
                                .command()
                                .filter(command -> command.endsWith("java"))
                                .isPresent())
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false);
                if (killed) {
                    (ofLive ? live : functions).incrementAndGet();
                }
            } catch (IOException e) {
                // It is on its way back.
            }
        }

        @Override
        public String toString() {
            return "live " + live + " times, the functions " + functions + " times";
        }
    }
}
