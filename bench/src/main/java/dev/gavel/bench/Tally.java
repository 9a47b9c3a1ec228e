package dev.gavel.bench;

import io.netty.channel.Channel;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the clients of one event loop have seen. Only that event loop touches it.
final class Tally {

    private static final int REMEMBERED = 4096;

    private final Set<CrowdMember> members = new HashSet<>();
    private final Latencies latencies = new Latencies();
    private final long[] sequences = new long[REMEMBERED];
    private final long[] commits = new long[REMEMBERED];
    private byte[] text = new byte[4096];
    private int lost;
    private boolean ending;
    private long deliveries;
    private long frames;
    private long bytes;
    private long missing;
    private long disordered;

    void joined(CrowdMember member) {
        members.add(member);
    }

    void left(CrowdMember member) {
        if (members.remove(member) && !ending) {
            lost++;
        }
    }

    void closed(Channel channel) {
        CrowdMember member = channel.pipeline().get(CrowdMember.class);
        if (member != null) {
            left(member);
        }
    }

    /// Room for the text of one frame, until the next.
    byte[] room(int length) {
        if (text.length < length) {
            text = Arrays.copyOf(text, Math.max(length, text.length * 2));
        }
        return text;
    }

    void frame(int length) {
        frames++;
        bytes += length;
    }

    void delivered(DeltaText delta, long position, long now) {
        long sequence = delta.sequence();
        if (sequence <= position) {
            disordered++;
            return;
        }
        missing += sequence - position - 1;
        deliveries++;
        int place = (int) (sequence & (REMEMBERED - 1));
        // Everybody is told the same, so that it is read once.
        if (sequences[place] != sequence) {
            commits[place] = delta.committed();
            sequences[place] = sequence;
        }
        latencies.add(now - commits[place]);
    }

    void skipped(long count) {
        missing += count;
    }

    static long now() {
        return DeltaText.micros(Instant.now());
    }

    Crowd.Report take(long last, boolean forget, Latencies sum) {
        int behind = 0;
        for (CrowdMember member : members) {
            if (member.position() < last) {
                behind++;
            }
        }
        synchronized (sum) {
            sum.add(latencies);
        }
        Crowd.Report report =
                new Crowd.Report(members.size(), lost, deliveries, frames, bytes, missing, disordered, behind, 0, 0, 0);
        if (forget) {
            latencies.clear();
            deliveries = 0;
            frames = 0;
            bytes = 0;
            missing = 0;
            disordered = 0;
        }
        return report;
    }

    void closeAll() {
        ending = true;
        List.copyOf(members).forEach(CrowdMember::close);
    }
}
