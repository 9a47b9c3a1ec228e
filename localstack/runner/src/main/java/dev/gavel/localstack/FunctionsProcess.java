package dev.gavel.localstack;

import dev.gavel.broker.Manifests;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.s3.S3Buckets;
import dev.gavel.s3.S3Clients;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The JVM of the functions: each use case in a host of its own that can reach only its own function, as on a cluster,
/// on a free port each. Ends when whoever started it is gone.
final class FunctionsProcess {

    private static final String JWKS = "publish-jwks";
    private static final int STARTING_AT_ONCE = 2;

    private final ConcurrentMap<String, FunctionHost> hosts = new ConcurrentHashMap<>();
    private final @Nullable String replayKey;

    private FunctionsProcess(@Nullable String replayKey) {
        this.replayKey = replayKey;
    }

    /// @param arguments the file to write the addresses to, the ingress, DynamoDB, SQS, S3, and the
    /// manifests
    public static void main(String[] arguments) {
        Logging.begin();
        Thread.ofPlatform().daemon().name("parent-watch").start(FunctionsProcess::endWithParent);
        FunctionsProcess process = new FunctionsProcess(System.getenv(ReplayWiring.KEY_SETTING));
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "drain"));
        try {
            process.run(
                    Path.of(arguments[0]),
                    new FunctionPlan.Local(
                            URI.create(arguments[1]),
                            URI.create(arguments[2]),
                            URI.create(arguments[3]),
                            URI.create(arguments[4]),
                            own()),
                    Arrays.stream(arguments).skip(5).map(Path::of).toList());
        } catch (StartFailure | CannotStart sentence) {
            System.err.println(sentence.getMessage());
            System.exit(1);
        } catch (Exception trouble) {
            trouble.printStackTrace();
            System.err.println("The functions cannot start: " + trouble + ".");
            System.exit(1);
        }
    }

    private void run(Path file, FunctionPlan.Local local, List<Path> places) throws Exception {
        long began = System.nanoTime();
        List<FunctionPlan> plans = FunctionPlan.read(Manifests.read("gavel", places), local);
        createWhatTerraformDoes(plans);
        say("tables, queues and buckets", began);
        String keys = plans.stream()
                .filter(plan -> plan.service().equals(JWKS))
                .findFirst()
                .map(this::start)
                .map(host -> host + "/.well-known/jwks.json")
                .orElseThrow(() -> new StartFailure("There is no Service " + JWKS + " to verify tokens with."));
        startAll(plans.stream().filter(plan -> !plan.service().equals(JWKS)).toList(), keys);
        Map<String, URI> addresses = new ConcurrentHashMap<>();
        hosts.forEach((service, host) -> addresses.put(service, host.uri()));
        new FunctionAddresses.Published(ProcessHandle.current().pid(), addresses).write(file);
        say(hosts.size() + " functions", began);
        Thread.currentThread().join();
    }

    private static void say(String what, long began) {
        System.out.printf("%s ready after %d ms%n", what, (System.nanoTime() - began) / 1_000_000);
    }

    private static Map<String, String> own() {
        Map<String, String> own = new TreeMap<>(System.getenv());
        own.keySet().retainAll(FunctionPlan.OWN);
        return own;
    }

    private static void createWhatTerraformDoes(List<FunctionPlan> plans) {
        Settings settings = Settings.of(plans.getFirst().settings());
        try (DynamoDbClient client = DynamoClients.of(settings)) {
            DynamoTables.of(settings).create(client);
        }
        try (SqsClient client = SqsClients.of(settings)) {
            SqsQueues.of(settings).create(client);
        }
        try (S3Client client = S3Clients.of(settings)) {
            S3Buckets.of(settings).create(client);
        }
    }

    private void startAll(List<FunctionPlan> plans, String keys) throws InterruptedException {
        try (ExecutorService starting = Executors.newFixedThreadPool(STARTING_AT_ONCE)) {
            List<Future<URI>> started = new ArrayList<>();
            for (FunctionPlan plan : plans) {
                started.add(starting.submit(() -> start(plan, "GAVEL_JWKS_URL", keys)));
            }
            for (Future<URI> one : started) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    starting.shutdownNow();
                    throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                }
            }
        }
    }

    private URI start(FunctionPlan plan) {
        return start(plan, "GAVEL_CONTEXT", plan.settings().getOrDefault("GAVEL_CONTEXT", ""));
    }

    private URI start(FunctionPlan plan, String setting, String value) {
        HostOptions options = new HostOptions(plan.definition(), 0, plan.settings()).with(setting, value);
        if (replayKey != null) {
            options = options.with(ReplayWiring.KEY_SETTING, replayKey);
        }
        FunctionHost host = replayKey == null
                ? FunctionHost.start(options, Wirings.of(plan))
                : FunctionHost.start(options, Wirings.of(plan), ReplayWiring.class);
        hosts.put(plan.service(), host);
        return host.uri();
    }

    /// Each host finishes what it has begun.
    private void close() {
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            hosts.values().forEach(host -> closing.submit(host::close));
        }
    }

    /// Returns never: when standard input ends, so does this process.
    static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said; only the end matters.
            }
        } catch (IOException e) {
            // The same as the end.
        }
        System.exit(0);
    }
}
