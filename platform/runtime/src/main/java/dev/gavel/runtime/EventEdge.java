package dev.gavel.runtime;

import dev.gavel.events.EventCatalog;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.MarketEvent;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/// Where CloudEvents come in: facts through the inbox, ticks and events as they are directly. Whatever a use case
/// makes of an event the broker hears 202 with an empty body; only trouble is worth another delivery.
final class EventEdge {

    static final String TICK = "dev.knative.sources.ping";

    // Id and source become keys of the inbox.
    private static final int LONGEST_KEY = 400;

    /// A use case that events trigger; a tick has no reader, and neither has an event taken as it is.
    private record Trigger(
            String useCase, Calls calls, @Nullable ObjectReader data) {}

    private final Map<String, Trigger> triggers = new HashMap<>();
    private @Nullable Trigger rest;
    private final Supplier<Inbox> inbox;
    private final Supplier<ReceiptTime> receiptTime;
    private final Clock clock;
    private final Duration lease;
    private final Meters meters;
    private final Log log;

    EventEdge(
            Supplier<Inbox> inbox,
            Supplier<ReceiptTime> receiptTime,
            Clock clock,
            Duration lease,
            Meters meters,
            Log log) {
        this.inbox = inbox;
        this.receiptTime = receiptTime;
        this.clock = clock;
        this.lease = lease;
        this.meters = meters;
        this.log = log;
    }

    /// Lets a use case's events in.
    ///
    /// @throws CannotStart when another selected use case takes one of them already
    void add(Catalogue.Entry entry, Calls calls) {
        for (Class<? extends MarketEvent> event : entry.events()) {
            add(EventCatalog.type(event), new Trigger(entry.service(), calls, Json.MAPPER.readerFor(event)));
        }
        if (entry.tick()) {
            add(TICK, new Trigger(entry.service(), calls, null));
        }
        if (entry.anyEvent()) {
            Trigger other = rest;
            if (other != null) {
                throw new CannotStart("Both " + other.useCase() + " and " + entry.service()
                        + " take events of any type: select one of them.");
            }
            rest = new Trigger(entry.service(), calls, null);
        }
    }

    private void add(String type, Trigger trigger) {
        Trigger other = triggers.putIfAbsent(type, trigger);
        if (other != null) {
            throw new CannotStart("Both " + other.useCase() + " and " + trigger.useCase() + " take events of type "
                    + type + ": select one of them.");
        }
    }

    Answer answer(Exchange exchange, byte[] body) {
        CloudEvent event = CloudEvents.read(exchange.headers(), body);
        exchange.span()
                .named("process " + event.getType())
                .with("cloudevents.event_id", event.getId())
                .with("cloudevents.event_type", event.getType())
                .with("cloudevents.event_source", event.getSource().toString());
        Trigger trigger = triggers.get(event.getType());
        if (trigger != null) {
            exchange.useCase(trigger.useCase());
            return trigger.data() == null
                    ? call(exchange, trigger, event, new Tick())
                    : fact(exchange, trigger, trigger.data(), event);
        }
        Trigger any = rest;
        if (any != null) {
            exchange.useCase(any.useCase());
            return call(exchange, any, event, CloudEvents.any(event));
        }
        Set<String> known = new TreeSet<>(triggers.keySet());
        throw refused(
                "unknown-event",
                "No event of type " + event.getType() + " is taken here, only: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)) + ".");
    }

    private Answer fact(Exchange exchange, Trigger trigger, ObjectReader data, CloudEvent event) {
        if (event.getId().length() > LONGEST_KEY || event.getSource().toString().length() > LONGEST_KEY) {
            throw refused(
                    "not-a-cloudevent", "The id and the source of a fact have at most " + LONGEST_KEY + " characters.");
        }
        Fact<MarketEvent> fact = fact(data, event);
        Inbox seen = inbox.get();
        String source = fact.source();
        return switch (seen.claim(trigger.useCase(), source, event.getId(), clock.instant(), lease)) {
            case HANDLED -> {
                meters.count(Meters.Event.EVENT_SEEN);
                yield Answer.empty(202, Meters.Result.REPEATED);
            }
            case RUNNING -> {
                meters.count(Meters.Event.EVENT_RUNNING);
                yield Problem.of(
                        409,
                        "event-still-running",
                        "Another delivery of this event is in work: deliver it again later.",
                        Meters.Result.CONFLICT);
            }
            case CLAIMED -> {
                meters.count(Meters.Event.EVENT_CLAIMED);
                Answer answer;
                try {
                    answer = call(exchange, trigger, event, fact);
                } catch (Throwable trouble) {
                    quietly("release", () -> seen.release(trigger.useCase(), source, event.getId()));
                    throw trouble;
                }
                quietly("keep", () -> seen.handled(trigger.useCase(), source, event.getId()));
                yield answer;
            }
        };
    }

    private void quietly(String what, Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            log.line(Level.WARNING, "cannot " + what + " the claim on an event", e);
        }
    }

    private Answer call(Exchange exchange, Trigger trigger, CloudEvent event, Object command) {
        String source = event.getSource().toString();
        Call<Object> call = new Call<>(
                command,
                new Caller.Platform(source),
                receiptTime.get().receivedAt(new HeaderView(exchange.headers())),
                source + " " + event.getId());
        Outcome<?> outcome = trigger.calls().call(call);
        return Answer.empty(
                202, outcome instanceof Outcome.Rejected<?> ? Meters.Result.REJECTED : Meters.Result.ACCEPTED);
    }

    private static Fact<MarketEvent> fact(ObjectReader reader, CloudEvent event) {
        URI source = event.getSource();
        OffsetDateTime time = event.getTime();
        if (time == null) {
            throw refused("incomplete-event", "The event has no `time`.");
        }
        MarketEvent data = data(reader, event);
        if (!data.subject().equals(event.getSubject())) {
            throw refused(
                    "subject-mismatch", "The `subject` of the event must be " + data.subject() + ", as its data says.");
        }
        return new Fact<>(source.toString(), sequence(event), time.toInstant(), data);
    }

    private static MarketEvent data(ObjectReader reader, CloudEvent event) {
        String contentType = event.getDataContentType();
        if (event.getData() == null || contentType != null && !contentType.startsWith(Answer.JSON)) {
            throw refused("undecodable-event", "The event must carry data of type application/json.");
        }
        MarketEvent data;
        try {
            data = reader.readValue(event.getData().toBytes());
        } catch (JacksonException e) {
            Problem.Member wrong = DecodeProblems.member("", e);
            throw refused(
                    "undecodable-event",
                    "The data of the event cannot be read: "
                            + (wrong.member().isEmpty()
                                    ? DecodeProblems.where(e)
                                    : wrong.member() + " " + wrong.problem()));
        }
        List<String> missing = data == null ? List.of("everything") : RequiredMembers.missing("", data);
        if (data == null || !missing.isEmpty()) {
            throw refused("undecodable-event", "The data of the event lacks: " + String.join(", ", missing) + ".");
        }
        return data;
    }

    private static long sequence(CloudEvent event) {
        Object sequence = event.getExtension("sequence");
        try {
            return Long.parseLong(String.valueOf(sequence));
        } catch (NumberFormatException e) {
            throw refused("incomplete-event", "The event needs a `sequence` that is a whole number.");
        }
    }

    static Refused refused(String type, String detail) {
        return new Refused(Problem.of(400, type, detail, Meters.Result.INVALID));
    }
}
