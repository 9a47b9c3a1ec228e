package dev.gavel.broker;

import dev.gavel.backends.Backends;

/// The one real Kafka of this test JVM. Tests share it and use namespaces of their own.
final class KafkaForTests {
    private KafkaForTests() {}

    static String bootstrap() {
        return Backends.shared("kafka").getAuthority();
    }
}
