package dev.gavel.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages that go to many connections of one event loop: encoded once for each encoding that is in use, and shared by
/// all. Every event loop has a frame of its own, so that cores do not wait for each other to count who uses it. Closed
/// by whoever made it; what is written then lives on until it is sent.
final class Frame implements AutoCloseable {

    private final List<Message> messages;
    private final @Nullable ByteBuf[] encoded = new @Nullable ByteBuf[Encoding.values().length];

    Frame(List<Message> messages) {
        this.messages = messages;
    }

    /// The sequence of the first of its deltas; 0 when it holds none.
    long first() {
        return messages.getFirst().sequence();
    }

    long last() {
        return messages.getLast().sequence();
    }

    /// The bytes, retained for the caller to write.
    ByteBuf bytes(Encoding encoding) {
        ByteBuf bytes = encoded[encoding.ordinal()];
        if (bytes == null) {
            bytes = encoding.encode(messages, PooledByteBufAllocator.DEFAULT);
            encoded[encoding.ordinal()] = bytes;
        }
        // Cheaper than a retained duplicate, which comes from a pool that is shared.
        return bytes.retain().duplicate();
    }

    @Override
    public void close() {
        for (ByteBuf bytes : encoded) {
            if (bytes != null) {
                bytes.release();
            }
        }
    }
}
