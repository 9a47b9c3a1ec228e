package dev.gavel.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/// Many clients bid on one auction of a running Gavel while it ends, and everything they saw is checked
/// afterwards.
public final class Races {

    private Races() {}

    /// Where, by how many clients, and how long the auction lasts.
    public record Options(URI gateway, int clients, Duration lasts) {}

    /// What came of it.
    ///
    /// @param control what the same checker found in the history of an engine that checks and then acts
    public record Result(BidHistory history, List<BidHistory.Violation> violations, int control) {

        public boolean passed() {
            return violations.isEmpty() && control > 0 && history.accepted() > 0;
        }

        /// The one line that says it all.
        public String line() {
            return "races: bids=" + history.attempts().size() + " accepted=" + history.accepted() + " violations="
                    + violations.size() + " control=" + control;
        }
    }

    /// Optionally `--url` of the gateway (otherwise the platform that runs here), `--clients` and
    /// `--seconds`. Exits with 1 when there is a violation or the control has none.
    public static void main(String[] line) throws InterruptedException {
        try {
            Arguments arguments = Arguments.of(List.of(line), Set.of("url", "clients", "seconds"));
            Options options = new Options(
                    URI.create(arguments.find("url").orElseGet(Races::runningGateway)),
                    arguments.number("clients", 64),
                    arguments.seconds("seconds", Duration.ofSeconds(6)));
            Result result = run(options, System.out);
            result.violations().stream().limit(10).forEach(System.out::println);
            System.out.println(result.line());
            System.exit(result.passed() ? 0 : 1);
        } catch (Arguments.Wrong wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        } catch (IllegalStateException | UncheckedIOException trouble) {
            System.err.println("The race stopped: " + trouble.getMessage());
            System.exit(1);
        }
    }

    /// The address of the platform that `./gavel up` started.
    private static String runningGateway() {
        Path url = Path.of(System.getProperty("gavel.run", ".gavel/run"), "url");
        try {
            return Files.readString(url).strip();
        } catch (IOException e) {
            throw new Arguments.Wrong("Gavel is not running: start it with `./gavel up`, or give --url.");
        }
    }

    /// Registers the clients, lets them bid, waits for the close and checks.
    ///
    /// @throws IllegalStateException when the system gives an answer the API does not know
    public static Result run(Options options, PrintStream out) throws InterruptedException {
        Progress progress = new Progress(out, Duration.ofSeconds(5));
        String run = UUID.randomUUID().toString().substring(0, 8);
        try (MarketApi api = new MarketApi(options.gateway(), null)) {
            People people = new People(api, run, Clock.systemUTC());
            people.register(LongStream.rangeClosed(0, options.clients()).boxed().toList(), 16, progress);
            List<String> bidders = LongStream.rangeClosed(1, options.clients())
                    .mapToObj(people::userId)
                    .toList();
            // A function that is only waking up would meet the end before it meets the bids.
            Rush.on(HttpRecordedAuction.open(api, people, run + "-practice", options.lasts()), bidders);
            HttpRecordedAuction auction = HttpRecordedAuction.open(api, people, run, options.lasts());
            List<BidHistory.Attempt> attempts = Rush.on(auction, bidders);
            progress.now("the auction has ended after " + attempts.size() + " bids; waiting for it to be closed");
            BidHistory history = auction.history(attempts);
            int control = CheckThenActAuction.rushed(options.clients(), Duration.ofMillis(300), false)
                    .violations()
                    .size();
            return new Result(history, history.violations(), control);
        }
    }
}
