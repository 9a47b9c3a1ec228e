package dev.gavel.events;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A CloudEvent as it came, for those who take events they do not understand. Where a {@link Fact} is what
/// happened, this is only what was sent: nothing in it was checked beyond being a CloudEvent of bounded size.
///
/// @param time when it says it happened, in the offset it said so
/// @param data the bytes of its data, none when it has no data
/// @param extensions every further attribute, by its name in lower case
public record AnyEvent(
        String id,
        String source,
        String type,
        @Nullable String subject,
        @Nullable OffsetDateTime time,
        @Nullable String dataContentType,
        @Nullable String dataSchema,
        byte[] data,
        Map<String, String> extensions) {

    public AnyEvent {
        extensions = Map.copyOf(extensions);
    }

    /// The same event with other further attributes.
    public AnyEvent withExtensions(Map<String, String> others) {
        return new AnyEvent(id, source, type, subject, time, dataContentType, dataSchema, data, others);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AnyEvent that
                && id.equals(that.id)
                && source.equals(that.source)
                && type.equals(that.type)
                && Objects.equals(subject, that.subject)
                && Objects.equals(time, that.time)
                && Objects.equals(dataContentType, that.dataContentType)
                && Objects.equals(dataSchema, that.dataSchema)
                && Arrays.equals(data, that.data)
                && extensions.equals(that.extensions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, source, type);
    }

    /// Without the data, which may be large and personal.
    @Override
    public String toString() {
        return "event " + id + " of " + source;
    }
}
