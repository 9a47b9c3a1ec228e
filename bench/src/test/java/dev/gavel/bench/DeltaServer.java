package dev.gavel.bench;

import dev.gavel.events.AuctionDelta;
import dev.gavel.events.Json;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A small server in one of the dialects, which tells each client just what the test says.
final class DeltaServer implements AutoCloseable {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Dialect dialect;
    private final BidStream stream;
    private final Channel listening;
    final List<Channel> clients = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();

    DeltaServer(Dialect dialect, BidStream stream) {
        this.dialect = dialect;
        this.stream = stream;
        this.listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(1024))
                                .addLast(new WebSocketServerProtocolHandler("/", true))
                                .addLast(new Client());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort());
    }

    /// The next delta as it is on the wire of a peer.
    String next() {
        return new String(Json.MAPPER.writeValueAsBytes(AuctionDelta.of(stream.next())), StandardCharsets.UTF_8);
    }

    void tell(Channel client, String... deltas) {
        switch (dialect) {
            case GAVEL -> write(client, "[" + String.join(",", deltas) + "]");
            case WS -> List.of(deltas).forEach(delta -> write(client, delta));
            case SOCKETIO -> List.of(deltas).forEach(delta -> write(client, "42[\"delta\"," + delta + "]"));
        }
    }

    void tellAll(String... deltas) {
        clients.forEach(client -> tell(client, deltas));
    }

    static void write(Channel client, String text) {
        client.writeAndFlush(new TextWebSocketFrame(text));
    }

    private final class Client extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete) {
                clients.add(context.channel());
                if (dialect == Dialect.SOCKETIO) {
                    write(context.channel(), "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000}");
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            heard.add(frame.text());
            if (frame.text().contains("\"subscribe\"")) {
                write(
                        context.channel(),
                        "[{\"type\":\"snapshot\",\"sequence\":" + stream.sequence() + ",\"state\":{}}]");
            } else if (frame.text().equals("40")) {
                write(context.channel(), "40{\"sid\":\"y\"}");
            }
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
