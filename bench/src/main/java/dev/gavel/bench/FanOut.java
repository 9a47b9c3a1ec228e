package dev.gavel.bench;

import dev.gavel.bench.FanOutBench.Contestant;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// How many deltas a second of processor time brings to clients: the live service beside the npm packages `ws` and
/// `socket.io`, with the same deltas at the same times for as many clients. Then how soon a bid is on the screen, and
/// how many connections the live service holds. `docs/benchmarks.md` says what is measured and what is not.
public final class FanOut {

    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FEWER = 10;
    private static final int SPARE_FILES = 500;

    private FanOut() {}

    /// @param connections clients of each server
    /// @param rate deltas a second while processor time is measured, on average
    /// @param seconds how long each server is measured in all
    /// @param warmUp seconds of the same before
    /// @param calmRate deltas a second while delay is measured
    /// @param calmSeconds how long delay is measured
    /// @param hold connections to be held at last
    /// @param coalescing milliseconds instead of what the live service does by itself; 0 leaves it alone
    public record Options(
            int connections,
            int rate,
            int seconds,
            int warmUp,
            int calmRate,
            int calmSeconds,
            int hold,
            int coalescing,
            boolean peers) {

        static Options of(Arguments arguments) {
            return new Options(
                    atMost(arguments, "connections", 1_000, 5_000),
                    atMost(arguments, "rate", 200, 1_000),
                    atMost(arguments, "seconds", 20, 600),
                    atMost(arguments, "warm-up", 40, 600),
                    atMost(arguments, "calm-rate", 10, 100),
                    atMost(arguments, "calm-seconds", 10, 600),
                    atMost(arguments, "hold", 10_000, 100_000),
                    arguments.find("coalescing").isEmpty() ? 0 : atMost(arguments, "coalescing", 10, 1_000),
                    arguments.find("peers").map("yes"::equals).orElse(true));
        }

        private static int atMost(Arguments arguments, String name, int fallback, int most) {
            int number = arguments.number(name, fallback);
            if (number > most) {
                throw new Arguments.Wrong("The option --" + name + " is at most " + most + ", not " + number + ".");
            }
            return number;
        }
    }

    /// Deliveries for a second of the server's processor time by name, as medians of the rounds.
    ///
    /// @param held connections of the live service at the end
    /// @param p99 milliseconds from commit to client, when it is calm
    /// @param memory KiB of resident memory for one more connection
    /// @param faults deltas that were missing, came twice or out of order, and clients who were lost
    public record Result(Map<String, Double> perSecond, int held, double p99, double memory, long faults) {

        /// The one line that says it all.
        public String line() {
            return "fan-out: connections=%d gavel=%s ws=%s socketio=%s gavel/ws=%s p99=%.0fms rss/conn=%.1fKiB"
                    .formatted(held, rate("gavel"), rate("ws"), rate("socketio"), ratio(perSecond), p99, memory);
        }

        private String rate(String name) {
            return perSecond.containsKey(name) ? "%.0f/cpu-s".formatted(perSecond.get(name)) : "none";
        }
    }

    private static String ratio(Map<String, Double> perSecond) {
        Double ours = perSecond.get("gavel");
        Double theirs = perSecond.get("ws");
        return ours == null || theirs == null ? "none" : "%.1f".formatted(ours / theirs);
    }

    /// Optionally the options of {@link Options}. Exits with 1 when a delta was missing.
    public static void main(String[] line) throws IOException, InterruptedException {
        try {
            Options options = Options.of(Arguments.of(
                    List.of(line),
                    Set.of(
                            "connections",
                            "rate",
                            "seconds",
                            "warm-up",
                            "calm-rate",
                            "calm-seconds",
                            "hold",
                            "coalescing",
                            "peers")));
            Path peers = Path.of(System.getProperty("gavel.root", "."), ".gavel", "bench", "peers");
            Result result = run(options, peers, System.out);
            System.out.println(result.line());
            System.exit(result.faults() == 0 ? 0 : 1);
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
    /// @param peers a folder to install the peers into
    /// @throws IllegalStateException when something does not start or connections cannot be opened
    public static Result run(Options options, Path peers, PrintStream out) throws IOException, InterruptedException {
        Map<String, String> settings = options.coalescing() == 0
                ? Map.of()
                : Map.of("GAVEL_COALESCING", Double.toString(options.coalescing() / 1e3));
        try (FanOutBench bench = new FanOutBench(settings)) {
            Thread stop = new Thread(bench::close);
            Runtime.getRuntime().addShutdownHook(stop);
            Result result = new Run(bench, options, peers, out).measure();
            Runtime.getRuntime().removeShutdownHook(stop);
            return result;
        }
    }

    private static final class Run {
        final FanOutBench bench;
        final Options options;
        final Path folder;
        final PrintStream out;
        final Map<String, List<Double>> measured = new LinkedHashMap<>();
        long faults;

        Run(FanOutBench bench, Options options, Path folder, PrintStream out) {
            this.bench = bench;
            this.options = options;
            this.folder = folder;
            this.out = out;
        }

        Result measure() throws IOException, InterruptedException {
            List<Contestant> contestants = start();
            for (Contestant contestant : contestants) {
                warmUp(contestant);
            }
            long phase = Math.max(1_000, options.seconds() * 1_000L / ROUNDS);
            for (int round = 1; round <= ROUNDS; round++) {
                for (Contestant contestant : contestants) {
                    double perSecond = play(contestant, "round " + round, options.rate(), phase, round)
                            .perSecond();
                    measured.computeIfAbsent(contestant.name, _ -> new ArrayList<>())
                            .add(perSecond);
                }
            }
            for (int part : List.of(2, 4)) {
                gentler(contestants, Math.max(1, options.rate() / part), phase);
            }
            double p99 = 0;
            for (Contestant contestant : contestants) {
                double delay = play(contestant, "calm", options.calmRate(), options.calmSeconds() * 1_000L, 0)
                        .report()
                        .p99();
                p99 = contestant.name.equals("gavel") ? delay : p99;
            }
            contestants.forEach(Contestant::close);
            Map<String, Double> medians = new LinkedHashMap<>();
            measured.forEach((name, all) -> medians.put(name, middle(all)));
            return hold(medians, p99);
        }

        /// What coalescing gains depends on how many deltas there are to go together, so the ratio is shown for fewer.
        private void gentler(List<Contestant> contestants, int rate, long phase) {
            Map<String, Double> perSecond = new LinkedHashMap<>();
            for (Contestant contestant : contestants) {
                perSecond.put(
                        contestant.name,
                        play(contestant, rate + "/s", rate, phase, rate).perSecond());
            }
            out.printf("at %d deltas a second: gavel/ws=%s%n", rate, ratio(perSecond));
        }

        /// As many deliveries a second as are measured, first many deltas for few and then few for many: what a server
        /// does for a delta must be compiled as well as what it does for a client.
        private void warmUp(Contestant contestant) {
            int few = Math.max(1, options.connections() / FEWER);
            contestant.connect(few);
            play(contestant, "warm-up", options.rate() * FEWER, options.warmUp() * 500L, 0);
            contestant.connect(options.connections() - few);
            play(contestant, "warm-up", options.rate(), options.warmUp() * 500L, 0);
        }

        private List<Contestant> start() throws IOException, InterruptedException {
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(bench.gavel("gavel"));
            Optional<String> trouble =
                    options.peers() ? Peers.install(folder) : Optional.of("ws and socket.io are left out, as asked.");
            if (trouble.isPresent()) {
                out.println(trouble.get());
            } else {
                contestants.add(bench.peer(Dialect.WS, folder));
                contestants.add(bench.peer(Dialect.SOCKETIO, folder));
            }
            return contestants;
        }

        private record Played(Crowd.Report report, double perSecond) {}

        /// Commits bids at random times, the same ones whenever the seed is the same, until everybody has the last.
        private Played play(Contestant contestant, String when, int rate, long millis, long seed) {
            Random random = new Random(seed);
            Duration before = contestant.process.cpu();
            long begin = System.nanoTime();
            long due = begin;
            long count = 0;
            while (due - begin < millis * 1_000_000) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                contestant.commit();
                count++;
                due += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / rate);
            }
            Crowd.Report report = contestant.await(PATIENCE);
            double took = (System.nanoTime() - begin) / 1e9;
            double cpu = Math.max(1, contestant.process.cpu().minus(before).toMillis()) / 1e3;
            double perSecond = report.deliveries() / cpu;
            long expected = count * report.ready();
            if (!report.faultless(expected)) {
                faults += report.missing()
                        + report.disordered()
                        + report.behind()
                        + report.lost()
                        + Math.abs(expected - report.deliveries() - report.missing());
                out.printf("%s did not tell everything once and in order: %s%n", contestant.name, report);
            }
            out.printf(
                    "%-8s %-8s %d connections, %d deltas in %.1f s: %7.0f deliveries/cpu-s, %.2f CPUs, %.1f deltas a"
                            + " frame; commit to client p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                    when,
                    contestant.name,
                    report.ready(),
                    count,
                    took,
                    perSecond,
                    cpu / took,
                    report.deliveries() / (double) Math.max(1, report.frames()),
                    report.p50(),
                    report.p99(),
                    report.largest());
            return new Played(report, perSecond);
        }

        /// Opens connections to a fresh live service, a few first so that what any connection needs is there.
        private Result hold(Map<String, Double> medians, double p99) throws IOException {
            int most = mostFiles() - SPARE_FILES;
            int wanted = Math.min(options.hold(), most);
            if (wanted < options.hold()) {
                out.printf(
                        "Only %d connections are tried, as this machine allows a process %d open files: raise"
                                + " `ulimit -n`.%n",
                        wanted, mostFiles());
            }
            Contestant contestant = bench.gavel("gavel-hold");
            int first = Math.max(1, wanted / 100);
            contestant.connect(first);
            play(contestant, "hold", options.calmRate(), 1_000, 0);
            long before = contestant.resident();
            contestant.connect(wanted - first);
            long opened = contestant.resident();
            Played played = play(contestant, "hold", 1, 500, 0);
            long after = contestant.resident();
            out.printf(
                    "hold     gavel    %d connections: resident memory %d KiB with %d, %d KiB with all, %d KiB after a"
                            + " delta for all%n",
                    played.report().ready(), before, first, opened, after);
            contestant.close();
            return new Result(
                    medians,
                    played.report().ready() - played.report().behind(),
                    p99,
                    Math.max(opened, after) / (double) (wanted - first) - before / (double) (wanted - first),
                    faults);
        }

        private static int mostFiles() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.replaceAll("^Max open files +[0-9a-z]+ +", "").replaceAll(" .*", ""))
                    .mapToInt(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit))
                    .findFirst()
                    .orElse(1024);
        }

        private static double middle(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }
}
