package dev.gavel.bench;

import dev.gavel.events.AuctionDelta;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings deltas to a peer, ready made, a line each.
final class PeerFeed implements Consumer<Fact<? extends AuctionEvent>>, AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final ServerSocket listening;
    private @Nullable Socket peer;

    PeerFeed() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(PATIENCE_MILLIS);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// Waits for the peer, which is started now.
    void await() throws IOException {
        Socket accepted = listening.accept();
        accepted.setTcpNoDelay(true);
        peer = accepted;
    }

    @Override
    public void accept(Fact<? extends AuctionEvent> fact) {
        byte[] json = Json.MAPPER.writeValueAsBytes(AuctionDelta.of(fact));
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        try {
            Socket to = peer;
            if (to == null) {
                throw new IllegalStateException("the peer has not connected");
            }
            OutputStream out = to.getOutputStream();
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the peer has ended: see its log", e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        if (peer != null) {
            peer.close();
        }
    }
}
