package dev.gavel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EachTest {

    private static final List<Integer> MANY = IntStream.range(0, 100).boxed().toList();

    @Test
    void countsThoseThatDidSomething() {
        assertThat(Each.of(MANY, 16, number -> number % 4 == 0)).isEqualTo(25);
        assertThat(Each.of(List.<Integer>of(), 16, _ -> true)).isZero();
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromBeingDone() {
        Set<Integer> tried = ConcurrentHashMap.newKeySet();

        assertThatThrownBy(() -> Each.of(MANY, 4, number -> {
                    tried.add(number);
                    if (number == 3) {
                        throw new Unavailable("number 3");
                    }
                    return true;
                }))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("number 3");
        assertThat(tried).hasSize(100);
    }

    @Test
    void whatIsLeftWhenItIsEnoughIsLeftOut() {
        AtomicInteger begun = new AtomicInteger();

        assertThat(Each.of(MANY, 1, () -> begun.get() < 10, _ -> begun.incrementAndGet() > 0))
                .isEqualTo(10);
    }

    @Test
    void whatIsLeftWhenTheTimeIsOverIsLeftOut() {
        assertThat(Each.within(Duration.ZERO, MANY, 4, _ -> true)).isZero();
        assertThat(Each.within(Duration.ofHours(1), MANY, 4, _ -> true)).isEqualTo(100);
    }

    @Test
    void noMoreThanAllowedAreUnderWayAtOnce() {
        AtomicInteger underway = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Each.of(MANY, 3, _ -> {
            most.accumulateAndGet(underway.incrementAndGet(), Math::max);
            Thread.yield();
            underway.decrementAndGet();
            return true;
        });

        assertThat(most.get()).isBetween(1, 3);
    }
}
