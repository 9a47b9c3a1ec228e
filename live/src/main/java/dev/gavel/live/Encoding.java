package dev.gavel.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How messages lie on the wire.
enum Encoding {
    /// One text frame that holds an array of messages, header included: servers do not mask, so that the same bytes
    /// are good for every connection.
    WEB_SOCKET {
        @Override
        ByteBuf encode(List<Message> messages, ByteBufAllocator allocator) {
            int length = 1 + messages.size();
            for (Message message : messages) {
                length += message.json().length;
            }
            ByteBuf frame = allocator.directBuffer(length + 10);
            frame.writeByte(FINAL_TEXT);
            if (length < 126) {
                frame.writeByte(length);
            } else if (length <= 0xFFFF) {
                frame.writeByte(126).writeShort(length);
            } else {
                frame.writeByte(127).writeLong(length);
            }
            char before = '[';
            for (Message message : messages) {
                frame.writeByte(before).writeBytes(message.json());
                before = ',';
            }
            return frame.writeByte(']');
        }
    },
    /// One event for each message, with the sequence as its id.
    EVENT_STREAM {
        @Override
        ByteBuf encode(List<Message> messages, ByteBufAllocator allocator) {
            ByteBuf events = allocator.directBuffer(256 * messages.size());
            for (Message message : messages) {
                if (message.sequence() > 0) {
                    events.writeBytes(ascii("id: " + message.sequence() + "\n"));
                }
                events.writeBytes(DATA).writeBytes(message.json()).writeBytes(END);
            }
            return events;
        }
    };

    private static final int FINAL_TEXT = 0x81;
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END = ascii("\n\n");

    abstract ByteBuf encode(List<Message> messages, ByteBufAllocator allocator);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
