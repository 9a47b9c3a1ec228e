package dev.gavel.live;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.List;

/// A client that only listens, to one auction, by server-sent events.
final class EventStream extends Connection {

    EventStream(Channel channel, Live live) {
        super(channel, Encoding.EVENT_STREAM, live);
    }

    @Override
    boolean listens() {
        return false;
    }

    @Override
    void beat() {
        if (!closing() && writable()) {
            sendHeartbeat();
        }
    }

    @Override
    void unknownAuction() {
        close(1008, "there is no such auction");
    }

    @Override
    void sayGoodbye(int code, String reason) {
        Message last = Message.of("closing", "code", code, "detail", reason);
        channel()
                .writeAndFlush(
                        Encoding.EVENT_STREAM.encode(List.of(last), channel().alloc()))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
