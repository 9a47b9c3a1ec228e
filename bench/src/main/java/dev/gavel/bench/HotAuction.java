package dev.gavel.bench;

import dev.gavel.bench.BidLoad.Bidder;
import dev.gavel.bench.BidLoad.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many bids a second one auction takes: Gavel's place-bid beside a place-bid that writes every bid by
/// itself and the bare host, over the same DynamoDB Local in the same run. Then place-bid is killed while
/// it works. `docs/benchmarks.md` says what is measured and what is not.
public final class HotAuction {

    private static final int ROUNDS = 3;
    private static final int WARM_UP = 4;
    private static final List<Integer> NAIVE_CLIENTS = List.of(1, 2, 4, 8, 16);

    private HotAuction() {}

    /// @param seconds how long each of the three is measured in all
    /// @param clients how many clients bid at once on Gavel and on the bare host
    public record Options(int seconds, int clients) {}

    /// Accepted bids a second as medians of the rounds; p99 in milliseconds.
    public record Result(double naive, double gavel, double floor, long lost, double p99) {

        /// The one line that says it all.
        public String line() {
            return String.format(
                    "hot-auction: naive=%.0f/s gavel=%.0f/s floor=%.0f/s gavel/naive=%.1f gavel/floor=%.2f lost=%d"
                            + " p99=%.0fms",
                    naive, gavel, floor, gavel / naive, gavel / floor, lost, p99);
        }
    }

    private enum Engine {
        NAIVE("naivePlaceBid"),
        GAVEL("placeBid"),
        FLOOR("floorPlaceBid");

        final String function;

        Engine(String function) {
            this.function = function;
        }
    }

    /// Optionally `--seconds` and `--clients`. Exits with 1 when a bid was lost.
    public static void main(String[] line) throws IOException, InterruptedException {
        try {
            Arguments arguments = Arguments.of(List.of(line), Set.of("seconds", "clients"));
            Options options = new Options(arguments.number("seconds", 20), arguments.number("clients", 256));
            Result result = run(options, System.out);
            System.out.println(result.line());
            System.exit(result.lost() == 0 ? 0 : 1);
        } catch (Arguments.Wrong wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        } catch (IllegalStateException | UncheckedIOException trouble) {
            System.err.println("The benchmark stopped: " + trouble.getMessage());
            System.exit(1);
        }
    }

    /// Starts everything, measures, stops everything.
    ///
    /// @throws IllegalStateException when something does not start or a bid gets an answer that cannot be
    public static Result run(Options options, PrintStream out) throws IOException, InterruptedException {
        try (HotBench bench = new HotBench()) {
            Thread stop = new Thread(bench::close);
            Runtime.getRuntime().addShutdownHook(stop);
            Result result = new Run(bench, options, out).measure();
            Runtime.getRuntime().removeShutdownHook(stop);
            return result;
        }
    }

    private static final class Run {
        final HotBench bench;
        final Duration phase;
        final List<Bidder> bidders;
        final PrintStream out;
        final Map<Engine, List<Outcome>> measured = new EnumMap<>(Engine.class);
        int naiveClients = 1;
        long lost;

        Run(HotBench bench, Options options, PrintStream out) {
            this.bench = bench;
            this.phase = Duration.ofMillis(Math.max(1_000, options.seconds() * 1_000L / ROUNDS));
            this.bidders = bench.bidders(options.clients());
            this.out = out;
        }

        Result measure() throws InterruptedException {
            warmUp();
            for (int round = 1; round <= ROUNDS; round++) {
                for (Engine engine : Engine.values()) {
                    measured.computeIfAbsent(engine, _ -> new ArrayList<>()).add(measure(engine, "round " + round));
                }
            }
            killed();
            return new Result(
                    median(Engine.NAIVE),
                    median(Engine.GAVEL),
                    median(Engine.FLOOR),
                    lost,
                    middle(measured.getOrDefault(Engine.GAVEL, List.of()).stream()
                            .map(outcome -> outcome.percentile(99))
                            .toList()));
        }

        /// Runs everything until it is compiled, and finds the number of clients that suits the naive
        /// function best: more of them only make it lose more races.
        private void warmUp() {
            for (int pass = 0; pass < WARM_UP; pass++) {
                for (Engine engine : Engine.values()) {
                    measure(engine, "warm-up");
                }
            }
            double best = 0;
            for (int clients : NAIVE_CLIENTS) {
                Outcome outcome = BidLoad.run(
                        bench.port(Engine.NAIVE.function),
                        bench.auction(Engine.NAIVE.function),
                        bench.bidders(clients),
                        Duration.ofSeconds(3));
                out.printf("naive with %d clients: %.0f accepted/s%n", clients, outcome.perSecond());
                if (outcome.perSecond() > best) {
                    best = outcome.perSecond();
                    naiveClients = clients;
                }
            }
        }

        private Outcome measure(Engine engine, String when) {
            List<Bidder> some = engine == Engine.NAIVE && bidders.size() > naiveClients
                    ? bidders.subList(0, naiveClients)
                    : bidders;
            ChildProcess child = bench.child(engine.function);
            Duration own = child.cpu();
            Duration database = bench.child("dynamodb").cpu();
            Duration client = clientCpu();
            String auction = bench.auction(engine.function);
            Outcome outcome = BidLoad.run(bench.port(engine.function), auction, some, phase);
            double bids = Math.max(1, outcome.accepted());
            out.printf(
                    "%-8s %-5s %3d clients: %6.0f accepted/s, %d refused, %d failed, p50 %.1f ms, p99 %.1f ms;"
                            + " CPU per accepted bid: host %.2f, database %.2f, client %.2f ms%n",
                    when,
                    engine.name().toLowerCase(java.util.Locale.ROOT),
                    some.size(),
                    outcome.perSecond(),
                    outcome.refused(),
                    outcome.failed(),
                    outcome.percentile(50),
                    outcome.percentile(99),
                    child.cpu().minus(own).toMillis() / bids,
                    bench.child("dynamodb").cpu().minus(database).toMillis() / bids,
                    clientCpu().minus(client).toMillis() / bids);
            if (engine == Engine.GAVEL) {
                lost += bench.lost(auction, outcome.bids());
            }
            return outcome;
        }

        /// Kills place-bid while all clients bid, starts it again, and lets them go on for a while. A bid
        /// without an answer is repeated with the same key.
        private void killed() throws InterruptedException {
            String auction = bench.auction(Engine.GAVEL.function);
            AtomicBoolean more = new AtomicBoolean(true);
            ChildProcess child = bench.child(Engine.GAVEL.function);
            Thread killer = Thread.ofPlatform().start(() -> {
                try {
                    Thread.sleep(Math.min(3_000, phase.toMillis()));
                    child.kill();
                    child.startAgain();
                    Thread.sleep(Math.min(3_000, phase.toMillis()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    more.set(false);
                }
            });
            Outcome outcome = BidLoad.run(bench.port(Engine.GAVEL.function), auction, bidders, more::get);
            killer.join();
            long missing = bench.lost(auction, outcome.bids());
            lost += missing;
            out.printf(
                    "killed and started again: %d bids acknowledged, %d of them lost; %d attempts had no answer%n",
                    outcome.accepted(), missing, outcome.failed());
        }

        private double median(Engine engine) {
            return middle(measured.getOrDefault(engine, List.of()).stream()
                    .map(Outcome::perSecond)
                    .toList());
        }

        private static double middle(List<Double> values) {
            return values.stream().sorted().toList().get(values.size() / 2);
        }

        private static Duration clientCpu() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }
}
