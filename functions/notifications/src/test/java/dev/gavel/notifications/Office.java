package dev.gavel.notifications;

import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Unavailable;
import dev.gavel.testkit.MovableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The use cases of this context on stores in memory, a queue in memory and providers that only remember. It can be
/// told to crash before or after any one call of a port.
final class Office implements NoticeQueue, Mail, TextMessages, WebPush {

    static final URI BROWSER = URI.create("https://fcm.googleapis.com/fcm/send/a");

    /// The process died.
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    record Sent(Channel channel, String identity, String text) {}

    final InMemoryStore store = new InMemoryStore();
    final MovableClock clock = MovableClock.at(Post.NOON);
    final List<Fact<NoticeQueued>> messages = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    Supplier<Sending> mood = Sending.Sent::new;
    boolean queueIsDown;

    private final int crashAt;
    private int calls;

    Office() {
        this(0);
    }

    /// @param crashAt which call of a port dies, the odd ones before and the even ones after; 0 is none
    Office(int crashAt) {
        this.crashAt = crashAt;
        store.readers.save(Post.reachable(Post.BUYER, BROWSER));
        store.readers.save(Post.reachable(Post.SELLER, BROWSER));
        store.readers.save(Post.reachable(Post.RIVAL, BROWSER));
    }

    boolean crashed() {
        return crashAt > 0 && calls >= crashAt;
    }

    private <T> T crashing(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    step();
                    try {
                        Object result = method.invoke(real, arguments);
                        step();
                        return result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                }));
    }

    private synchronized void step() {
        if (++calls == crashAt) {
            throw new Crash();
        }
    }

    private Notices notices() {
        return crashing(Notices.class, store.notices);
    }

    private Deliveries deliveries() {
        return crashing(Deliveries.class, store.deliveries);
    }

    private Readers readers() {
        return crashing(Readers.class, store.readers);
    }

    private Dispatch dispatch() {
        return new Dispatch(deliveries(), crashing(NoticeQueue.class, this));
    }

    void tell(Fact<? extends MarketEvent> fact) {
        Post.accepted(new SendNotification(
                        notices(), deliveries(), readers(), crashing(Titles.class, store.titles), dispatch())
                .apply(Post.told(fact, clock.instant())));
    }

    void tell(long sequence, MarketEvent event) {
        tell(Post.fact(sequence, clock.instant(), event));
    }

    /// @return how many it queued
    int tick() {
        return Post.accepted(new QueueNotices(deliveries(), dispatch()).apply(Post.tick(clock.instant())))
                .count();
    }

    void deliver(Fact<NoticeQueued> message) {
        Carriers carriers = new Carriers(
                crashing(Mail.class, this),
                crashing(TextMessages.class, this),
                crashing(WebPush.class, this),
                readers(),
                URI.create("https://gavel.dev"));
        Post.accepted(new DeliverNotification(notices(), deliveries(), readers(), carriers)
                .apply(new Call<>(message, new Caller.Platform(message.source()), clock.instant(), message.id())));
    }

    /// Hands out what is in the queue; what fails stays there.
    void relay() {
        for (Fact<NoticeQueued> message : List.copyOf(messages)) {
            try {
                deliver(message);
                messages.remove(message);
            } catch (Unavailable | Crash _) {
                // It comes again.
            }
        }
    }

    Instant later(Duration time) {
        return clock.advance(time);
    }

    List<Delivery> ways(Notice notice) {
        return store.deliveries.all().stream()
                .filter(way -> way.noticeId().equals(notice.noticeId()))
                .toList();
    }

    Notice only(Kind kind) {
        return store.notices.all().stream()
                .filter(notice -> notice.kind() == kind)
                .reduce((_, _) -> {
                    throw new AssertionError("more than one");
                })
                .orElseThrow();
    }

    @Override
    public synchronized void put(List<Fact<NoticeQueued>> some) {
        if (queueIsDown) {
            throw new Unavailable("the queue is down");
        }
        messages.addAll(some);
    }

    @Override
    public int redrive(int limit) {
        return 0;
    }

    private synchronized Sending taken(Channel channel, String identity, String text) {
        Sending result = mood.get();
        if (result instanceof Sending.Sent) {
            sent.add(new Sent(channel, identity, text));
        }
        return result;
    }

    @Override
    public Sending send(Letter letter) {
        return taken(Channel.EMAIL, letter.id(), letter.text());
    }

    @Override
    public Sending send(PhoneNumber to, String text, String idempotencyKey) {
        return taken(Channel.SMS, idempotencyKey, text);
    }

    @Override
    public Sending send(PushSubscription to, Push push) {
        return taken(Channel.PUSH, push.topic(), push.json());
    }
}
