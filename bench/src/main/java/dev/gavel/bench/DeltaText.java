package dev.gavel.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Finds the deltas in the text of a frame, whatever is around them, without building objects.
final class DeltaText {

    private static final byte[] TYPE = ascii("\"type\":\"bids\"");
    private static final byte[] SEQUENCE = ascii("\"sequence\":");
    private static final byte[] ACCEPTED_AT = ascii("\"acceptedAt\":\"");
    private static final byte[] SNAPSHOT = ascii("[{\"type\":\"snapshot\"");

    private final byte[] text;
    private final int length;
    private int at;
    private long sequence;

    DeltaText(byte[] text, int length) {
        this.text = text;
        this.length = length;
    }

    /// Goes to the next delta.
    ///
    /// @return false when there is none
    boolean next() {
        int type = find(TYPE, at);
        if (type < 0) {
            return false;
        }
        sequence = sequenceFrom(type + TYPE.length);
        return true;
    }

    long sequence() {
        return sequence;
    }

    /// When the first bid of the delta was committed, in microseconds since 1970.
    long committed() {
        int begin = find(ACCEPTED_AT, at) + ACCEPTED_AT.length;
        int end = begin;
        while (end < length && text[end] != '"') {
            end++;
        }
        at = end;
        return micros(Instant.parse(new String(text, begin, end - begin, StandardCharsets.US_ASCII)));
    }

    /// Whether it begins with the whole state instead.
    boolean isSnapshot() {
        return length >= SNAPSHOT.length && matches(SNAPSHOT, 0);
    }

    long snapshotSequence() {
        return sequenceFrom(0);
    }

    private long sequenceFrom(int begin) {
        int digit = find(SEQUENCE, begin) + SEQUENCE.length;
        if (digit < SEQUENCE.length) {
            throw new IllegalStateException("a message has no sequence");
        }
        long number = 0;
        while (digit < length && text[digit] >= '0' && text[digit] <= '9') {
            number = number * 10 + text[digit++] - '0';
        }
        at = digit;
        return number;
    }

    private int find(byte[] wanted, int begin) {
        for (int i = begin; i <= length - wanted.length; i++) {
            if (text[i + 1] == wanted[1] && matches(wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(byte[] wanted, int begin) {
        for (int i = 0; i < wanted.length; i++) {
            if (text[begin + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
