package dev.gavel.events;

import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A fact with the attributes of its CloudEvent. The id is made of subject and sequence, so that a fact
/// published twice has the same id both times.
///
/// @param source the use case that established it, for example `/functions/place-bid`
/// @param sequence the place of the fact among those of its subject, from 1 without gaps
/// @param time when it happened
public record Fact<E extends MarketEvent>(String source, long sequence, Instant time, E data) {

    /// A fact established by a use case, named by its class: `PlaceBid` becomes `/functions/place-bid`.
    public static <E extends MarketEvent> Fact<E> of(
            Class<? extends UseCase<?, ?>> useCase, long sequence, Instant time, E data) {
        String name = useCase.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
        return new Fact<>("/functions/" + name.toLowerCase(java.util.Locale.ROOT), sequence, time, data);
    }

    public String id() {
        return data.subject() + "-" + sequence;
    }

    public String subject() {
        return data.subject();
    }

    public String type() {
        return data.type();
    }

    /// The whole CloudEvent as JSON, `application/cloudevents+json`, for where there are no headers.
    public String structured() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id());
        event.put("source", source);
        event.put("type", type());
        event.put("subject", subject());
        event.put("partitionkey", subject());
        event.put("time", time);
        event.put("dataschema", data.schema());
        event.put("datacontenttype", "application/json");
        event.put("sequence", Long.toString(sequence));
        event.put("data", data);
        return Json.MAPPER.writeValueAsString(event);
    }
}
