package dev.gavel.broker;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running broker: its ingress, one consumer for every Trigger, and its PingSources. Everything published once
/// [#start(Options)] has returned reaches its Triggers at least once, also when the process is killed in between.
public final class BrokerPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerPlane.class);
    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(10);
    private static final Duration LAG_PATIENCE = Duration.ofSeconds(2);

    private final Options options;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final KafkaTopics topics;
    private final Publisher publisher;
    private final Courier courier = new Courier();
    private final Ingress ingress;
    private final List<TriggerConsumer> consumers = new ArrayList<>();
    private final Pings pings;
    private volatile Map<TopicPartition, Long> lastEnds = Map.of();

    private BrokerPlane(Options options, KafkaTopics topics, Publisher publisher) throws IOException {
        this.options = options;
        this.topics = topics;
        this.publisher = publisher;
        ingress = new Ingress(options.port(), options.manifests(), publisher, this::snapshot);
        pings = new Pings(options.manifests().pingSources(), courier, this::address, options.clock());
    }

    /// What a plane needs: where Kafka is, what to obey, where Services are, the port of the ingress (0 picks a free
    /// one), how often finished offsets are committed, and the clock of the PingSources.
    public record Options(
            String kafkaBootstrap,
            Manifests manifests,
            Addresses addresses,
            int port,
            Duration commitInterval,
            Clock clock) {
        /// A free port, the commit interval of the data plane (5 s) and the system clock.
        public static Options of(String kafkaBootstrap, Manifests manifests, Addresses addresses) {
            return new Options(kafkaBootstrap, manifests, addresses, 0, Duration.ofSeconds(5), Clock.systemUTC());
        }

        /// The same with another port.
        public Options withPort(int another) {
            return new Options(kafkaBootstrap, manifests, addresses, another, commitInterval, clock);
        }

        /// The same with another commit interval.
        public Options withCommitInterval(Duration another) {
            return new Options(kafkaBootstrap, manifests, addresses, port, another, clock);
        }

        /// The same with another clock.
        public Options withClock(Clock another) {
            return new Options(kafkaBootstrap, manifests, addresses, port, commitInterval, another);
        }
    }

    /// Creates the topics, starts everything and returns when events are taken.
    ///
    /// @throws IllegalStateException in one sentence, when Kafka does not answer or the port is taken
    public static BrokerPlane start(Options options) throws InterruptedException {
        JvmDefaults.apply();
        var plane = create(options);
        try {
            plane.begin();
            return plane;
        } catch (RuntimeException | InterruptedException e) {
            plane.close();
            throw e;
        }
    }

    private static BrokerPlane create(Options options) {
        KafkaTopics topics = null;
        Publisher publisher = null;
        try {
            topics = new KafkaTopics(options.kafkaBootstrap());
            publisher = new Publisher(options.kafkaBootstrap());
            return new BrokerPlane(options, topics, publisher);
        } catch (IOException | KafkaException e) {
            if (publisher != null) {
                publisher.close();
            }
            if (topics != null) {
                topics.close();
            }
            throw new IllegalStateException(
                    e instanceof IOException
                            ? "The broker cannot listen on port " + options.port() + ": " + e.getMessage()
                            : "The broker cannot use Kafka at '" + options.kafkaBootstrap() + "': " + e.getMessage(),
                    e);
        }
    }

    /// The port of the ingress.
    public int port() {
        return ingress.port();
    }

    /// Where events for a Broker are posted.
    public URI ingress(String namespace, String broker) {
        return URI.create("http://127.0.0.1:" + port() + "/" + namespace + "/" + broker);
    }

    /// The numbers at this moment. Asks Kafka for the lag; when it does not answer, the last known ends are used.
    public Snapshot snapshot() {
        var ends = ends();
        return new Snapshot(
                ingress.numbers(),
                consumers.stream().map(consumer -> numbers(consumer, ends)).toList(),
                pings.numbers());
    }

    /// Stops reading, waits up to ten seconds for deliveries under way, commits what is finished and stops. What was
    /// not finished is delivered again by the next plane on the same Kafka.
    @Override
    public void close() {
        pings.close();
        stopping.countDown();
        consumers.forEach(TriggerConsumer::wake);
        var deadline = System.nanoTime() + LAST_DELIVERIES.toNanos();
        try {
            for (var consumer : consumers) {
                consumer.close(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ingress.close();
        courier.close();
        publisher.close();
        topics.close();
    }

    /// Whether [#close()] has begun.
    boolean stopping() {
        return stopping.getCount() == 0;
    }

    private void begin() throws InterruptedException {
        var manifests = options.manifests();
        var partitions = topics.create(manifests.brokers());
        var begins = topics.begin(manifests.triggers(), partitions);
        for (var trigger : manifests.triggers()) {
            var counters = new TriggerCounters();
            consumers.add(new TriggerConsumer(
                    options.kafkaBootstrap(),
                    trigger,
                    begins.getOrDefault(trigger.group(), Map.of()),
                    new Dispatch(trigger, courier, publisher, this::address, counters, stopping),
                    counters,
                    options.commitInterval(),
                    stopping));
        }
        ingress.start();
        consumers.forEach(TriggerConsumer::start);
        pings.start();
        LOG.info(
                "The broker listens on port {} with {} brokers, {} triggers and {} ping sources",
                port(),
                manifests.brokers().size(),
                manifests.triggers().size(),
                manifests.pingSources().size());
    }

    private URI address(Destination destination) {
        return switch (destination) {
            case Destination.Subscriber subscriber ->
                Destination.at(options.addresses().of(subscriber), subscriber.path());
            case Destination.Ingress(var namespace, var broker) -> ingress(namespace, broker);
            case Destination.Absolute(var uri) -> uri;
        };
    }

    private Map<TopicPartition, Long> ends() {
        var asked = consumers.stream()
                .flatMap(consumer -> consumer.committed().keySet().stream())
                .collect(Collectors.toSet());
        try {
            lastEnds = topics.ends(asked, LAG_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.warn("The lag is as it was last seen: {}", e.getMessage());
        }
        return lastEnds;
    }

    private static Snapshot.TriggerNumbers numbers(TriggerConsumer consumer, Map<TopicPartition, Long> ends) {
        var lag = consumer.committed().entrySet().stream()
                .mapToLong(committed -> Math.max(0, ends.getOrDefault(committed.getKey(), 0L) - committed.getValue()))
                .sum();
        var counters = consumer.counters();
        return new Snapshot.TriggerNumbers(
                consumer.trigger().namespace(),
                consumer.trigger().name(),
                counters.delivered.sum(),
                counters.replied.sum(),
                counters.filtered.sum(),
                counters.retried.sum(),
                counters.deadLettered.sum(),
                counters.dropped.sum(),
                consumer.running(),
                lag);
    }
}
