package dev.gavel.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.scaling.Trigger.Look;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What KEDA adds to its HPA, second by second, against series calculated by hand.
class KedaTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final ZonedDateTime BEGIN = ZonedDateTime.of(2026, 11, 20, 18, 58, 0, 0, SEOUL);
    private static final HpaRules DOWN_AT_ONCE =
            new HpaRules(0, HpaRules.DEFAULT_DOWN.policies(), HpaRules.Select.MAX, HpaRules.TOLERANCE);

    @Test
    void theFirstMessageIsSeenAtTheNextLook() {
        // looks at 0, 15, 30 s; something is there from 20 s on
        assertThat(changes(queue(15, 60, 0, 0), 40, second -> second < 20 ? 0 : 1))
                .containsExactly("30:1");
    }

    @Test
    void theLastReplicaGoesWhenNothingWasThereForTheCooldown() {
        // there from 0 to 50 s: seen last at 45 s; 45 + 60 = 105 is a look
        assertThat(changes(queue(15, 60, 0, 0), 120, second -> second <= 50 ? 1 : 0))
                .containsExactly("0:1", "105:0");
    }

    @Test
    void whatIsNotAboveTheActivationWakesNobody() {
        assertThat(changes(queue(15, 60, 0, 5), 60, second -> 5)).isEmpty();
        assertThat(changes(queue(15, 60, 0, 5), 60, second -> 6)).containsExactly("0:1");
    }

    @Test
    void nothingIsAlwaysTooLittleForWhoHasAMinimum() {
        assertThat(changes(queue(15, 60, 2, 0), 200, second -> 0)).isEmpty();
    }

    @Test
    void lagBeyondThePartitionsCountsNoMore() {
        Scaler scaler = scaler(30, 300, 0, 50, null, new Trigger.Kafka(10, 0, 12, false));
        // 100,000 / 10 would be 10,000; 12 partitions are 12. 1 at once, then 4 and 8 by the rule of
        // doubling, then 12
        assertThat(changes(scaler, 60, second -> 100_000)).containsExactly("0:4", "15:8", "30:12");
    }

    @Test
    void lagBeyondThePartitionsCountsWhereIdleConsumersAreAllowed() {
        Scaler scaler = scaler(30, 300, 0, 20, null, new Trigger.Kafka(10, 0, 12, true));
        assertThat(changes(scaler, 60, second -> 100_000)).containsExactly("0:4", "15:8", "30:16", "45:20");
    }

    @Test
    void aWindowIsAFloorFromItsBeginningToItsEnd() {
        Trigger window = new Trigger.CronWindow(SEOUL, Cron.of("59 18 * * *"), Cron.of("0 19 * * *"), 3);
        // 18:59 is 60 s, 19:00 is 120 s; idle for 30 s after it, so 0 at the look of 150 s (seen
        // last at 110 s: 140 s)
        assertThat(changes(scaler(10, 30, 0, 10, null, window), 200, second -> 0))
                .containsExactly("60:3", "120:1", "140:0");
    }

    @Test
    void theLargestOfAllTriggersCounts() {
        Scaler scaler = new Scaler(
                "both",
                15,
                300,
                0,
                null,
                0,
                10,
                HpaRules.WITHOUT_BEHAVIOR,
                DOWN_AT_ONCE,
                List.of(
                        new Trigger.Sqs(100, 0, true),
                        new Trigger.CronWindow(SEOUL, Cron.of("0 0 * * *"), Cron.of("59 23 * * *"), 2)));
        // the window wants 2, 350 messages want 4
        assertThat(changes(scaler, 60, second -> second < 30 ? 0 : 350)).containsExactly("0:2", "30:4");
    }

    @Test
    void whoIsIdleHasTheIdleNumberAndThenTheMinimum() {
        Scaler scaler = scaler(15, 30, 3, 10, 0, new Trigger.Sqs(100, 0, true));
        // 3 at the beginning; never active, so the look at 0 s takes them; at 45 s there is
        // something: 3
        assertThat(changes(scaler, 60, second -> second < 40 ? 0 : 1)).containsExactly("0:0", "45:3");
    }

    @Test
    void aScalerThatCannotBeIsRefused() {
        assertThatThrownBy(() -> queue(0, 60, 0, 0)).hasMessageContaining("pollingInterval");
        assertThatThrownBy(() -> scaler(15, 60, 11, 10, null, new Trigger.Sqs(100, 0, true)))
                .hasMessageContaining("min <= max");
    }

    private static Scaler queue(int polling, int cooldown, int min, double activation) {
        return scaler(polling, cooldown, min, 10, null, new Trigger.Sqs(100, activation, true));
    }

    private static Scaler scaler(int polling, int cooldown, int min, int max, @Nullable Integer idle, Trigger trigger) {
        return new Scaler(
                "a scaler",
                polling,
                cooldown,
                0,
                idle,
                min,
                max,
                HpaRules.WITHOUT_BEHAVIOR,
                DOWN_AT_ONCE,
                List.of(trigger));
    }

    /// `second:replicas` at every change.
    private static List<String> changes(Scaler scaler, int seconds, LongToDoubleFunction waiting) {
        Keda keda = new Keda(scaler, scaler.min());
        List<String> changes = new ArrayList<>();
        int before = scaler.min();
        for (long second = 0; second < seconds; second++) {
            double number = waiting.applyAsDouble(second);
            int after = keda.tick(second, new Look(BEGIN.plusSeconds(second), number, 0, number, query -> 0));
            if (after != before) {
                changes.add(second + ":" + after);
            }
            before = after;
        }
        return changes;
    }
}
