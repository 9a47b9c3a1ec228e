package dev.gavel.backends.kafka;

import static java.util.Map.entry;

import java.util.Map;

/// What makes a broker small enough to share a laptop with everything else.
final class KafkaSettings {
    private static final String MEGABYTE = "1048576";

    private KafkaSettings() {}

    static final Map<String, String> FOR_ONE_LAPTOP = Map.ofEntries(
            entry("process.roles", "broker,controller"),
            entry("node.id", "1"),
            entry("controller.listener.names", "CONTROLLER"),
            entry("inter.broker.listener.name", "PLAIN"),
            entry("listener.security.protocol.map", "PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            entry("auto.create.topics.enable", "false"),
            entry("default.replication.factor", "1"),
            entry("min.insync.replicas", "1"),
            entry("offsets.topic.replication.factor", "1"),
            entry("offsets.topic.num.partitions", "1"),
            entry("transaction.state.log.replication.factor", "1"),
            entry("transaction.state.log.min.isr", "1"),
            entry("transaction.state.log.num.partitions", "1"),
            entry("share.coordinator.state.topic.replication.factor", "1"),
            entry("share.coordinator.state.topic.min.isr", "1"),
            entry("share.coordinator.state.topic.num.partitions", "1"),
            entry("group.initial.rebalance.delay.ms", "0"),
            // What is kept is bounded twice, so a laptop left running does not fill its disk.
            entry("log.retention.hours", "72"),
            entry("log.retention.bytes", "67108864"),
            entry("log.segment.bytes", "16777216"),
            entry("log.index.size.max.bytes", MEGABYTE),
            entry("log.cleaner.dedupe.buffer.size", "2097152"),
            entry("log.cleaner.io.buffer.size", "65536"),
            entry("num.network.threads", "2"),
            entry("num.io.threads", "2"),
            entry("background.threads", "2"),
            entry("group.coordinator.threads", "1"),
            entry("share.coordinator.threads", "1"),
            entry("num.recovery.threads.per.data.dir", "1"),
            entry("metric.reporters", ""));
}
