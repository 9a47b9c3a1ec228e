package dev.gavel.relay;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes messages from the queue, as many as there is room for, and delivers each. A message leaves the queue
/// only after whoever it is for has taken it; everything else lets it come back, so it may come twice.
final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int MOST_AT_ONCE = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final RelayOptions options;
    private final SqsInbox inbox;
    private final HttpSink sink;
    private final Translation translation;
    private final Numbers numbers;
    private final Clock clock;
    private final Semaphore room;
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread poller = Thread.ofVirtual().name("poller").unstarted(this::poll);
    private volatile boolean polled;
    private volatile boolean stopping;

    Relay(RelayOptions options, SqsInbox inbox, HttpSink sink, Translation translation, Numbers numbers, Clock clock) {
        this.options = options;
        this.inbox = inbox;
        this.sink = sink;
        this.translation = translation;
        this.numbers = numbers;
        this.clock = clock;
        this.room = new Semaphore(options.inFlight());
    }

    void start() {
        poller.start();
    }

    /// Whether it still looks for messages.
    boolean alive() {
        return poller.isAlive();
    }

    /// Whether the queue answered when it was asked last.
    boolean ready() {
        return polled && !stopping;
    }

    /// Takes no more messages and lets the deliveries under way finish; one that does not in time comes back
    /// to the queue by itself. So does a message that was on its way here.
    void drain() throws InterruptedException {
        stopping = true;
        poller.interrupt();
        poller.join();
        deliveries.shutdown();
        if (!deliveries.awaitTermination(options.drain().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{} deliveries did not finish; their messages will come again", numbers.inFlight.sum());
            deliveries.shutdownNow();
        }
    }

    private void poll() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            int wanted = 0;
            try {
                room.acquire();
                wanted = 1;
                while (wanted < MOST_AT_ONCE && room.tryAcquire()) {
                    wanted++;
                }
                List<SqsInbox.Received> messages = inbox.receive(wanted);
                polled = true;
                pause = FIRST_PAUSE;
                for (SqsInbox.Received message : messages) {
                    wanted--;
                    numbers.age(Duration.between(message.sentAt(), clock.instant()));
                    deliveries.execute(() -> handle(message));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException trouble) {
                if (stopping) {
                    return;
                }
                polled = false;
                numbers.failedPolls.increment();
                LOG.warn(
                        "The queue {} cannot be read, the next try is in {} ms: {}",
                        options.queue(),
                        pause.toMillis(),
                        trouble.getMessage());
                pause = pause(pause);
            } finally {
                room.release(wanted);
            }
        }
    }

    private static Duration pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    private void handle(SqsInbox.Received message) {
        numbers.inFlight.increment();
        try {
            switch (deliver(message)) {
                case Verdict.Done() -> {
                    inbox.delete(message);
                    numbers.delivered.increment();
                }
                case Verdict.Later(String reason) -> delay(message, reason);
                case Verdict.Never refusal -> bury(message, refusal);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException trouble) {
            // Whatever it is, the message was not taken out of the queue and comes again.
            LOG.warn("Message {} of {} was left in the queue: {}", message.id(), options.queue(), trouble.toString());
        } finally {
            numbers.inFlight.decrement();
            room.release();
        }
    }

    /// Whatever a message tells is delivered as often as any of it has to be.
    private Verdict deliver(SqsInbox.Received message) throws InterruptedException {
        try {
            for (byte[] event : translation.events(message.body())) {
                Verdict verdict = sink.deliver(event);
                if (!(verdict instanceof Verdict.Done)) {
                    return verdict;
                }
            }
            return new Verdict.Done();
        } catch (Translation.Untranslatable nonsense) {
            return new Verdict.Never(400, String.valueOf(nonsense.getMessage()));
        }
    }

    private void delay(SqsInbox.Received message, String reason) {
        int seconds = options.waitSeconds(message.times());
        numbers.delayed.increment();
        LOG.info("Message {} waits {} s after delivery {}: {}", message.id(), seconds, message.times(), reason);
        inbox.delay(message, seconds);
    }

    private void bury(SqsInbox.Received message, Verdict.Never refusal) {
        if (inbox.bury(message, refusal)) {
            numbers.buried.increment();
            LOG.warn("Message {} is a dead letter: status {}", message.id(), refusal.status());
        } else {
            delay(message, "status " + refusal.status() + ", and there is no queue for dead letters");
        }
    }
}
