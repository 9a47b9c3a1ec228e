package dev.gavel.bench;

import dev.gavel.bench.NexmarkStream.Standing;
import dev.gavel.events.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Plays the event stream of Apache Beam's NEXMark benchmark against a running Gavel through its HTTP
/// API, and compares winner and price of every auction with Beam's own oracle. `docs/nexmark.md` says how
/// events become requests.
public final class Nexmark {

    private Nexmark() {}

    /// What to play and where.
    ///
    /// @param events how many events of the stream, from 1
    /// @param gateway where the HTTP API is
    /// @param closeAuction where the function is that the close-auction schedule strikes at
    /// @param replayKey the secret with which a request may say when it counts as received
    /// @param inFlight requests on their way at once
    /// @param timeout the longest a run may take
    /// @param settling where trades are settled, when they are to be
    public record Options(
            int events,
            URI gateway,
            URI closeAuction,
            @Nullable String replayKey,
            int inFlight,
            Duration timeout,
            Settlement.@Nullable Places settling) {}

    /// What came of it.
    ///
    /// @param mismatches auctions whose winner or price is not the oracle's
    /// @param control the mismatches of an engine that checks and then acts, found by the same comparison
    /// @param repeated accepted bids sent twice with the same key
    /// @param wronglyRepeated those of them that got another answer than the first
    public record Result(
            int events,
            int auctions,
            int bids,
            long accepted,
            long late,
            long unknown,
            int mismatches,
            int control,
            long repeated,
            long wronglyRepeated,
            Settlement.@Nullable Result settlement) {

        public boolean passed() {
            return mismatches == 0
                    && control > 0
                    && wronglyRepeated == 0
                    && (settlement == null || settlement.passed());
        }

        /// The one line that says it all.
        public String line() {
            return "nexmark: events=" + events + " auctions=" + auctions + " bids=" + bids + " accepted=" + accepted
                    + " late=" + late + " unknown=" + unknown + " mismatches=" + mismatches + " control=" + control
                    + (settlement == null ? "" : "\n" + settlement.line());
        }
    }

    /// `--url` of the gateway and `--run`, the folder of the running platform with `functions.json` (the
    /// addresses of the functions, for the schedule) and `replay-key`; or `--functions` and
    /// `--replay-key-file` one by one. Optionally `--events`, `--in-flight` and `--timeout` in seconds,
    /// and `--settle`, which takes everything sold to its end.
    /// Exits with 1 when there is a mismatch, when the control found none, or when a repeated bid got
    /// another answer.
    public static void main(String[] line) throws IOException, InterruptedException {
        Options options;
        try {
            options = options(List.of(line));
        } catch (Arguments.Wrong wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        try {
            Result result = run(options, System.out);
            System.out.println(result.line());
            System.exit(result.passed() ? 0 : 1);
        } catch (IllegalStateException | UncheckedIOException trouble) {
            System.err.println("The replay stopped: " + trouble.getMessage());
            System.exit(1);
        }
    }

    private static Options options(List<String> line) throws IOException {
        Arguments arguments = Arguments.of(
                line,
                Set.of("events", "url", "run", "functions", "replay-key-file", "in-flight", "timeout"),
                Set.of("settle"));
        Path run = Path.of(arguments.find("run").orElse(".gavel/run"));
        boolean settles = arguments.has("settle");
        return new Options(
                arguments.number("events", 100_000),
                arguments.address("url"),
                FunctionAddresses.read(arguments.find("functions").map(Path::of).orElse(run.resolve("functions.json")))
                        .of("close-auction"),
                readKey(arguments.find("replay-key-file").map(Path::of).orElse(run.resolve("replay-key"))),
                arguments.number("in-flight", 96),
                arguments.seconds("timeout", Duration.ofMinutes(settles ? 80 : 40)),
                settles ? settling(run) : null);
    }

    private static Settlement.Places settling(Path run) throws IOException {
        JsonNode backends = Json.MAPPER.readTree(Files.readString(run.resolve("backends.json")));
        FunctionAddresses functions = FunctionAddresses.read(run.resolve("functions.json"));
        return new Settlement.Places(
                address(run.resolve("payment-gateway")),
                address(run.resolve("mailbox")),
                URI.create("http://127.0.0.1:" + backends.path("dynamodb").asInt()),
                functions.of("pay-out"),
                functions.of("relay-auction-facts"));
    }

    private static URI address(Path file) throws IOException {
        return URI.create(Files.readString(file).strip());
    }

    private static String readKey(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new Arguments.Wrong(
                    "There is no replay key in " + file + ": start Gavel with `./gavel up --replay`.");
        }
        return Files.readString(file).strip();
    }

    /// Plays, closes, compares; progress goes to `out`.
    ///
    /// @throws IllegalStateException when the system gives an answer the API does not know, or time runs
    /// out
    public static Result run(Options options, PrintStream out) throws InterruptedException {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Thread worker = Thread.ofPlatform().daemon().name("nexmark").start(() -> {
            try {
                result.complete(play(options, out));
            } catch (InterruptedException | RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            worker.interrupt();
            throw new IllegalStateException("not finished after " + options.timeout() + "; give it --timeout", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    e.getCause() == null ? "failed" : e.getCause().getMessage(), e);
        }
    }

    private static Result play(Options options, PrintStream out) throws InterruptedException {
        Progress progress = new Progress(out, Duration.ofSeconds(5));
        NexmarkStream stream = NexmarkStream.generate(options.events());
        progress.now(stream.size() + " events: " + stream.people().size() + " people, "
                + stream.auctions().size() + " auctions, " + stream.bids() + " bids; "
                + stream.count(Standing.UNKNOWN) + " bids name an auction nobody has created yet, "
                + stream.count(Standing.OWN) + " are the seller's own");
        Map<Long, Verdict> expected = WinningBidsOracle.judge(stream);
        int control = VerdictComparison.of(expected, new CheckThenActMarket(64).run(stream))
                .mismatches();
        String run = UUID.randomUUID().toString().substring(0, 8);
        Clock clock = Clock.systemUTC();
        ReplayClock replayClock = ReplayClock.from(clock.instant(), stream.start());
        try (MarketApi api = new MarketApi(options.gateway(), options.replayKey())) {
            People people = new People(api, run, clock);
            people.register(stream.people(), options.inFlight(), progress);
            NexmarkReplay replay = new NexmarkReplay(
                    stream,
                    api,
                    people,
                    replayClock,
                    at -> tick(api, options.closeAuction(), at),
                    run,
                    options.inFlight(),
                    progress);
            long started = System.nanoTime();
            NexmarkReplay.Tally tally = replay.play();
            double seconds = (System.nanoTime() - started) / 1e9;
            progress.now("played in %.0f s (%.0f auctions and bids a second); refused %s; %d of %d repeated bids"
                            .formatted(
                                    seconds,
                                    stream.steps().size() / seconds,
                                    tally.refusals(),
                                    tally.repeated() - tally.wronglyRepeated(),
                                    tally.repeated())
                    + " got their first answer");
            VerdictComparison comparison = VerdictComparison.of(expected, replay.verdicts());
            if (comparison.mismatches() > 0) {
                progress.now(comparison.table());
            }
            Settlement.Places settling = options.settling();
            Settlement.Result settlement = settling == null
                    ? null
                    : new Settlement(api, people, settling, replayClock.at(stream.end()), progress)
                            .settle(replay.sales(replay.verdicts()), options.inFlight());
            return new Result(
                    stream.size(),
                    stream.auctions().size(),
                    stream.bids(),
                    tally.accepted(),
                    tally.refused("bid-auction-ended"),
                    tally.refused("bid-auction-unknown"),
                    comparison.mismatches(),
                    control,
                    tally.repeated(),
                    tally.wronglyRepeated(),
                    settlement);
        }
    }

    private static void tick(MarketApi api, URI closeAuction, Instant at) {
        MarketApi.Answer answer = api.tick(closeAuction, "close-auction", at);
        if (!answer.accepted()) {
            throw new IllegalStateException(
                    "the close-auction tick was answered " + answer.status() + ": " + answer.text());
        }
    }
}
