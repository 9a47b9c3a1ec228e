package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the whole topic of a Broker for one Trigger: filters after the read, starts what may start, and commits what
/// is finished from time to time. It takes all partitions itself instead of joining the group, so a plane that was
/// killed goes on at once when it comes back.
final class TriggerConsumer {
    /// Records a poll returns at most, and with it the unordered deliveries under way at once.
    static final int MAX_POLL_RECORDS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(TriggerConsumer.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration BUSY_POLL = Duration.ofMillis(10);
    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Trigger trigger;
    private final List<TopicPartition> partitions;
    private final Dispatch dispatch;
    private final TriggerCounters counters;
    private final Duration commitInterval;
    private final Duration longestPoll;
    private final CountDownLatch stopping;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final InFlight<Taken> inFlight;
    private final ExecutorService deliveries;
    private final Thread thread;
    private volatile Map<TopicPartition, Long> committed;

    TriggerConsumer(
            String kafkaBootstrap,
            Trigger trigger,
            Map<TopicPartition, Long> begin,
            Dispatch dispatch,
            TriggerCounters counters,
            Duration commitInterval,
            CountDownLatch stopping) {
        this.trigger = trigger;
        partitions = List.copyOf(begin.keySet());
        committed = Map.copyOf(begin);
        this.dispatch = dispatch;
        this.counters = counters;
        this.commitInterval = commitInterval;
        longestPoll = commitInterval.compareTo(IDLE_POLL) < 0 ? commitInterval : IDLE_POLL;
        this.stopping = stopping;
        inFlight = new InFlight<>(trigger.ordered(), MAX_POLL_RECORDS);
        deliveries = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(trigger.name() + "-", 0).factory());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafkaBootstrap,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        trigger.group(),
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        trigger.group(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        MAX_POLL_RECORDS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        thread = Thread.ofPlatform().daemon().name(trigger.group()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Makes it look at `stopping` now.
    void wake() {
        consumer.wakeup();
    }

    /// Waits until the consumer has stopped by itself after `stopping`, interrupting deliveries that take longer.
    void close(Duration bound) throws InterruptedException {
        if (thread.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(KAFKA_PATIENCE));
        } else if (!thread.join(bound)) {
            deliveries.shutdownNow();
            thread.join(KAFKA_PATIENCE.plusSeconds(1));
        }
        deliveries.shutdownNow();
    }

    Trigger trigger() {
        return trigger;
    }

    TriggerCounters counters() {
        return counters;
    }

    int running() {
        return inFlight.running();
    }

    Map<TopicPartition, Long> committed() {
        return committed;
    }

    private void run() {
        var nextCommit = System.nanoTime() + commitInterval.toNanos();
        while (stopping.getCount() > 0) {
            try {
                poll();
                if (System.nanoTime() >= nextCommit) {
                    commit();
                    nextCommit = System.nanoTime() + commitInterval.toNanos();
                }
            } catch (WakeupException e) {
                LOG.debug("Trigger {} stops", trigger.name());
            } catch (KafkaException e) {
                LOG.warn("Trigger {}/{} goes on after trouble with Kafka", trigger.namespace(), trigger.name(), e);
                pauseAfterTrouble();
            }
        }
        finish();
    }

    private void poll() {
        var full = inFlight.full().stream().map(this::partition).toList();
        consumer.resume(partitions);
        consumer.pause(full);
        for (var read : consumer.poll(full.isEmpty() ? longestPoll : BUSY_POLL)) {
            var wanted = wanted(read);
            if (wanted.isPresent()) {
                inFlight.received(read.partition(), read.offset(), wanted.get());
            } else {
                inFlight.skipped(read.partition(), read.offset());
            }
        }
        startWhatMay();
    }

    private void startWhatMay() {
        while (stopping.getCount() > 0) {
            var next = inFlight.next();
            if (next.isEmpty()) {
                return;
            }
            var started = next.get();
            try {
                deliveries.execute(() -> deliver(started));
            } catch (RejectedExecutionException e) {
                LOG.debug("Offset {} waits for the next plane", started.offset());
                return;
            }
        }
    }

    private void deliver(Taken started) {
        try {
            dispatch.bring(started.event());
        } catch (InterruptedException e) {
            // Not finished: its offset stays uncommitted and the next plane delivers it again.
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            // One event must not block its partition for ever.
            counters.dropped.increment();
            LOG.error("Trigger {}/{} drops offset {}", trigger.namespace(), trigger.name(), started.offset(), e);
        }
        inFlight.finished(started.partition(), started.offset());
        startWhatMay();
    }

    private Optional<Taken> wanted(ConsumerRecord<byte[], byte[]> read) {
        CloudEvent event;
        try {
            event = CloudEventBuilder.from(
                            KafkaMessageFactory.createReader(read).toEvent())
                    .withExtension("knativekafkapartition", read.partition())
                    .withExtension("knativekafkaoffset", read.offset())
                    .build();
        } catch (RuntimeException e) {
            // The SDK has a different exception for every way in which a record is wrong.
            counters.dropped.increment();
            LOG.warn(
                    "Trigger {}/{} drops offset {} of {}-{}, which is no CloudEvent: {}",
                    trigger.namespace(),
                    trigger.name(),
                    read.offset(),
                    read.topic(),
                    read.partition(),
                    e.getMessage());
            return Optional.empty();
        }
        if (!trigger.filter().matches(event)) {
            counters.filtered.increment();
            return Optional.empty();
        }
        return Optional.of(new Taken(read.partition(), read.offset(), event));
    }

    private void commit() {
        var positions = new HashMap<>(committed);
        inFlight.committable().forEach((partition, position) -> positions.put(partition(partition), position));
        var changed = positions.entrySet().stream()
                .filter(position -> !position.getValue().equals(committed.get(position.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, position -> new OffsetAndMetadata(position.getValue())));
        if (!changed.isEmpty()) {
            consumer.commitSync(changed, KAFKA_PATIENCE);
            committed = Map.copyOf(positions);
        }
    }

    private void finish() {
        try {
            deliveries.shutdown();
            while (!deliveries.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.debug("Trigger {} waits for {} deliveries", trigger.name(), inFlight.running());
            }
            commitLast();
        } catch (InterruptedException | KafkaException e) {
            LOG.warn("Trigger {}/{} could not commit its last offsets", trigger.namespace(), trigger.name(), e);
        } finally {
            consumer.close(CloseOptions.timeout(KAFKA_PATIENCE));
        }
    }

    private void commitLast() {
        try {
            commit();
        } catch (WakeupException e) {
            // It came between two polls and is used up now.
            commit();
        }
    }

    private void pauseAfterTrouble() {
        try {
            stopping.await(AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(trigger.broker().topic(), number);
    }

    private record Taken(int partition, long offset, CloudEvent event) {}
}
