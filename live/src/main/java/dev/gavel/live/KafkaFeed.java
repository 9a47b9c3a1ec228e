package dev.gavel.live;

import dev.gavel.events.EventCatalog;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.MarketEvent;
import dev.gavel.runtime.Tracer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the facts of its topics as they are published: every partition, from now on, without a consumer group, as
/// every replica needs every fact. What was published before is the business of the store.
final class KafkaFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String bootstrap;
    private final List<String> topics;
    private final Consumer<Fact<? extends MarketEvent>> listener;
    private final Tracer tracer;
    private final CountDownLatch reading = new CountDownLatch(1);
    /// What is to be read next; only the thread of the feed touches it.
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    KafkaFeed(String bootstrap, List<String> topics, Consumer<Fact<? extends MarketEvent>> listener, Tracer tracer) {
        this.bootstrap = bootstrap;
        this.topics = topics;
        this.listener = listener;
        this.tracer = tracer;
        this.thread = Thread.ofPlatform().name("feed").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Whether everything published from now on will be read.
    boolean reading() {
        return reading.getCount() == 0;
    }

    boolean awaitReading(Duration patience) throws InterruptedException {
        return reading.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> created = create()) {
                consumer = created;
                read(created);
            } catch (WakeupException e) {
                if (!closed) {
                    throw e;
                }
            } catch (KafkaException e) {
                LOG.error("The feed is interrupted and will be read on from where it was: {}", e.getMessage());
                pause();
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> create() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "gavel-live",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        100,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void read(KafkaConsumer<byte[], byte[]> from) {
        List<TopicPartition> partitions = List.of();
        while (partitions.isEmpty() && !closed) {
            partitions = topics.stream()
                    .flatMap(topic -> from.partitionsFor(topic, PATIENCE).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            long found =
                    partitions.stream().map(TopicPartition::topic).distinct().count();
            if (found < topics.size()) {
                LOG.warn("Kafka has {} of the topics {} yet", found, topics);
                partitions = List.of();
                pause();
            }
        }
        from.assign(partitions);
        from.seekToEnd(partitions.stream().filter(it -> !next.containsKey(it)).toList());
        for (TopicPartition partition : partitions) {
            Long known = next.get(partition);
            if (known == null) {
                // Seeking is lazy: the end counts from the moment it is asked for.
                next.put(partition, from.position(partition, PATIENCE));
            } else {
                from.seek(partition, known);
            }
        }
        LOG.info("The feed is read from {} partitions of {}", partitions.size(), topics);
        reading.countDown();
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> published : from.poll(Duration.ofMillis(500))) {
                accept(published);
                next.put(new TopicPartition(published.topic(), published.partition()), published.offset() + 1);
            }
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> published) {
        String type = header(published, "ce_type");
        Class<? extends MarketEvent> event =
                type == null ? null : EventCatalog.event(type).orElse(null);
        if (event == null) {
            return;
        }
        try {
            Fact<? extends MarketEvent> fact = new Fact<>(
                    String.valueOf(header(published, "ce_source")),
                    Long.parseLong(String.valueOf(header(published, "ce_sequence"))),
                    Instant.parse(String.valueOf(header(published, "ce_time"))),
                    Json.MAPPER.readValue(published.value(), event));
            tracer.within(header(published, "ce_traceparent"), () -> listener.accept(fact));
        } catch (RuntimeException e) {
            // Found missing by its sequence, it is asked of the store.
            LOG.error("{} at {} of {} cannot be read", type, published.offset(), published.topic(), e);
        }
    }

    private static @Nullable String header(ConsumerRecord<?, ?> published, String name) {
        Header header = published.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
