package dev.gavel.live;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Unavailable;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client. Only its event loop touches it; what takes longer comes back to the event loop.
abstract class Connection {

    private static final int ATTEMPTS = 3;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Channel channel;
    private final Encoding encoding;
    private final Live live;
    private final Map<AuctionId, Seat> seats = new HashMap<>();
    private final int slot = System.identityHashCode(this) & 0xFFFF;
    /// Bytes that are ready for the wire need no encoder on their way.
    private @Nullable ChannelHandlerContext wire;
    private boolean closing;
    private long behindSince;
    private long heard = System.nanoTime();

    Connection(Channel channel, Encoding encoding, Live live) {
        this.channel = channel;
        this.encoding = encoding;
        this.live = live;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    Channel channel() {
        return channel;
    }

    Live live() {
        return live;
    }

    boolean writable() {
        return channel.isWritable();
    }

    int subscriptions() {
        return seats.size();
    }

    boolean watches(AuctionId id) {
        return seats.containsKey(id);
    }

    void send(Message message) {
        send(List.of(message));
    }

    /// Messages for this connection alone.
    void send(List<Message> messages) {
        if (!messages.isEmpty() && !closing && channel.isActive()) {
            live.numbers().sent.increment();
            channel.writeAndFlush(encoding.encode(messages, channel.alloc()), channel.voidPromise());
        }
    }

    /// A frame that many get.
    void send(Frame frame) {
        ChannelHandlerContext way = wire;
        if (way == null) {
            way = channel.pipeline().firstContext();
            wire = way;
        }
        if (way != null) {
            live.numbers().sent.increment();
            way.writeAndFlush(frame.bytes(encoding), channel.voidPromise());
        }
    }

    void welcome() {
        send(Message.of(
                "welcome",
                "serverTime",
                live.now().toString(),
                "heartbeatSeconds",
                live.options().limits().heartbeat().toSeconds()));
    }

    void sendHeartbeat() {
        send(Message.of("heartbeat", "serverTime", live.now().toString()));
    }

    /// Something from the client arrived.
    void heard() {
        heard = System.nanoTime();
    }

    void fellBehind() {
        live.numbers().conflated.increment();
        if (behindSince == 0) {
            behindSince = System.nanoTime();
        }
    }

    /// The socket takes more again.
    void becameWritable() {
        behindSince = 0;
        for (Seat seat : List.copyOf(seats.values())) {
            seat.resume();
            if (!channel.isWritable()) {
                behindSince = System.nanoTime();
                return;
            }
        }
    }

    /// Comes about once a second.
    void look(long tick) {
        long now = System.nanoTime();
        LiveOptions.Limits limits = live.options().limits();
        if (behindSince != 0 && now - behindSince > limits.slow().toNanos()) {
            live.numbers().closedSlow.increment();
            close(1013, "you read too slowly: connect again and resume");
        } else if (now - heard > limits.silence().toNanos() && listens()) {
            live.numbers().closedSilent.increment();
            close(4408, "nothing was heard from you: answer pings");
        } else if (tick % limits.heartbeat().toSeconds()
                == slot % limits.heartbeat().toSeconds()) {
            beat();
        }
    }

    /// Whether the client can say something at all.
    abstract boolean listens();

    abstract void beat();

    boolean closing() {
        return closing;
    }

    /// Leaves everything, says why, and ends.
    final void close(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        gone();
        sayGoodbye(code, reason);
        // Whoever does not read does not get the reason either.
        ScheduledFuture<?> end = loop().schedule(() -> channel.close(), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> end.cancel(false));
    }

    abstract void sayGoodbye(int code, String reason);

    /// Watches an auction from now on.
    ///
    /// @param lastSeq what the client knows; negative when nothing
    void subscribe(AuctionId id, long lastSeq) {
        subscribe(id, lastSeq, 1);
    }

    private void subscribe(AuctionId id, long lastSeq, int attempt) {
        unsubscribe(id);
        Optional<Rooms.Entry> entered = live.rooms().enter(id);
        if (entered.isEmpty()) {
            send(Message.of("error", "code", "busy", "auction", id.value(), "detail", "Try again in a minute."));
            return;
        }
        Seat seat = new Seat(entered.get().room(), this);
        if (!seat.room().sit(seat)) {
            again(id, lastSeq, attempt, null);
            return;
        }
        seats.put(id, seat);
        live.numbers().seats.increment();
        CompletableFuture<Boolean> ready = live.rooms().ready(entered.get(), lastSeq);
        if (ready.isDone() && !ready.isCompletedExceptionally()) {
            settle(seat, lastSeq, ready.join());
            return;
        }
        ready.whenComplete((known, trouble) -> loop().execute(() -> {
            if (seats.get(id) == seat) {
                if (known != null) {
                    settle(seat, lastSeq, known);
                } else {
                    again(id, lastSeq, attempt, trouble);
                }
            }
        }));
    }

    private void again(AuctionId id, long lastSeq, int attempt, @Nullable Throwable trouble) {
        if (attempt < ATTEMPTS) {
            loop().execute(() -> subscribe(id, lastSeq, attempt + 1));
        } else {
            unsubscribe(id);
            send(unavailable(id, trouble));
        }
    }

    private static Message unavailable(AuctionId id, @Nullable Throwable trouble) {
        String detail = trouble instanceof Unavailable ? "Try again in a moment." : "Try again later.";
        return Message.of("error", "code", "unavailable", "auction", id.value(), "detail", detail);
    }

    private void settle(Seat seat, long lastSeq, boolean known) {
        Room room = seat.room();
        if (!known) {
            unsubscribe(room.id());
            send(Message.of(
                    "error",
                    "code",
                    "auction-unknown",
                    "auction",
                    room.id().value(),
                    "detail",
                    "There is no such auction."));
            unknownAuction();
            return;
        }
        Room.News news = lastSeq < 0 ? room.snapshot() : room.newsAfter(lastSeq, Room.MOST_RECENT);
        List<Message> first = new ArrayList<>(news.messages());
        if (lastSeq >= 0) {
            first.add(Message.at(
                    news.sequence(),
                    "resumed",
                    "auction",
                    room.id().value(),
                    "sequence",
                    news.sequence(),
                    "serverTime",
                    live.now().toString()));
        }
        first.add(Message.of("viewers", "auction", room.id().value(), "count", live.viewers(room)));
        seat.seat(first, news.sequence());
    }

    /// Somebody asked for an auction that is not there.
    void unknownAuction() {}

    void unsubscribe(AuctionId id) {
        Seat seat = seats.remove(id);
        if (seat != null) {
            seat.room().leave(seat);
            live.numbers().seats.decrement();
        }
    }

    /// Nothing is sent to the client any more.
    void gone() {
        List.copyOf(seats.keySet()).forEach(this::unsubscribe);
    }
}
