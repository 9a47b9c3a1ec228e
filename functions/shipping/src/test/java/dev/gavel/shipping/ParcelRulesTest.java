package dev.gavel.shipping;

import static dev.gavel.shipping.Post.NOON;
import static dev.gavel.shipping.Post.hour;
import static dev.gavel.shipping.Post.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.ParcelEvent;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.events.ParcelEvent.ParcelMoved;
import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.shipping.ParcelRules.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParcelRulesTest {

    private static final Instant NOW = hour(48);

    /// Every stage by every stage that is told of: where it is then, and `!` when somebody is told.
    @ParameterizedTest
    @CsvSource(textBlock = """
                    REGISTERED       | REGISTERED ACCEPTED! IN_TRANSIT! OUT_FOR_DELIVERY! DELIVERED!
                    ACCEPTED         | ACCEPTED ACCEPTED IN_TRANSIT! OUT_FOR_DELIVERY! DELIVERED!
                    IN_TRANSIT       | IN_TRANSIT IN_TRANSIT IN_TRANSIT OUT_FOR_DELIVERY! DELIVERED!
                    OUT_FOR_DELIVERY | OUT_FOR_DELIVERY OUT_FOR_DELIVERY OUT_FOR_DELIVERY OUT_FOR_DELIVERY DELIVERED!
                    DELIVERED        | DELIVERED DELIVERED DELIVERED DELIVERED DELIVERED
                    """, delimiter = '|')
    void aParcelNeverGoesBack(Stage from, String expected) {
        List<String> found = Stream.of(Stage.values())
                .map(told -> ParcelRules.heard(in(from), List.of(passed(told, 5)), NOW))
                .map(change -> change.next().stage() + (change.fact() == null ? "" : "!"))
                .toList();

        assertThat(found).isEqualTo(Arrays.asList(expected.split(" ")));
    }

    @Test
    void whatIsToldLateTakesItsPlaceByTime() {
        Parcel parcel = ParcelRules.heard(
                        Post.parcel(), List.of(passed(Stage.OUT_FOR_DELIVERY, 9), passed(Stage.ACCEPTED, 1)), NOW)
                .next();
        Change late = ParcelRules.heard(
                parcel,
                List.of(
                        passed(Stage.OUT_FOR_DELIVERY, 11),
                        new Passed(Stage.IN_TRANSIT, hour(6), "second scan"),
                        new Passed(Stage.IN_TRANSIT, hour(4), "옥천HUB")),
                NOW);

        assertThat(late.fact()).isNull();
        assertThat(late.next().passed())
                .containsExactly(
                        passed(Stage.REGISTERED, 0),
                        passed(Stage.ACCEPTED, 1),
                        new Passed(Stage.IN_TRANSIT, hour(4), "옥천HUB"),
                        passed(Stage.OUT_FOR_DELIVERY, 9));
    }

    @Test
    void aTimeThatCannotBeIsClamped() {
        Change change = ParcelRules.heard(
                Post.parcel(), List.of(passed(Stage.ACCEPTED, -30), passed(Stage.DELIVERED, 90)), NOW);

        assertThat(change.next().passed())
                .containsExactly(passed(Stage.REGISTERED, 0), passed(Stage.ACCEPTED, 0), passed(Stage.DELIVERED, NOW));
        assertThat(change.fact())
                .isInstanceOfSatisfying(
                        ParcelDelivered.class,
                        delivered -> assertThat(delivered.deliveredAt()).isEqualTo(NOW));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void twoHundredShuffledAnswersDeliverOnce(long seed) {
        Random random = new Random(seed);
        List<List<Passed>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            List<Passed> stages = new ArrayList<>();
            for (int stage = 0; stage <= i % 5; stage++) {
                stages.add(passed(Stage.values()[stage], stage));
            }
            Collections.shuffle(stages, random);
            answers.add(stages);
        }
        Collections.shuffle(answers, random);
        Parcel parcel = Post.parcel();
        List<ParcelEvent> facts = new ArrayList<>();
        for (List<Passed> answer : answers) {
            Change change = ParcelRules.heard(parcel, answer, NOW);
            assertThat(change.next().stage()).isGreaterThanOrEqualTo(parcel.stage());
            parcel = change.next();
            if (change.fact() != null) {
                facts.add(change.fact());
            }
        }
        assertThat(facts.getLast()).isInstanceOf(ParcelDelivered.class);
        assertThat(facts.subList(0, facts.size() - 1)).hasOnlyElementsOfType(ParcelMoved.class);
        assertThat(parcel.patience()).isNull();
    }

    @Test
    void whatIsSilentIsAskedForLessAndLessOftenAndGivenUpAfterThirtyDays() {
        Parcel parcel = Post.parcel();
        List<Long> minutes = new ArrayList<>();
        Instant now = NOON;
        int asks = 0;
        while (parcel.patience() != null) {
            Instant next = Objects.requireNonNull(parcel.patience()).next();
            minutes.add(Duration.between(now, next).toMinutes());
            now = next;
            parcel = ParcelRules.waited(parcel, now);
            asks++;
        }
        assertThat(minutes).startsWith(15L, 30L, 60L, 120L, 240L, 360L, 360L);
        assertThat(now).isBetween(hour(30 * 24), hour(30 * 24 + 6));
        assertThat(asks).isLessThan(150);
    }

    @Test
    void newsMakeItAskedForSoonerAgainAndWhoAsksBeforeTheTimeDoesNotPutItOff() {
        Parcel waiting = ParcelRules.waited(Post.parcel(), hour(1));
        assertThat(ParcelRules.waited(waiting, hour(1))).isEqualTo(waiting);
        Parcel heard = ParcelRules.heard(waiting, List.of(passed(Stage.ACCEPTED, 1)), hour(2))
                .next();
        assertThat(Objects.requireNonNull(heard.patience()).next()).isEqualTo(hour(2).plus(Duration.ofMinutes(15)));
    }

    @Test
    void whoIsToldOfNewsAsksAtOnceUnlessThereIsNothingMoreToKnow() {
        Parcel woken = ParcelRules.woken(Post.parcel(), NOON);
        assertThat(woken.isDue(NOON)).isTrue();
        assertThat(ParcelRules.woken(woken, NOON.plusSeconds(1))).isEqualTo(woken);
        Parcel arrived = in(Stage.DELIVERED);
        assertThat(ParcelRules.woken(arrived, NOW)).isEqualTo(arrived);
        assertThat(ParcelRules.woken(Post.parcel().withDecision(), NOW).isDue(NOW))
                .isFalse();
    }

    private static Parcel in(Stage stage) {
        return ParcelRules.heard(Post.parcel(), List.of(passed(stage, 3)), NOW).next();
    }
}
