package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TracerTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final List<Span.Ended> taken = new CopyOnWriteArrayList<>();

    @Test
    void spansLeaveWithTheirParentsLinksAndFailures() {
        try (Tracer tracer = new Tracer(keeping(), 1)) {
            Span outer = tracer.begin(Span.Kind.SERVER, "POST", PARENT);
            outer.run(() -> {
                try (Span inner = Span.begin(Span.Kind.CLIENT, "DynamoDb.Query")) {
                    inner.with("rpc.method", "Query")
                            .linked(Trace.start(tracer))
                            .failed("Timeout");
                }
            });
            outer.close();
            await().until(() -> taken.size() == 2);
        }
        Span.Ended inner = taken.getFirst();
        Span.Ended outer = taken.getLast();
        assertThat(outer.parent()).isEqualTo("b7ad6b7169203331");
        assertThat(outer.trace().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(inner.parent()).isEqualTo(outer.trace().spanId());
        assertThat(inner.trace().traceId()).isEqualTo(outer.trace().traceId());
        assertThat(inner.attributes()).containsEntry("rpc.method", "Query");
        assertThat(inner.failure()).isEqualTo("Timeout");
        assertThat(inner.links()).hasSize(1);
        assertThat(inner.ended()).isBetween(inner.begun(), outer.ended());
    }

    @Test
    void nothingIsSentBeforeAPieceOfWorkFromOutsideIsOver() {
        CountDownLatch asked = new CountDownLatch(1);
        try (Tracer tracer = new Tracer(spans -> asked.countDown(), 1)) {
            Span outer = tracer.begin(Span.Kind.SERVER, "POST", null);
            outer.run(() -> Span.around(Span.Kind.CLIENT, "DynamoDb.Query", () -> {}));
            assertThat(tracer.sending()).isFalse();
            outer.close();
            assertThat(tracer.sending()).isTrue();
        }
        assertThat(asked.getCount()).isZero();
    }

    @Test
    void whatTheQueueHasNoRoomForIsDroppedAndCounted() {
        try (Tracer tracer = new Tracer(keeping(), 1)) {
            for (int i = 0; i < 5_000; i++) {
                Span.within(Trace.start(tracer), Span.Kind.CLIENT, "call").close();
            }
            assertThat(count(tracer, "dropped")).isEqualTo(5_000 - 4_096);
        }
    }

    @Test
    void aCollectorThatIsAwayIsCountedAndDisturbsNobody() {
        Tracer tracer = new Tracer(
                _ -> {
                    throw new IOException("connection refused");
                },
                1);
        tracer.begin(Span.Kind.SERVER, "POST", null).close();
        tracer.close();
        assertThat(count(tracer, "failed")).isEqualTo(1);
        assertThat(count(tracer, "sent")).isZero();
    }

    @Test
    void whoBeganATraceDecidesWhetherItIsRecorded() {
        try (Tracer tracer = new Tracer(keeping(), 0)) {
            tracer.begin(Span.Kind.SERVER, "ours", null).close();
            tracer.begin(Span.Kind.SERVER, "unwanted", PARENT.replaceFirst("-01$", "-00"))
                    .close();
            tracer.begin(Span.Kind.SERVER, "wanted", PARENT).close();
        }
        assertThat(taken).extracting(Span.Ended::name).containsExactly("wanted");
    }

    @Test
    void withoutACollectorNothingIsRecordedAndTheTraceGoesOn() {
        Tracer tracer = Tracer.of(Settings.of(Map.of()), "place-bid");
        try (Span span = tracer.begin(Span.Kind.SERVER, "POST", PARENT)) {
            assertThat(span.trace().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            span.run(() ->
                    assertThat(Span.begin(Span.Kind.CLIENT, "call").trace()).isEqualTo(span.trace()));
        }
        assertThat(tracer.on()).isFalse();
        assertThat(tracer.sending()).isFalse();
    }

    @Test
    void aShareThatIsNoneIsRefusedInASentence() {
        assertThatThrownBy(() -> Tracer.of(Settings.of(Map.of("OTEL_TRACES_SAMPLER_ARG", "2")), "place-bid"))
                .isInstanceOf(CannotStart.class)
                .hasMessage("The setting OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1 such as 1.0, but it is"
                        + " \"2\".");
    }

    private static long count(Tracer tracer, String result) {
        return Objects.requireNonNull(tracer.counts().get(result), result).sum();
    }

    private Spans keeping() {
        return taken::addAll;
    }
}
