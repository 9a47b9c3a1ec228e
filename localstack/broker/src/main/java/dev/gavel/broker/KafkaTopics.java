package dev.gavel.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Prepares topics and consumer groups, and tells how long the topics are.
final class KafkaTopics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final short ONE_REPLICA = 1;

    private final String kafkaBootstrap;
    private final Admin admin;

    KafkaTopics(String kafkaBootstrap) {
        this.kafkaBootstrap = kafkaBootstrap;
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafkaBootstrap,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "gavel-broker-admin",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
    }

    /// Creates the topics that are missing; one that is there keeps its partitions. Answers the partitions of each.
    Map<String, List<TopicPartition>> create(List<Broker> brokers) throws InterruptedException {
        var creation = admin.createTopics(brokers.stream()
                .map(broker -> new NewTopic(broker.topic(), broker.partitions(), ONE_REPLICA))
                .toList());
        for (var topic : creation.values().values()) {
            await(topic, TopicExistsException.class);
        }
        var partitions = new HashMap<String, List<TopicPartition>>();
        for (var broker : brokers) {
            partitions.put(broker.topic(), partitions(broker.topic()));
        }
        return partitions;
    }

    /// Where each group begins. A group without offsets gets the end of the topic committed, so that it sees all that
    /// is published from now on, however late its consumer reads first.
    Map<String, Map<TopicPartition, Long>> begin(List<Trigger> triggers, Map<String, List<TopicPartition>> partitions)
            throws InterruptedException {
        if (triggers.isEmpty()) {
            return Map.of();
        }
        var committed = admin.listConsumerGroupOffsets(triggers.stream()
                .collect(Collectors.toMap(
                        Trigger::group,
                        trigger -> new ListConsumerGroupOffsetsSpec()
                                .topicPartitions(partitions.get(trigger.broker().topic())))));
        var ends = ends(partitions.values().stream().flatMap(List::stream).toList(), PATIENCE);
        var begins = new HashMap<String, Map<TopicPartition, Long>>();
        var commits = new ArrayList<KafkaFuture<Void>>();
        for (var trigger : triggers) {
            var known = get(committed.partitionsToOffsetAndMetadata(trigger.group()));
            var begin = new HashMap<TopicPartition, Long>();
            var missing = new HashMap<TopicPartition, OffsetAndMetadata>();
            for (var partition : partitions.getOrDefault(trigger.broker().topic(), List.of())) {
                var offset = known.get(partition);
                if (offset == null) {
                    offset = new OffsetAndMetadata(ends.getOrDefault(partition, 0L));
                    missing.put(partition, offset);
                }
                begin.put(partition, offset.offset());
            }
            begins.put(trigger.group(), Map.copyOf(begin));
            if (!missing.isEmpty()) {
                commits.add(admin.alterConsumerGroupOffsets(trigger.group(), missing)
                        .all());
            }
        }
        for (var commit : commits) {
            await(commit, null);
        }
        return begins;
    }

    /// The offset the next event of each partition will get.
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, Duration patience)
            throws InterruptedException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        var asked = partitions.stream()
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest(), (first, _) -> first));
        return get(admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs((int) patience.toMillis()))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }

    /// A topic is not known everywhere at the moment its creation is answered.
    private List<TopicPartition> partitions(String topic) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var description =
                    await(admin.describeTopics(List.of(topic)).allTopicNames(), UnknownTopicOrPartitionException.class);
            if (description != null && description.get(topic) instanceof TopicDescription known) {
                return known.partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("Kafka created the topic " + topic + " but does not know it.");
    }

    private <T> T get(KafkaFuture<T> future) throws InterruptedException {
        return Objects.requireNonNull(await(future, null));
    }

    private <T> @Nullable T await(KafkaFuture<T> future, @Nullable Class<? extends Exception> expected)
            throws InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            var cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            if (expected != null && expected.isInstance(cause)) {
                return null;
            }
            throw new IllegalStateException(
                    "Kafka at " + kafkaBootstrap + " does not do what the broker needs: " + cause.getMessage()
                            + " Check that it runs and is reachable.",
                    cause);
        }
    }
}
