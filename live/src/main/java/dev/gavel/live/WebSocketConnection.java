package dev.gavel.live;

import dev.gavel.events.Json;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.TokenRefused;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A client that talks by WebSocket: it subscribes, and may say who it is.
final class WebSocketConnection extends Connection {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    private static final int BURST_SECONDS = 5;
    private static final int MOST_UNKNOWN = 20;

    private @Nullable String token;
    private @Nullable UserId user;
    private boolean verifying;
    private int unknown;
    private double allowance;
    private long allowedAt = System.nanoTime();

    WebSocketConnection(Channel channel, Live live) {
        super(channel, Encoding.WEB_SOCKET, live);
        this.allowance = live.options().limits().messagesPerSecond() * (double) BURST_SECONDS;
    }

    /// Whether one more frame of whatever kind may come.
    boolean admit() {
        heard();
        int rate = live().options().limits().messagesPerSecond();
        long now = System.nanoTime();
        allowance = Math.min(rate * (double) BURST_SECONDS, allowance + (now - allowedAt) / 1e9 * rate);
        allowedAt = now;
        if (allowance < 1) {
            if (!closing()) {
                live().numbers().closedFlood.increment();
                close(1008, "too many messages: send at most " + rate + " a second");
            }
            return false;
        }
        allowance--;
        return !closing();
    }

    /// A whole text message.
    void message(String text) {
        try {
            JsonNode message = Json.MAPPER.readTree(text);
            switch (message.path("type").asString("")) {
                case "subscribe" -> subscribe(message);
                case "unsubscribe" ->
                    unsubscribe(new AuctionId(message.path("auction").asString("")));
                case "authenticate" -> authenticate(message.path("token").asString(""));
                case "ping" ->
                    send(Message.of("pong", "serverTime", live().now().toString()));
                default -> malformed("Send a type: subscribe, unsubscribe, authenticate or ping.");
            }
        } catch (JacksonException e) {
            malformed("Send one JSON object a message.");
        } catch (IllegalArgumentException e) {
            malformed("Send the id of an auction as \"auction\".");
        }
    }

    private void malformed(String detail) {
        send(Message.of("error", "code", "malformed", "detail", detail));
    }

    private void subscribe(JsonNode message) {
        AuctionId id = new AuctionId(message.path("auction").asString(""));
        JsonNode lastSeq = message.path("lastSeq");
        if (!lastSeq.isMissingNode() && (!lastSeq.canConvertToLong() || lastSeq.asLong() < 0)) {
            malformed("Send the last sequence you know as \"lastSeq\", or leave it out.");
            return;
        }
        int most = live().options().limits().subscriptions();
        if (!watches(id) && subscriptions() >= most) {
            send(Message.of(
                    "error",
                    "code",
                    "too-many-subscriptions",
                    "auction",
                    id.value(),
                    "detail",
                    "Unsubscribe from another auction first: at most " + most + " on one connection."));
            return;
        }
        subscribe(id, lastSeq.isMissingNode() ? -1 : lastSeq.asLong());
    }

    @Override
    void unknownAuction() {
        if (++unknown >= MOST_UNKNOWN) {
            live().numbers().closedFlood.increment();
            close(1008, "too many unknown auctions");
        }
    }

    private void authenticate(String sent) {
        if (verifying) {
            malformed("Wait for the answer to the token sent before.");
            return;
        }
        verifying = true;
        verify(sent, true);
    }

    /// Verifying may have to fetch keys, which the event loop must not wait for.
    private void verify(String sent, boolean first) {
        Thread.ofVirtual().start(() -> {
            Runnable answer;
            try {
                Caller.User known = live().verifier().verify(sent);
                answer = () -> authenticated(sent, known.id(), first);
            } catch (TokenRefused e) {
                answer = () -> refused(sent, e, first);
            } catch (Unavailable e) {
                answer = () -> unverified(first);
            } catch (RuntimeException e) {
                LOG.error("A token cannot be verified", e);
                answer = () -> unverified(first);
            }
            loop().execute(answer);
        });
    }

    private void authenticated(String sent, UserId id, boolean first) {
        if (superseded(sent, first)) {
            return;
        }
        verifying = false;
        if (closing() || !channel().isActive()) {
            return;
        }
        token = sent;
        if (!id.equals(user)) {
            leaveAudience();
            user = id;
            live().audience().enter(id, this);
        }
        if (first) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("userId", id.value());
            TokenExpiry.of(sent).ifPresent(at -> members.put("expiresAt", at));
            send(Message.of("authenticated", members));
        }
    }

    /// Whether this is about a token that another has replaced while it was looked at again.
    private boolean superseded(String sent, boolean first) {
        return !first && (verifying || !sent.equals(token));
    }

    private void refused(String sent, TokenRefused reason, boolean first) {
        if (superseded(sent, first)) {
            return;
        }
        verifying = false;
        leaveAudience();
        token = null;
        if (first) {
            live().numbers().closedToken.increment();
            close(4401, "the token was refused: " + reason.getMessage());
        } else {
            send(Message.of("token-expired"));
        }
    }

    private void unverified(boolean first) {
        if (first) {
            verifying = false;
            send(Message.of("error", "code", "unavailable", "detail", "Send the token again in a moment."));
        }
    }

    @Override
    boolean listens() {
        return true;
    }

    @Override
    void beat() {
        if (closing() || !writable()) {
            return;
        }
        if (token != null && !verifying) {
            verify(token, false);
        }
        channel().write(new PingWebSocketFrame(), channel().voidPromise());
        sendHeartbeat();
    }

    @Override
    void sayGoodbye(int code, String reason) {
        // The channel waits for the answer (RFC 6455, 7.1.1): to close it with bytes unread would reset the connection,
        // and the client would lose the reason.
        channel()
                .writeAndFlush(
                        new CloseWebSocketFrame(code, cut(reason)), channel().voidPromise());
    }

    /// A close frame has room for 123 bytes.
    private static String cut(String reason) {
        return reason.length() > 120 ? reason.substring(0, 120) : reason;
    }

    /// The client says goodbye, or answers a goodbye.
    void closed() {
        if (closing()) {
            channel().close();
        } else {
            channel().writeAndFlush(new CloseWebSocketFrame(1000, "")).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void leaveAudience() {
        if (user != null) {
            live().audience().leave(user, this);
            user = null;
        }
    }

    @Override
    void gone() {
        leaveAudience();
        super.gone();
    }
}
