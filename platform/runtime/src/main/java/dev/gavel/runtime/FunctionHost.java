package dev.gavel.runtime;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One running function: its context, its HTTP port, and the edges between them. Any number of hosts can run
/// in one process.
public final class FunctionHost implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final HttpEdge edge;
    private final Probes probes;
    private final FunctionContext context;
    private final Limits limits;
    private final List<Catalogue.Entry> selected;
    private final Meters meters;
    private final Tracer tracer;
    private final Log log;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FunctionHost(
            HttpServer server,
            ExecutorService threads,
            HttpEdge edge,
            Probes probes,
            FunctionContext context,
            Limits limits,
            List<Catalogue.Entry> selected,
            Meters meters,
            Tracer tracer,
            Log log) {
        this.server = server;
        this.threads = threads;
        this.edge = edge;
        this.probes = probes;
        this.context = context;
        this.limits = limits;
        this.selected = selected;
        this.meters = meters;
        this.tracer = tracer;
        this.log = log;
    }

    /// The main program of a function's image: reads the environment, starts one host on `PORT` (8080 by
    /// default), and drains it on SIGTERM. What prevents the start is said in one sentence, with exit code 1.
    public static void run(Class<?>... wiring) {
        Thread.ofVirtual().name("ahead").start(FunctionHost::getAhead);
        try {
            Settings settings = Settings.of(Map.of());
            Log log = Log.of(settings);
            LogLines.install(log, Log.level(settings.text("GAVEL_LOG_LIBRARIES", "warn")));
            HostOptions options = new HostOptions(
                    settings.text("SPRING_CLOUD_FUNCTION_DEFINITION", ""), settings.number("PORT", 8080), Map.of());
            InetAddress address =
                    settings.find("GAVEL_HOST").map(InetAddress::ofLiteral).orElse(null);
            FunctionHost host = start(options, Map.of(), address, true, wiring);
            Runtime.getRuntime().addShutdownHook(new Thread(host::close, "drain"));
            log.line(
                    Level.INFO,
                    "ready",
                    null,
                    "use_case",
                    host.names(),
                    "port",
                    host.port(),
                    "seconds",
                    host.meters.readySeconds());
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /// What takes the JDK long the first time and every first answer needs, beside a start that has one thread.
    private static void getAhead() {
        // Computes 5 to the power of 65,536, among others; every parser of JSON has a number of this kind.
        Objects.requireNonNull(BigDecimal.ZERO);
        // As the server writes the header `Date`, with names of days and months from its locales.
        String _ = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss zzz", Locale.US)
                .withZone(ZoneId.of("GMT"))
                .format(Instant.now());
    }

    /// Starts a host on the loopback interface, for tests, benches and the local runner.
    ///
    /// @param wiring configuration classes; a bean of a later one replaces one of the same name of an
    /// earlier one
    /// @throws CannotStart when something is missing or contradicts itself
    public static FunctionHost start(HostOptions options, Class<?>... wiring) {
        return start(options, Map.of(), wiring);
    }

    /// The same with objects that take the place of the beans of these names.
    public static FunctionHost start(HostOptions options, Map<String, ?> beans, Class<?>... wiring) {
        return start(options, beans, InetAddress.ofLiteral("127.0.0.1"), false, wiring);
    }

    /// @param ahead whether to get ready for the first request beside the start, of which it is not waited for
    private static FunctionHost start(
            HostOptions options,
            Map<String, ?> beans,
            @Nullable InetAddress address,
            boolean ahead,
            Class<?>... wiring) {
        Limits.ofServer();
        Settings settings = Settings.of(options.settings());
        Log log = Log.of(settings);
        Limits limits = Limits.of(settings);
        Generated code = Generated.of(wiring);
        Map<String, Supplier<?>> early =
                ahead && code != null ? Ahead.begin(code.catalogue().ahead(), settings) : Map.of();
        Catalogue catalogue = code == null ? Catalogue.of(wiring) : code.catalogue(options.definition(), wiring);
        List<Catalogue.Entry> selected = catalogue.select(options.definition());
        Tracer tracer = Tracer.of(settings, names(selected));
        Measures measures = new Measures();
        JwksKeys keys = new JwksKeys(settings, log);
        if (ahead && selected.stream().anyMatch(FunctionHost::knowsCallers)) {
            Thread.ofVirtual().name("keys").start(keys::warm);
        }
        FunctionContext context = FunctionContext.open(code, settings, measures, keys, selected, beans, early, wiring);
        try {
            AtomicInteger inFlight = new AtomicInteger();
            Meters meters = new Meters(() -> context.bean(MeterRegistry.class), inFlight::get, measures);
            tracer.counts()
                    .forEach((result, count) -> measures.counter(
                            "gavel.spans", "Spans of traces, by what became of them", count, "result", result));
            List<Route> routes = new ArrayList<>();
            Probes probes = new Probes(meters, () -> warm(context, selected, routes), log);
            HttpEdge edge = edge(context, catalogue, selected, routes, limits, inFlight, probes, meters, tracer, log);
            HttpServer server = listen(address, options.port());
            // The JDK's own factory of numbered threads makes classes for its counter while a first request waits.
            AtomicLong requests = new AtomicLong();
            ExecutorService threads = Executors.newThreadPerTaskExecutor(task -> Thread.ofVirtual()
                    .name("request-" + requests.getAndIncrement())
                    .unstarted(task));
            server.setExecutor(threads);
            server.createContext("/", edge);
            server.start();
            meters.ready();
            probes.phase(Probes.Phase.READY);
            return new FunctionHost(server, threads, edge, probes, context, limits, selected, meters, tracer, log);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private static HttpEdge edge(
            FunctionContext context,
            Catalogue catalogue,
            List<Catalogue.Entry> selected,
            List<Route> routes,
            Limits limits,
            AtomicInteger inFlight,
            Probes probes,
            Meters meters,
            Tracer tracer,
            Log log) {
        Clock clock = context.bean(Clock.class);
        Supplier<ReceiptTime> receiptTime = context.later(ReceiptTime.class);
        EventEdge events = new EventEdge(context.later(Inbox.class), receiptTime, clock, limits.lease(), meters, log);
        for (Catalogue.Entry entry : selected) {
            Calls calls = new Calls(context.function(entry.bean()), meters);
            entry.http().ifPresent(resource -> {
                if (resource.method().equals("POST") && resource.repeats() == HttpRoute.Repeats.STORED) {
                    needs(context, entry, IdempotencyRecords.class, "declare its route with repeats = OWN");
                }
                routes.add(new Route(entry, resource, catalogue.form(entry), calls));
            });
            if (!entry.events().isEmpty()) {
                needs(context, entry, Inbox.class, "declare no @OnEvent");
            }
            events.add(entry, calls);
        }
        Supplier<CallerVerifier> verifier = context.later(CallerVerifier.class, made -> {
            if (made instanceof JwtCallerVerifier jwt) {
                jwt.countIn(meters);
            }
        });
        return new HttpEdge(
                routes,
                events,
                probes,
                new Callers(verifier),
                new Repeats(context.later(IdempotencyRecords.class), clock, limits.lease(), meters, log),
                receiptTime,
                limits,
                inFlight,
                meters,
                tracer,
                log);
    }

    private static void warm(FunctionContext context, List<Catalogue.Entry> selected, List<Route> routes) {
        context.warm();
        routes.forEach(Route::warm);
        if (selected.stream().anyMatch(entry -> entry.http().isPresent())) {
            context.bean(CallerVerifier.class).warm();
        }
    }

    private static boolean knowsCallers(Catalogue.Entry entry) {
        return entry.http().isPresent() && entry.http().get().access() != HttpRoute.Access.ANYONE;
    }

    private static void needs(FunctionContext context, Catalogue.Entry entry, Class<?> port, String otherwise) {
        if (!context.has(port)) {
            throw new CannotStart(entry.bean() + " needs a bean of type " + port.getSimpleName()
                    + ": add one to its wiring, such as DynamoPlatform has, or " + otherwise + ".");
        }
    }

    private static HttpServer listen(@Nullable InetAddress address, int port) {
        try {
            return HttpServer.create(
                    address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port), BACKLOG);
        } catch (IOException e) {
            throw new CannotStart("Port " + port + " cannot be listened on: " + e.getMessage() + ".", e);
        }
    }

    /// The port it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Its base address, without a slash at the end: resolve absolute paths such as `/v1/…` against it.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /// The bean of a type, for tests.
    public <T> T bean(Class<T> type) {
        return context.bean(type);
    }

    private String names() {
        return names(selected);
    }

    private static String names(List<Catalogue.Entry> selected) {
        return selected.stream().map(Catalogue.Entry::service).collect(Collectors.joining(","));
    }

    /// Stops: not ready any more, no new connections, running requests may end (for `GAVEL_DRAIN_TIMEOUT` at
    /// most), then the context is closed. Closing twice is the same as once.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        probes.phase(Probes.Phase.DRAINING);
        // Closes the listening socket at once. The server's own wait for exchanges misses some that clients
        // broke off, so
        // the edge's count decides, and the second call ends the wait of the first.
        Thread.ofVirtual().start(() -> server.stop((int) limits.drain().toSeconds() + 1));
        if (!edge.awaitIdle(limits.drain())) {
            log.line(Level.WARNING, "stopped with requests still in work", null, "use_case", names());
        }
        server.stop(0);
        threads.shutdownNow();
        edge.close();
        tracer.close();
        context.close();
        log.line(Level.FINE, "stopped", null, "use_case", names());
    }
}
