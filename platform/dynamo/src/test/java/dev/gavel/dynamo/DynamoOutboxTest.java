package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserRegistered;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoOutboxTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final AtomicInteger contexts = new AtomicInteger();
    private static final Ids ids = Ids.secure(Clock.systemUTC());

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    static final Settings settings = Settings.of(dynamo.settings());
    static final DynamoTables tables = DynamoTables.of(settings);
    static final DynamoDbClient client = DynamoClients.of(settings);

    private final String context = "test-" + (char) ('a' + contexts.getAndIncrement());
    private final RecordingFactPublisher broker = new RecordingFactPublisher();
    private final DynamoOutbox outbox = new DynamoOutbox(client, tables, broker, context);

    @BeforeAll
    static void tables() {
        tables.create(client, "outbox", "users");
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void aCommittedFactIsPublishedAtOnceAndThenRemoved() {
        var facts = facts(UserId.next(ids), 1, 2, 3);
        commit(facts);
        assertThat(waiting(outbox)).isEqualTo(3);
        outbox.published(facts);
        assertThat(broker.facts()).isEqualTo(facts);
        await().untilAsserted(() -> assertThat(waiting(outbox)).isZero());
    }

    @Test
    void stateAndFactsAreCommittedTogetherOrNotAtAll() {
        UserId user = UserId.next(ids);
        var state = DynamoWrites.putNew(tables.name("users"), Map.of("pk", s(user.value())), "pk");
        var facts = facts(user, 1, 2);
        outbox.commit(List.of(state), facts, "user " + user);
        assertThat(waiting(outbox)).isEqualTo(2);
        assertThatExceptionOfType(StaleWrite.class)
                .isThrownBy(() -> outbox.commit(List.of(state), facts(user, 3), "user " + user))
                .withMessageContaining(user.value());
        assertThat(waiting(outbox)).isEqualTo(2);
        assertThat(broker.facts()).isEmpty();
    }

    @Test
    void whatTheBrokerDidNotTakeIsSweptInOrder() {
        var facts = facts(UserId.next(ids), 1, 2, 3);
        commit(facts);
        broker.refuse(fact -> fact.sequence() == 2);
        outbox.published(facts);
        assertThat(broker.ids()).containsExactly(facts.getFirst().id());
        await().untilAsserted(() -> assertThat(waiting(outbox)).isEqualTo(2));
        broker.takeEverything();
        assertThat(outbox.sweep(NOON.plusSeconds(60), 100)).isEqualTo(2);
        assertThat(broker.facts()).isEqualTo(facts);
        assertThat(waiting(outbox)).isZero();
    }

    @Test
    void aFactComesBackAsItWasCommitted() {
        var fact = fact(UserId.next(ids), 7, NOON.plusNanos(1_234_567));
        commit(List.of(fact));
        outbox.sweep(NOON.plusSeconds(1), 1);
        assertThat(broker.facts()).containsExactly(fact);
    }

    @Test
    @Timeout(20)
    void aBrokerThatHangsHoldsNobodyForLong() {
        var never = new CountDownLatch(1);
        FactPublisher hangs = _ -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        };
        var facts = facts(UserId.next(ids), 1, 2);
        commit(facts);
        try (var stuck = new DynamoOutbox(client, tables, hangs, context)) {
            stuck.published(facts);
        }
        assertThat(waiting(outbox)).isEqualTo(2);
    }

    @Test
    void youngFactsAreLeftToWhoIsPublishingThem() {
        commit(List.of(fact(UserId.next(ids), 1, NOON)));
        assertThat(outbox.sweep(NOON, 100)).isZero();
        assertThat(outbox.sweep(NOON.plusNanos(1), 100)).isEqualTo(1);
    }

    @Test
    void factsOfASubjectGoBySequenceEvenWhenClocksDiffer() {
        UserId user = UserId.next(ids);
        commit(List.of(fact(user, 3, NOON), fact(user, 1, NOON.plusMillis(700)), fact(user, 2, NOON.plusMillis(300))));
        assertThat(outbox.sweep(NOON.plusMillis(500), 100)).isEqualTo(3);
        assertThat(broker.facts()).extracting(Fact::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theOldestGoFirstAndALimitIsKept() {
        UserId user = UserId.next(ids);
        var facts = facts(user, 1, 2, 3, 4, 5);
        commit(facts);
        int first = outbox.sweep(NOON.plusSeconds(60), 8);
        assertThat(first).isBetween(1, 5);
        assertThat(broker.facts()).isEqualTo(facts.subList(0, first));
        while (outbox.sweep(NOON.plusSeconds(60), 8) > 0) {
            assertThat(broker.facts().size()).isLessThanOrEqualTo(5);
        }
        assertThat(broker.facts()).isEqualTo(facts);
    }

    @Test
    void aSubjectTheBrokerRefusesDoesNotHoldUpOthers() {
        UserId poisoned = UserId.next(ids);
        var bad = facts(poisoned, 1, 2);
        var good = facts(UserId.next(ids), 1, 2, 3);
        commit(bad);
        commit(good);
        broker.refuse(fact -> fact.subject().equals(poisoned.value()));
        assertThat(outbox.sweep(NOON.plusSeconds(60), 100)).isEqualTo(3);
        assertThat(broker.facts()).isEqualTo(good);
        assertThat(broker.attempts()).isEqualTo(4);
        assertThat(waiting(outbox)).isEqualTo(2);
    }

    @Test
    void aBrokerThatTakesNothingIsNotAskedForEverySubject() {
        for (int i = 0; i < 12; i++) {
            commit(facts(UserId.next(ids), 1));
        }
        broker.refuseEverything();
        assertThat(outbox.sweep(NOON.plusSeconds(60), 100)).isZero();
        assertThat(broker.attempts()).isLessThan(5);
        assertThat(waiting(outbox)).isEqualTo(12);
    }

    @Test
    void aRowThatCannotBeReadIsKeptAndDoesNotHoldUpOthers() {
        var good = fact(UserId.next(ids), 1, NOON);
        commit(List.of(good));
        String shard = DynamoItems.text(OutboxRow.key(context, good), OutboxRow.SHARD);
        var damaged = Map.of(
                OutboxRow.SHARD, s(shard),
                OutboxRow.ID, s(DynamoItems.sortable(NOON.minusSeconds(1)) + "#usr#1"),
                OutboxRow.TYPE, s("dev.gavel.user.of-the-future.v9"),
                OutboxRow.SEQUENCE, n(1));
        client.putItem(request -> request.tableName(tables.name("outbox")).item(damaged));
        assertThat(outbox.sweep(NOON.plusSeconds(60), 100)).isEqualTo(1);
        assertThat(broker.facts()).containsExactly(good);
        assertThat(waiting(outbox)).isEqualTo(1);
        assertThat(outbox.backlog(NOON).oldest()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void contextsSweepOnlyTheirOwn() {
        commit(facts(UserId.next(ids), 1));
        try (var other = new DynamoOutbox(client, tables, broker, context + "-other")) {
            assertThat(other.sweep(NOON.plusSeconds(60), 100)).isZero();
            assertThat(waiting(other)).isZero();
        }
        assertThat(waiting(outbox)).isEqualTo(1);
    }

    @Test
    void theAgeOfTheOldestFactIsKnown() {
        assertThat(outbox.backlog(NOON).oldest()).isZero();
        commit(List.of(fact(UserId.next(ids), 1, NOON.minusSeconds(90))));
        commit(List.of(fact(UserId.next(ids), 1, NOON.minusSeconds(30))));
        assertThat(outbox.backlog(NOON).oldest()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aRelayPublishesWhatIsOldEnoughUntilNothingIsLeft() {
        for (int i = 0; i < 5; i++) {
            commit(facts(UserId.next(ids), 1, 2));
        }
        var relay = new RelayFacts(outbox, new Measures());
        assertThat(relay.apply(tick(NOON))).isEqualTo(Outcome.accepted(Done.NOTHING));
        assertThat(relay.apply(tick(NOON.plusSeconds(10)))).isEqualTo(Outcome.accepted(new Done(10)));
        assertThat(relay.apply(tick(NOON.plusSeconds(10)))).isEqualTo(Outcome.accepted(Done.NOTHING));
    }

    @Test
    void manyPublishedFactsAreRemovedInBatches() {
        List<Fact<UserRegistered>> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.addAll(facts(UserId.next(ids), 1));
        }
        commit(all);
        outbox.published(all);
        outbox.published(all);
        await().untilAsserted(() -> assertThat(waiting(outbox)).isZero());
    }

    @Test
    void aContextNeedsAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DynamoOutbox(client, tables, broker, "Auctions#1"));
    }

    private static int waiting(DynamoOutbox some) {
        return some.backlog(NOON).facts();
    }

    private static Call<Tick> tick(Instant at) {
        return new Call<>(new Tick(), new Caller.Platform("tick"), at, "1");
    }

    private void commit(List<Fact<UserRegistered>> facts) {
        DynamoWrites.transact(client, facts.stream().map(outbox::put).toList(), "facts");
    }

    private static List<Fact<UserRegistered>> facts(UserId user, int... sequences) {
        List<Fact<UserRegistered>> facts = new ArrayList<>();
        for (int sequence : sequences) {
            facts.add(fact(user, sequence, NOON.plusMillis(sequence)));
        }
        return facts;
    }

    private static Fact<UserRegistered> fact(UserId user, int sequence, Instant time) {
        return new Fact<>("/functions/register-user", sequence, time, new UserRegistered(user, "민수", time));
    }
}
