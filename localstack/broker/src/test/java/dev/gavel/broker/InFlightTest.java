package dev.gavel.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void orderedOneRecordOfAPartitionIsUnderWayAtATime() {
        var inFlight = new InFlight<String>(true, 2);
        inFlight.received(0, 10, "a");
        inFlight.received(0, 11, "b");
        inFlight.received(1, 5, "c");
        inFlight.received(2, 7, "d");

        assertThat(inFlight.next()).contains("a");
        assertThat(inFlight.next()).contains("c");
        assertThat(inFlight.next()).as("the limit is for unordered delivery").contains("d");
        assertThat(inFlight.next()).isEmpty();
        assertThat(inFlight.full()).isEmpty();
        inFlight.received(0, 12, "e");
        assertThat(inFlight.full()).as("two wait").containsExactly(0);

        inFlight.finished(1, 5);
        assertThat(inFlight.next()).isEmpty();
        inFlight.finished(0, 10);
        assertThat(inFlight.next()).contains("b");
        assertThat(inFlight.full()).isEmpty();
    }

    @Test
    void unorderedAsManyAsTheLimitAreUnderWay() {
        var inFlight = new InFlight<String>(false, 2);
        inFlight.received(0, 0, "a");
        inFlight.received(0, 1, "b");
        assertThat(inFlight.next()).contains("a");
        assertThat(inFlight.next()).contains("b");
        assertThat(inFlight.full()).isEmpty();

        inFlight.received(1, 0, "c");
        assertThat(inFlight.next()).isEmpty();
        inFlight.received(1, 1, "d");
        assertThat(inFlight.full()).as("every partition is held back").containsExactlyInAnyOrder(0, 1);
        assertThat(inFlight.running()).isEqualTo(2);

        inFlight.finished(0, 1);
        assertThat(inFlight.next()).contains("c");
    }

    @Test
    void thePositionNeverPassesAnUnfinishedRecord() {
        var inFlight = new InFlight<String>(false, 10);
        inFlight.received(0, 10, "a");
        inFlight.received(0, 11, "b");
        inFlight.skipped(0, 12);
        inFlight.received(0, 13, "d");
        assertThat(inFlight.committable()).isEqualTo(Map.of(0, 10L));

        inFlight.next();
        inFlight.next();
        inFlight.next();
        inFlight.finished(0, 11);
        inFlight.finished(0, 13);
        assertThat(inFlight.committable()).isEqualTo(Map.of(0, 10L));
        inFlight.finished(0, 10);
        assertThat(inFlight.committable()).isEqualTo(Map.of(0, 14L));
    }

    @Test
    void aRecordThatOnlyWaitsIsNotFinished() {
        var inFlight = new InFlight<String>(true, 10);
        inFlight.received(3, 0, "a");
        inFlight.received(3, 1, "b");
        inFlight.next();
        inFlight.finished(3, 0);
        assertThat(inFlight.committable()).isEqualTo(Map.of(3, 1L));
    }

    @Test
    void skippedRecordsAloneMoveThePosition() {
        var inFlight = new InFlight<String>(true, 10);
        inFlight.skipped(0, 41);
        assertThat(inFlight.committable()).isEqualTo(Map.of(0, 42L));
        assertThat(inFlight.next()).isEmpty();
    }
}
