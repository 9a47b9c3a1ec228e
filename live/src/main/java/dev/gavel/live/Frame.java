package dev.gavel.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Messages that go to many connections at once: encoded once for each encoding that is in use, and shared by all.
/// Counted: whoever passes it on retains it, whoever is done with it releases it.
final class Frame extends AbstractReferenceCounted {

    private final List<Message> messages;
    private final Map<Encoding, ByteBuf> encoded = new EnumMap<>(Encoding.class);

    Frame(List<Message> messages) {
        this.messages = List.copyOf(messages);
    }

    /// The sequence of the first of its deltas; 0 when it holds none.
    long first() {
        return messages.getFirst().sequence();
    }

    long last() {
        return messages.getLast().sequence();
    }

    int size() {
        return messages.size();
    }

    /// The bytes, retained for the caller to write.
    synchronized ByteBuf bytes(Encoding encoding) {
        return encoded.computeIfAbsent(encoding, it -> it.encode(messages, PooledByteBufAllocator.DEFAULT))
                .retainedDuplicate();
    }

    @Override
    protected void deallocate() {
        encoded.values().forEach(ReferenceCounted::release);
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}
