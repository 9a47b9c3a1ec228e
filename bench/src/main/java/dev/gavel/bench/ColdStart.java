package dev.gavel.bench;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.testkit.FewRoots;
import dev.gavel.testkit.TestIssuer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How long it takes from starting `place-bid` to its first accepted bid, beside the same use case on Spring
/// Boot and on Quarkus and the same work on Node.js, taking turns in one run. Whoever answers without the
/// work stops it.
public final class ColdStart {

    private static final int BIDS_AFTER = 1_000;

    private final Path folder;
    private final PrintStream out;
    private final TestIssuer issuer = new TestIssuer();
    private final FewRoots roots;
    private final BidStub stub;

    private ColdStart(Path folder, PrintStream out) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.out = out;
        this.roots = FewRoots.in(folder.resolve("tls"));
        this.stub = new BidStub(issuer, roots.context());
    }

    /// Optionally `--rounds`, `--layout` with the folder of an image, and `--control` to see only that an
    /// answer without the write is found out. Exits with 1 when something answers without the work.
    public static void main(String[] line) throws InterruptedException {
        int status = 0;
        try {
            Arguments options = Arguments.of(List.of(line), Set.of("rounds", "layout"), Set.of("control"));
            Path root = Path.of(System.getProperty("gavel.root", ".")).toAbsolutePath();
            ColdStart bench = new ColdStart(root.resolve(".gavel/bench/cold-start"), System.out);
            openAuction(bench.stub, bench.issuer);
            bench.control();
            if (!options.has("control")) {
                Path layout = options.find("layout").map(Path::of).orElse(root.resolve(".gavel/images/auctions"));
                bench.compare(root, layout.toAbsolutePath(), options.number("rounds", 9));
            }
        } catch (Arguments.Wrong wrong) {
            System.err.println(wrong.getMessage());
            status = 2;
        } catch (ColdRun.Cheated | IllegalStateException | IOException stopped) {
            System.err.println("cold-start: " + stopped.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    /// Has the function write an auction, of which the stub then has as many as are asked for.
    static void openAuction(BidStub stub, TestIssuer issuer) {
        Ids ids = Ids.secure(Clock.systemUTC());
        HostOptions options = new HostOptions("openAuction", 0, stub.settings(false)).with("GAVEL_LOG", "warn");
        try (FunctionHost host = FunctionHost.start(options, AuctionFunctions.class);
                MarketApi market = new MarketApi(host.uri(), null)) {
            Map<String, Object> body = Map.of(
                    "title",
                    "A cold start",
                    "preset",
                    "hard-close",
                    "startPrice",
                    Map.of("amount", Long.toString(ColdHost.PRICE), "currency", "KRW"),
                    "duration",
                    "PT12H");
            market.post("/v1/auctions", issuer.token(ids.next("usr"), Instant.now()), ids.next("key"), body, null)
                    .expect(201, "opening an auction");
        }
    }

    private void control() throws IOException {
        try (ColdRun run = run(ColdPeers.control(), false)) {
            run.first();
        } catch (ColdRun.Cheated caught) {
            out.println("control: caught, " + caught.getMessage());
            return;
        }
        throw new IllegalStateException("the control answered without writing, and nobody noticed");
    }

    private void compare(Path root, Path layout, int rounds) throws IOException, InterruptedException {
        boolean whole = Files.isReadable(layout.resolve("place-bid.options"));
        if (!whole) {
            out.println("There is no " + layout.resolve("place-bid.options")
                    + ": gavel runs from the class path of this build, without an AOT cache.");
        }
        ColdHost gavel = ColdPeers.gavel(whole ? Optional.of(layout) : Optional.empty());
        List<String> flags = learned(gavel, whole);
        out.println("flags of gavel and quarkus: " + String.join(" ", flags));
        ColdPeers peers = new ColdPeers(root.resolve("bench/cold-start"), folder);
        ColdHost boot = peers.boot();
        ColdHost quarkus = peers.quarkus(flags);
        Optional<ColdHost> node = peers.node();
        if (node.isEmpty()) {
            out.println("Node.js 20 or newer with npm is missing, or npm could not install: node is left out.");
        }
        List<String> lines = new ArrayList<>();
        for (boolean tls : new boolean[] {false, true}) {
            List<ColdHost> hosts = new ArrayList<>(List.of(gavel, boot, trained(quarkus, tls)));
            node.map(host -> tls ? host.with(List.of("--use-openssl-ca"), Map.of()) : host)
                    .ifPresent(hosts::add);
            String name = tls ? "cold-start-tls" : "cold-start";
            ColdFigures figures = measure(hosts, tls, rounds);
            figures.print(out, name);
            lines.add(figures.line(name));
        }
        lines.forEach(out::println);
    }

    /// Starts gavel once, uncounted, and reads what flags it runs with.
    private List<String> learned(ColdHost gavel, boolean cached) throws IOException {
        try (ColdRun run = run(gavel, false)) {
            run.first();
            if (cached) {
                mapped(run, gavel.name(), ".aot");
            }
            return ColdPeers.flags(run.words());
        }
    }

    /// Makes a cache for this host from real requests, as the image of gavel has one.
    private ColdHost trained(ColdHost host, boolean tls) throws IOException, InterruptedException {
        Path cache = folder.resolve(host.name() + (tls ? "-tls" : "") + ".aot");
        Files.deleteIfExists(cache);
        try (ColdRun run = run(host.with(List.of("-XX:AOTCacheOutput=" + cache), Map.of()), tls)) {
            run.first();
            run.more(BIDS_AFTER);
            run.end();
        }
        // With this mode a cache that does not fit is an error and not a slow start.
        ColdHost cached = host.with(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"), Map.of());
        try (ColdRun run = run(cached, tls)) {
            run.first();
            mapped(run, host.name(), cache.toString());
        }
        return cached;
    }

    private static void mapped(ColdRun run, String name, String cache) throws IOException {
        if (!run.maps(cache)) {
            throw new IllegalStateException(name + " does not use its AOT cache: look at it with -Xlog:aot");
        }
    }

    private ColdFigures measure(List<ColdHost> hosts, boolean tls, int rounds) throws IOException {
        ColdFigures figures = new ColdFigures(hosts.stream().map(ColdHost::name).toList());
        // The first round is not counted: it finds files that nobody has read for a while.
        for (int round = 0; round <= rounds; round++) {
            for (int turn = 0; turn < hosts.size(); turn++) {
                ColdHost host = hosts.get((turn + round) % hosts.size());
                try (ColdRun run = run(host, tls)) {
                    ColdRun.First first = run.first();
                    if (round == 0) {
                        run.forged();
                        continue;
                    }
                    run.more(tls ? 0 : BIDS_AFTER);
                    figures.add(host.name(), first, run.rssKiB());
                }
            }
        }
        return figures;
    }

    private ColdRun run(ColdHost host, boolean tls) throws IOException {
        Map<String, String> settings = new HashMap<>(stub.settings(tls));
        if (tls) {
            settings.put("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=" + roots.store());
            settings.put("SSL_CERT_FILE", roots.pem().toString());
        }
        return new ColdRun(host, settings, stub, issuer, folder);
    }
}
