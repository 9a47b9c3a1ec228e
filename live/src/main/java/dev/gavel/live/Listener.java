package dev.gavel.live;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/// The end of the pipe of a client that only listens: what it sends is ignored, when it goes it is forgotten.
final class Listener extends ChannelInboundHandlerAdapter {

    private final EventStream connection;
    private final NettyServer server;

    Listener(EventStream connection, NettyServer server) {
        this.connection = connection;
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object sent) {
        ReferenceCountUtil.release(sent);
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
        context.close();
    }
}
