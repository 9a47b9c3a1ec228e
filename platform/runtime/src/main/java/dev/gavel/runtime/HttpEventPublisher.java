package dev.gavel.runtime;

import dev.gavel.events.AnyEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.regex.Pattern;

/// Publishes events to the Brokers beside the one at `K_SINK`, whose last segment is the name of a Broker; see
/// [HttpSink] for its bounds. Where it sends to is made of our own setting and a checked name, so that no event
/// can lead it elsewhere.
final class HttpEventPublisher implements EventPublisher {

    private static final Pattern BROKER = Pattern.compile("[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private final Settings settings;
    private final HttpSink sink;

    HttpEventPublisher(Settings settings) {
        this.settings = settings;
        this.sink = new HttpSink(settings);
    }

    /// @throws IllegalArgumentException when the name cannot be that of a Broker
    @Override
    public void publish(String broker, AnyEvent event) {
        if (!BROKER.matcher(broker).matches()) {
            throw new IllegalArgumentException("no Broker can have the name " + broker);
        }
        CloudEventBuilder copy = CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(URI.create(event.source()))
                .withType(event.type());
        if (event.subject() != null) {
            copy.withSubject(event.subject());
        }
        if (event.time() != null) {
            copy.withTime(event.time());
        }
        if (event.dataContentType() != null) {
            copy.withDataContentType(event.dataContentType());
        }
        if (event.dataSchema() != null) {
            copy.withDataSchema(URI.create(event.dataSchema()));
        }
        if (event.data().length > 0) {
            copy.withData(event.data());
        }
        event.extensions().forEach(copy::withExtension);
        Span.around(
                Span.Kind.PRODUCER,
                "publish " + event.type(),
                () -> sink.send(settings.address("K_SINK").resolve(broker), copy.build()));
    }
}
