package dev.gavel.live;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/// Brings whole frames to their connection.
final class WebSocketFrames extends SimpleChannelInboundHandler<WebSocketFrame> {

    private final WebSocketConnection connection;
    private final NettyServer server;

    WebSocketFrames(WebSocketConnection connection, NettyServer server) {
        this.connection = connection;
        this.server = server;
    }

    /// Counts every frame, fragments and pings included, before anything is kept of it.
    static final class Admission extends ChannelInboundHandlerAdapter {

        private final WebSocketConnection connection;

        Admission(WebSocketConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            if (connection.admit()) {
                context.fireChannelRead(frame);
            } else {
                if (frame instanceof CloseWebSocketFrame) {
                    connection.closed();
                }
                ReferenceCountUtil.release(frame);
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> connection.message(text.text());
            case PingWebSocketFrame ping ->
                context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case PongWebSocketFrame _ -> connection.heard();
            case CloseWebSocketFrame _ -> connection.closed();
            default -> connection.close(1003, "send text");
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            connection.becameWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        server.remove(connection);
        connection.gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case TooLongFrameException _ -> tooLarge();
            case CorruptedWebSocketFrameException corrupt -> {
                if (corrupt.closeStatus().code() == 1009) {
                    tooLarge();
                } else {
                    connection.close(corrupt.closeStatus().code(), "send WebSocket frames as RFC 6455 has them");
                }
            }
            default -> context.close();
        }
    }

    private void tooLarge() {
        connection.live().numbers().closedTooLarge.increment();
        connection.close(
                1009,
                "a message may have " + connection.live().options().limits().message() + " bytes");
    }
}
