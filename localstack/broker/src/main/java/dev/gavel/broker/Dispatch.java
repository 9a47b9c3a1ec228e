package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one event of a Trigger to its end: accepted by the subscriber, or by the dead letter sink, or dropped.
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final Trigger trigger;
    private final Courier courier;
    private final Publisher publisher;
    private final Function<Destination, URI> addresses;
    private final TriggerCounters counters;
    private final CountDownLatch stopping;

    Dispatch(
            Trigger trigger,
            Courier courier,
            Publisher publisher,
            Function<Destination, URI> addresses,
            TriggerCounters counters,
            CountDownLatch stopping) {
        this.trigger = trigger;
        this.courier = courier;
        this.publisher = publisher;
        this.addresses = addresses;
        this.counters = counters;
        this.stopping = stopping;
    }

    /// Returns when the event needs nothing more.
    ///
    /// @throws InterruptedException when the plane stops first: the event is then not finished and comes again
    void bring(CloudEvent event) throws InterruptedException {
        var failure = send(trigger.subscriber(), event);
        if (failure.isEmpty()) {
            counters.delivered.increment();
            return;
        }
        var sink = trigger.delivery().deadLetterSink();
        if (sink.isEmpty()) {
            drop(event, "its subscriber " + failure.get().summary() + " and it has no dead letter sink");
            return;
        }
        var letter = DeadLetter.of(event, trigger.subscriber().clusterUri(), failure.get());
        var sinkFailure = send(sink.get(), letter);
        if (sinkFailure.isEmpty()) {
            counters.deadLettered.increment();
        } else {
            drop(event, "its dead letter sink " + sinkFailure.get().summary());
        }
    }

    /// Empty when it was accepted, otherwise the last answer.
    private Optional<Answer> send(Destination destination, CloudEvent event) throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var answer = courier.post(
                    () -> addresses.apply(destination),
                    event,
                    Map.of("Prefer", "reply", "Kn-Namespace", trigger.namespace()),
                    trigger.delivery().timeout());
            if (answer instanceof Answer.Response response && response.successful()) {
                return reply(response);
            }
            if (!answer.retryable() || attempt > trigger.delivery().retry()) {
                return Optional.of(answer);
            }
            LOG.debug(
                    "{} {}, retry {} of event {}", destination.clusterUri(), answer.summary(), attempt, event.getId());
            counters.retried.increment();
            var wait = trigger.delivery().backoff(attempt);
            if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the plane stops");
            }
        }
    }

    /// A success may carry an event, with or without data; anything else but an empty body is a failure.
    private Optional<Answer> reply(Answer.Response response) throws InterruptedException {
        var event = HttpEvents.read(response.headers(), response.body());
        if (event.isEmpty()) {
            // The real data plane tells the dead letter nothing of such a response, neither status nor body.
            return response.body().length == 0
                    ? Optional.empty()
                    : Optional.of(new Answer.Silence("answered " + response.status() + " with what is no CloudEvent"));
        }
        try {
            publisher.publish(trigger.broker(), event.get());
            counters.replied.increment();
            return Optional.empty();
        } catch (NotStored e) {
            return Optional.of(new Answer.Silence("replied, but " + e.getMessage()));
        }
    }

    private void drop(CloudEvent event, String reason) {
        counters.dropped.increment();
        LOG.warn(
                "Trigger {}/{} drops event {} of {}: {}",
                trigger.namespace(),
                trigger.name(),
                event.getId(),
                event.getSource(),
                reason);
    }
}
