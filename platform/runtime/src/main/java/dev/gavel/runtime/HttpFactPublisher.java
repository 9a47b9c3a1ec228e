package dev.gavel.runtime;

import dev.gavel.events.Fact;
import dev.gavel.events.JsonStreams;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Publishes facts to the Broker at `K_SINK` as CloudEvents; see [HttpSink] for its bounds.
final class HttpFactPublisher implements FactPublisher {

    private final Settings settings;
    private final HttpSink sink;
    private volatile @Nullable URI broker;

    HttpFactPublisher(Settings settings) {
        this.settings = settings;
        this.sink = new HttpSink(settings);
    }

    @Override
    public void publish(Fact<?> fact) {
        try (Span span = Span.begin(Span.Kind.PRODUCER, "publish " + fact.type())) {
            span.with("cloudevents.event_id", fact.id())
                    .with("cloudevents.event_type", fact.type())
                    .run(() -> sink.send(broker(), event(fact)));
        }
    }

    private static CloudEvent event(Fact<?> fact) {
        return CloudEventBuilder.v1()
                .withId(fact.id())
                .withSource(URI.create(fact.source()))
                .withType(fact.type())
                .withSubject(fact.subject())
                .withTime(fact.time().atOffset(ZoneOffset.UTC))
                .withDataSchema(URI.create(fact.data().schema()))
                .withExtension("partitionkey", fact.subject())
                .withExtension("sequence", Long.toString(fact.sequence()))
                .withExtension("traceparent", Trace.current().traceparent())
                .withData("application/json", JsonStreams.bytes(fact.data()))
                .build();
    }

    private URI broker() {
        URI known = broker;
        if (known == null) {
            known = settings.address("K_SINK");
            broker = known;
        }
        return known;
    }
}
