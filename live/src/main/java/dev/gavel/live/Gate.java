package dev.gavel.live;

import dev.gavel.kernel.AuctionId;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers plain requests and lets clients in: `GET /v1/live` as a WebSocket, `GET /v1/live/auctions/{auctionId}` as
/// server-sent events, and the probes and numbers of the platform.
final class Gate extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String LIVE = "/v1/live";
    private static final String STREAM = "/v1/live/auctions/";

    private final Live live;
    private final NettyServer server;

    Gate(Live live, NettyServer server) {
        this.live = live;
        this.server = server;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder target = new QueryStringDecoder(request.uri());
        String path = target.path();
        if (request.decoderResult().isFailure()) {
            refuse(context, request, 400, "malformed", "Send an HTTP/1.1 request.");
        } else if (!request.method().equals(HttpMethod.GET)) {
            refuse(context, request, 405, "method", "Use GET.");
        } else if (path.equals("/healthz/live")) {
            answer(context, request, 200, "text/plain", "ok\n");
        } else if (path.equals("/healthz/ready")) {
            boolean ready = !server.draining();
            answer(context, request, ready ? 200 : 503, "text/plain", ready ? "ok\n" : "draining\n");
        } else if (path.equals("/metrics")) {
            answer(
                    context,
                    request,
                    200,
                    "text/plain; version=0.0.4",
                    live.numbers().page());
        } else if (path.equals(LIVE) || path.startsWith(STREAM)) {
            admit(context, request, target);
        } else {
            refuse(context, request, 404, "path-unknown", "Connect to " + LIVE + ".");
        }
    }

    private void admit(ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder target) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin != null && !welcome(origin, request)) {
            live.numbers().refusedOrigin.increment();
            refuse(context, request, 403, "origin-refused", "This page may not connect.");
            return;
        }
        if (server.draining()
                || live.numbers().connections.sum() >= live.options().limits().connections()) {
            refuse(context, request, 503, "full", "Connect again in a moment.");
            return;
        }
        String address = address(context.channel(), request);
        if (!live.addresses().enter(address)) {
            live.numbers().refusedAddress.increment();
            refuse(context, request, 429, "too-many-connections", "Use the connections you have, or wait.");
            return;
        }
        context.channel().closeFuture().addListener(_ -> live.addresses().leave(address));
        if (target.path().equals(LIVE)) {
            upgrade(context, request);
        } else {
            stream(context, request, target, origin);
        }
    }

    /// Pages of the marketplace, and whatever names this server itself as its origin, as proxies do for programs.
    private boolean welcome(String origin, FullHttpRequest request) {
        return live.options().origins().contains(origin)
                || origin.equals("http://" + request.headers().get(HttpHeaderNames.HOST));
    }

    /// The client's own address: the last hop a proxy of ours has seen, or the peer itself.
    private String address(Channel channel, FullHttpRequest request) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress internet)) {
            return String.valueOf(channel.remoteAddress());
        }
        String peer = internet.getAddress().getHostAddress();
        List<String> forwarded = request.headers().getAll("x-forwarded-for");
        if (forwarded.isEmpty() || !live.options().proxies().hold(internet.getAddress())) {
            return peer;
        }
        String[] hops = forwarded.getLast().split(",");
        String last = hops[hops.length - 1].strip();
        return last.isEmpty() || last.length() > 64 ? peer : last;
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        int most = live.options().limits().message();
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(most)
                .allowExtensions(false)
                .expectMaskedFrames(true)
                .closeOnProtocolViolation(false)
                .build();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(LIVE, null, config).newHandshaker(request);
        if (handshaker == null || !request.headers().containsValue("upgrade", "websocket", true)) {
            refuse(context, request, 426, "upgrade-required", "Connect as a WebSocket, version 13.");
            return;
        }
        Channel channel = context.channel();
        try {
            handshaker.handshake(channel, request).addListener(shaken -> {
                if (!shaken.isSuccess()) {
                    channel.close();
                }
            });
        } catch (RuntimeException e) {
            refuse(context, request, 400, "handshake", "Connect as a WebSocket, version 13.");
            return;
        }
        WebSocketConnection connection = new WebSocketConnection(channel, live);
        channel.pipeline().remove("timeout");
        if (channel.pipeline().get("whole") != null) {
            channel.pipeline().remove("whole");
        }
        channel.pipeline()
                .addLast("admission", new WebSocketFrames.Admission(connection))
                .addLast("utf8", new Utf8FrameValidator(false))
                .addLast("aggregator", new WebSocketFrameAggregator(most))
                .addLast("connection", new WebSocketFrames(connection, server));
        channel.pipeline().remove(this);
        server.add(connection);
        connection.welcome();
    }

    private void stream(
            ChannelHandlerContext context,
            FullHttpRequest request,
            QueryStringDecoder target,
            @Nullable String origin) {
        AuctionId id;
        long lastSeq;
        try {
            lastSeq = lastSeq(request, target);
        } catch (NumberFormatException e) {
            refuse(context, request, 400, "malformed", "Send the last sequence you know, or leave it out.");
            return;
        }
        try {
            id = new AuctionId(target.path().substring(STREAM.length()));
        } catch (IllegalArgumentException e) {
            refuse(context, request, 404, "auction-unknown", "There is no such auction.");
            return;
        }
        Channel channel = context.channel();
        EventStream connection = new EventStream(channel, live);
        channel.pipeline().remove("timeout");
        channel.pipeline().remove("whole");
        channel.pipeline().addLast("connection", new Listener(connection, server));
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n")
                .append("cache-control: no-store\r\nx-accel-buffering: no\r\nconnection: close\r\n");
        if (origin != null) {
            head.append("access-control-allow-origin: ").append(origin).append("\r\nvary: origin\r\n");
        }
        channel.pipeline().remove("http");
        channel.write(Unpooled.copiedBuffer(head.append("\r\n"), StandardCharsets.US_ASCII));
        channel.pipeline().remove(this);
        server.add(connection);
        connection.welcome();
        connection.subscribe(id, lastSeq);
    }

    private static long lastSeq(FullHttpRequest request, QueryStringDecoder target) {
        String sent = request.headers().get("last-event-id");
        if (sent == null) {
            sent = target.parameters().getOrDefault("lastSeq", List.of("")).getFirst();
        }
        return sent.isEmpty() ? -1 : Math.max(-1, Long.parseLong(sent));
    }

    private static void refuse(
            ChannelHandlerContext context, FullHttpRequest request, int status, String code, String detail) {
        byte[] problem = dev.gavel.events.Json.MAPPER.writeValueAsBytes(new java.util.TreeMap<>(Map.of(
                "type",
                "https://gavel.dev/problems/" + code,
                "title",
                HttpResponseStatus.valueOf(status).reasonPhrase(),
                "status",
                status,
                "detail",
                detail)));
        respond(context, request, status, "application/problem+json", problem, true);
    }

    private static void answer(
            ChannelHandlerContext context, FullHttpRequest request, int status, String type, String text) {
        respond(context, request, status, type, text.getBytes(StandardCharsets.UTF_8), !HttpUtil.isKeepAlive(request));
    }

    private static void respond(
            ChannelHandlerContext context,
            FullHttpRequest request,
            int status,
            String type,
            byte[] body,
            boolean last) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-content-type-options", "nosniff");
        if (status == 429 || status == 503) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, "10");
        }
        if (status == 405) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET");
        }
        if (last) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.writeAndFlush(response);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
