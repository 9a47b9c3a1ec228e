package dev.gavel.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client of a crowd: how far it has been told.
final class CrowdMember extends SimpleChannelInboundHandler<WebSocketFrame> {

    private final Dialect dialect;
    private final String auction;
    private final Tally tally;
    private final Semaphore opening;
    private final Consumer<String> trouble;
    private @Nullable ChannelHandlerContext context;
    private long position;
    private boolean ready;
    private boolean released;

    CrowdMember(Dialect dialect, String auction, long after, Tally tally, Semaphore opening, Consumer<String> trouble) {
        this.dialect = dialect;
        this.auction = auction;
        this.position = after;
        this.tally = tally;
        this.opening = opening;
        this.trouble = trouble;
    }

    long position() {
        return position;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext here) {
        context = here;
    }

    void close() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            switch (dialect) {
                case GAVEL -> say(here, "{\"type\":\"subscribe\",\"auction\":\"" + auction + "\"}");
                case WS -> ready();
                case SOCKETIO -> {}
            }
        }
    }

    private static void say(ChannelHandlerContext here, String text) {
        here.writeAndFlush(new TextWebSocketFrame(text));
    }

    private void ready() {
        if (!ready) {
            ready = true;
            tally.joined(this);
            release();
        }
    }

    private void release() {
        if (!released) {
            released = true;
            opening.release();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext here, WebSocketFrame frame) {
        if (!(frame instanceof TextWebSocketFrame)) {
            return;
        }
        ByteBuf content = frame.content();
        int length = content.readableBytes();
        byte[] text = tally.room(length);
        content.getBytes(content.readerIndex(), text, 0, length);
        DeltaText deltas = new DeltaText(text, length);
        if (dialect == Dialect.SOCKETIO && length > 0 && text[0] != '4') {
            engine(here, text[0]);
        } else if (dialect == Dialect.SOCKETIO && length > 1 && text[1] == '0') {
            ready();
        } else if (dialect == Dialect.GAVEL && deltas.isSnapshot()) {
            snapshot(deltas.snapshotSequence());
        } else {
            count(deltas, length);
        }
    }

    /// Engine.IO: an open session is to be used, a ping to be answered.
    private static void engine(ChannelHandlerContext here, byte type) {
        switch (type) {
            case '0' -> say(here, "40");
            case '2' -> say(here, "3");
            default -> {}
        }
    }

    private void snapshot(long sequence) {
        if (ready) {
            tally.skipped(sequence - position);
        }
        position = Math.max(position, sequence);
        ready();
    }

    private void count(DeltaText deltas, int length) {
        if (!deltas.next()) {
            return;
        }
        tally.frame(length);
        long now = Tally.now();
        do {
            tally.delivered(deltas, position, now);
            position = Math.max(position, deltas.sequence());
        } while (deltas.next());
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        tally.left(this);
        release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        trouble.accept(cause.toString());
        here.close();
    }
}
