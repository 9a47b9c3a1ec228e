package dev.gavel.broker;

import static dev.gavel.broker.Playground.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.broker.Inbox.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PingsTest {
    @Test
    void everySecondMeansEverySecond() {
        try (var playground = Playground.of(ping("tick", "*/1 * * * * *", service("close", "/closeDue")))) {
            await().until(() -> playground.inbox.allAt("/closeDue").size() >= 3);

            var letters = playground.inbox.allAt("/closeDue");
            assertThat(letters).extracting(Inbox.Letter::id).doesNotHaveDuplicates();
            assertThat(letters.getFirst().body()).isEqualTo("{\"kind\":\"close-due\"}");
            assertThat(letters.getFirst().headers())
                    .containsEntry("ce-type", "dev.knative.sources.ping")
                    .containsEntry("ce-source", "/apis/v1/namespaces/" + playground.namespace + "/pingsources/tick")
                    .containsEntry("ce-partitionkey", "close-tick")
                    .containsEntry("content-type", "application/json")
                    .containsKey("ce-time");
        }
    }

    @Test
    void theScheduleIsInItsZoneAndATickComesOnce() {
        var clock = new HandClock("2026-07-01T17:44:59Z");
        try (var playground = Playground.of(
                ping("prewarm", "45 18 * * *", service("place-bid", "/warmup")), options -> options.withClock(clock))) {
            clock.forward(Duration.ofMillis(1500));
            await().until(() -> playground.inbox.allAt("/warmup").size() == 1);
            clock.forward(Duration.ofHours(23));
            clock.forward(Duration.ofMinutes(59));
            clock.forward(Duration.ofMinutes(2));
            await().until(() -> playground.inbox.allAt("/warmup").size() == 2);
            await().untilAsserted(() -> assertThat(playground.plane().snapshot().pings())
                    .containsExactly(new Snapshot.PingNumbers(playground.namespace, "prewarm", 2, 0)));
        }
    }

    @Test
    void aBrokerCanBeTheSink() {
        var sink = "ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: ticks}";
        var yaml = Playground.broker("ticks", 1)
                + Playground.trigger("hears", "ticks", "")
                + ping("tick", "*/1 * * * * *", sink);
        try (var playground = Playground.of(yaml)) {
            await().until(() -> !playground.inbox.allAt("/hears").isEmpty());
        }
    }

    @Test
    void aTickThatNobodyTakesIsLostAfterFiveRetries() {
        var clock = new HandClock("2026-07-01T00:00:00Z");
        try (var playground = Playground.of(
                ping("tick", "@hourly", service("close", "/closeDue")), options -> options.withClock(clock))) {
            playground.inbox.on("/closeDue", (_, _) -> Reply.of(503));
            clock.forward(Duration.ofHours(1));
            await().until(() -> playground.plane().snapshot().pings().getFirst().lost() == 1);
            assertThat(playground.inbox.allAt("/closeDue")).hasSize(6);
        }
    }

    private static String ping(String name, String schedule, String sink) {
        return """
                ---
                apiVersion: sources.knative.dev/v1
                kind: PingSource
                metadata: {name: %s, namespace: NS}
                spec:
                  schedule: "%s"
                  timezone: Europe/London
                  contentType: application/json
                  data: '{"kind":"close-due"}'
                  ceOverrides: {extensions: {partitionkey: close-tick}}
                  sink: {%s}
                """.formatted(name, schedule, sink);
    }

    private static String service(String name, String path) {
        return "ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: %s}, uri: %s".formatted(name, path);
    }

    private static final class HandClock extends Clock {
        private volatile Instant now;

        private HandClock(String start) {
            now = Instant.parse(start);
        }

        private void forward(Duration step) {
            now = now.plus(step);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
