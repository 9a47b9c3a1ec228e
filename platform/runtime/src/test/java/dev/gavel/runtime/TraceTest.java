package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String ID = "0af7651916cd43dd8448eb211c80319c";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + ID + "-b7ad6b7169203331-01",
                "01-" + ID + "-b7ad6b7169203331-00",
                "cc-" + ID + "-b7ad6b7169203331-01-what-comes-later"
            })
    void aValidParentIsContinued(String parent) {
        assertThat(Trace.read(parent, Tracer.OFF))
                .isNotNull()
                .extracting(Trace::traceId, Trace::spanId)
                .containsExactly(ID, "b7ad6b7169203331");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-" + ID + "-0000000000000000-01",
                "ff-" + ID + "-b7ad6b7169203331-01",
                "00-" + ID + "-b7ad6b7169203331-01-more",
                "00-" + ID + "-b7ad6b7169203331-0g",
                "00_" + ID + "-b7ad6b7169203331-01"
            })
    void anInvalidParentIsIgnored(String parent) {
        assertThat(Trace.read(parent, Tracer.OFF)).isNull();
    }

    @Test
    void theCurrentTraceIsThatOfTheWork() {
        Trace trace = Trace.start(Tracer.OFF);
        trace.run(() -> assertThat(Trace.current()).isEqualTo(trace));
        assertThat(Trace.current()).isNotEqualTo(trace);
    }
}
