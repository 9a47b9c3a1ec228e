package dev.gavel.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.scaling.HpaRules.Kind;
import dev.gavel.scaling.HpaRules.Policy;
import dev.gavel.scaling.HpaRules.Select;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ten series, each calculated by hand from the rules of the documentation; a sync is every 15
/// seconds.
class HpaTest {

    private static final HpaRules AT_ONCE =
            new HpaRules(0, HpaRules.DEFAULT_DOWN.policies(), Select.MAX, HpaRules.TOLERANCE);

    @Test
    void theFormulaIsTheMetricByTheTargetRoundedUp() {
        // 450 / 100 = 4.5
        assertThat(series(new Hpa(1, 10, HpaRules.DEFAULT_UP, AT_ONCE), 4, 100, 450))
                .containsExactly(5);
    }

    @Test
    void withinATenthNothingHappens() {
        // 4 x 100 = 400: 440 is 10 % more, 360 is 10 % less, 441 is more than that
        Hpa hpa = new Hpa(1, 10, HpaRules.DEFAULT_UP, AT_ONCE);
        assertThat(series(hpa, 4, 100, 440, 360, 441)).containsExactly(4, 4, 5);
    }

    @Test
    void upByDefaultDoublesOrAddsFourInAQuarterOfAMinute() {
        // from 1: 1 + 4 = 5, then 2 x 5 = 10, then 20, then what is wanted
        assertThat(series(new Hpa(1, 100, HpaRules.DEFAULT_UP, AT_ONCE), 1, 10, 300, 300, 300, 300))
                .containsExactly(5, 10, 20, 30);
    }

    @Test
    void noMoreThanMax() {
        assertThat(series(new Hpa(1, 12, HpaRules.DEFAULT_UP, AT_ONCE), 6, 10, 500))
                .containsExactly(12);
    }

    @Test
    void noFewerThanMin() {
        assertThat(series(new Hpa(3, 12, HpaRules.DEFAULT_UP, AT_ONCE), 6, 10, 0))
                .containsExactly(3);
    }

    @Test
    void downWaitsUntilNobodyWantedMoreForTheWholeWindow() {
        HpaRules minute = new HpaRules(60, HpaRules.DEFAULT_DOWN.policies(), Select.MAX, HpaRules.TOLERANCE);
        // 8 are wanted at 0 s; at 60 s that is a minute ago and does not count any more
        assertThat(series(new Hpa(1, 12, HpaRules.DEFAULT_UP, minute), 8, 10, 80, 20, 20, 20, 20))
                .containsExactly(8, 8, 8, 8, 2);
    }

    @Test
    void upWaitsWhereItIsTold() {
        HpaRules half = new HpaRules(30, HpaRules.DEFAULT_UP.policies(), Select.MAX, HpaRules.TOLERANCE);
        // at 0 s it knows of 2 only; at 15 s the 2 of 0 s still count, at 30 s they do not
        assertThat(series(new Hpa(1, 12, half, AT_ONCE), 2, 10, 50, 50, 50)).containsExactly(2, 2, 5);
    }

    @Test
    void aPolicyOfAMinuteCountsWhatWasAddedInThatMinute() {
        HpaRules four = new HpaRules(0, List.of(new Policy(Kind.PODS, 4, 60)), Select.MAX, HpaRules.TOLERANCE);
        // 4 more at 0 s, none until 60 s, 4 more then
        assertThat(series(new Hpa(1, 50, four, AT_ONCE), 2, 10, 400, 400, 400, 400, 400))
                .containsExactly(6, 6, 6, 6, 10);
    }

    @Test
    void theSmallestPolicyCountsWhereMinIsSelected() {
        HpaRules careful = new HpaRules(
                0,
                List.of(new Policy(Kind.PERCENT, 100, 15), new Policy(Kind.PODS, 1, 15)),
                Select.MIN,
                HpaRules.TOLERANCE);
        assertThat(series(new Hpa(1, 50, careful, AT_ONCE), 5, 10, 400, 400)).containsExactly(6, 7);
    }

    @Test
    void oneAtATimeOnTheWayDown() {
        HpaRules slowly = new HpaRules(0, List.of(new Policy(Kind.PODS, 1, 300)), Select.MAX, HpaRules.TOLERANCE);
        // one at 0 s, and none for 300 s: the 20 syncs after it
        List<Integer> all = series(new Hpa(1, 12, HpaRules.DEFAULT_UP, slowly), 6, 10, new double[22]);
        assertThat(all.subList(0, 20)).containsOnly(5);
        assertThat(all.get(20)).isEqualTo(4);
    }

    private static List<Integer> series(Hpa hpa, int replicas, double target, double... values) {
        List<Integer> all = new ArrayList<>();
        int current = replicas;
        for (int i = 0; i < values.length; i++) {
            current = hpa.sync(i * Hpa.SYNC_SECONDS, current, List.of(new Hpa.Metric(values[i], target)));
            all.add(current);
        }
        return all;
    }
}
