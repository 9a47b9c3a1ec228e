package dev.gavel.bench;

import dev.gavel.events.Json;
import dev.gavel.kernel.Ids;
import dev.gavel.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// One process, from its start to its end, and the bids put to it. Every accepted bid is compared with what
/// the stub was asked for.
final class ColdRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double TICK_MILLIS = 10;
    /// Tomcat closes a connection after so many requests.
    private static final int ON_A_CONNECTION = 100;

    /// An answer that does not stand for the work.
    static final class Cheated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cheated(String message) {
            super(message);
        }
    }

    /// @param millis from starting the process to the whole answer
    /// @param cpuMillis of the whole process, user and system, in steps of 10
    /// @param steps the milliseconds from the start until somebody listened and each step was asked for
    record First(double millis, double cpuMillis, long rssKiB, Map<String, Double> steps) {}

    private final ColdHost host;
    private final BidStub stub;
    private final TestIssuer issuer;
    private final Ids ids = Ids.secure(Clock.systemUTC());
    private final String token;
    private final int port;
    private final Path log;
    private final Process process;
    private final long started;

    ColdRun(ColdHost host, Map<String, String> settings, BidStub stub, TestIssuer issuer, Path folder)
            throws IOException {
        this.host = host;
        this.stub = stub;
        this.issuer = issuer;
        this.token = issuer.token(ids.next("usr"), Instant.now());
        this.log = folder.resolve(host.name() + ".log");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        stub.forget();
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(host.environment());
        environment.put("PORT", Integer.toString(port));
        ProcessBuilder builder =
                new ProcessBuilder(host.command()).redirectErrorStream(true).redirectOutput(log.toFile());
        // Settings of whoever runs the benchmark are not to decide it.
        builder.environment().keySet().removeIf(key -> key.matches("(AWS|GAVEL|JAVA|JDK|NODE|QUARKUS|SPRING)_.*"));
        builder.environment().putAll(environment);
        started = System.nanoTime();
        process = builder.start();
    }

    /// Bids as soon as somebody listens, and again until the bid is accepted.
    First first() throws IOException {
        String auction = ids.next("auc");
        String request = host.request(auction, token);
        while (true) {
            try (RawConnection connection = new RawConnection(port)) {
                double listening = since(System.nanoTime());
                connection.send(request);
                RawConnection.Response answer = connection.receive();
                if (answer.status() == 201) {
                    double millis = since(System.nanoTime());
                    First first = new First(millis, cpuMillis(), rssKiB(), steps(listening));
                    check(auction, answer);
                    return first;
                }
                if (answer.status() < 500 && answer.status() != 404) {
                    throw new Cheated(host.name() + " answered " + answer.status() + " to a good bid: see " + log);
                }
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - started > PATIENCE.toNanos()) {
                    throw new IOException(host.name() + " takes no bids: see " + log, notYet);
                }
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private double since(long nanos) {
        return (nanos - started) / 1e6;
    }

    private Map<String, Double> steps(double listening) {
        Map<String, Double> steps = new LinkedHashMap<>(Map.of("listening", listening));
        Map<BidStub.Step, Long> firsts = stub.firsts();
        for (BidStub.Step step : BidStub.Step.values()) {
            steps.put(step.name().toLowerCase(Locale.ROOT), since(firsts.getOrDefault(step, started)));
        }
        return steps;
    }

    /// So many further bids one after the other, each the first one on its auction.
    void more(int bids) throws IOException {
        for (int from = 0; from < bids; from += ON_A_CONNECTION) {
            some(Math.min(ON_A_CONNECTION, bids - from));
        }
    }

    private void some(int bids) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            for (int i = 0; i < bids; i++) {
                String auction = ids.next("auc");
                connection.send(host.request(auction, token));
                RawConnection.Response answer = connection.receive();
                if (answer.status() != 201) {
                    throw new Cheated(host.name() + " answered " + answer.status() + " to a good bid: see " + log);
                }
                check(auction, answer);
            }
        } catch (IOException e) {
            throw new IOException(host.name() + " broke off: see " + log, e);
        }
    }

    /// A token that somebody else has signed must come to nothing.
    void forged() throws IOException {
        String auction = ids.next("auc");
        String forged = new TestIssuer().token(ids.next("usr"), Instant.now());
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(host.request(auction, forged));
            int status = connection.receive().status();
            if (status != 401 || stub.touched(auction)) {
                throw new Cheated(host.name() + " answered " + status + " to a forged token");
            }
        }
    }

    private void check(String auction, RawConnection.Response answer) {
        List<String> missing = stub.missing(auction);
        if (!missing.isEmpty()) {
            throw new Cheated(host.name() + " answered 201, but " + String.join(", and ", missing));
        }
        JsonNode receipt = Json.MAPPER.readTree(answer.body());
        if (!BidStub.text(receipt, "auctionId").equals(auction)
                || receipt.path("bidNumber").asLong() != 1
                || !BidStub.text(receipt, "outcome").equals("leading")
                || !BidStub.text(receipt, "price", "amount").equals(Long.toString(ColdHost.PRICE))) {
            throw new Cheated(host.name() + " answered 201 with another receipt: " + answer.body());
        }
    }

    /// The words it was started with, after all shell scripts.
    List<String> words() throws IOException {
        return List.of(Files.readString(proc("cmdline")).split("\0"));
    }

    /// Whether a file is mapped into its memory.
    boolean maps(String file) throws IOException {
        return Files.readString(proc("maps")).contains(file);
    }

    long rssKiB() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private double cpuMillis() throws IOException {
        String stat = Files.readString(proc("stat"));
        // The name before may have spaces; user and system time are the 12th and 13th after it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /// Ends it as Kubernetes does, and waits until it is gone, since a JVM in training writes its cache then.
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(host.name() + " does not end: see " + log);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
