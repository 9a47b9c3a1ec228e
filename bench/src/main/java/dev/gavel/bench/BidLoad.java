package dev.gavel.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Clients that each bid on one auction, wait for the answer and bid again, on one kept-alive connection
/// each. Every bid is higher than all bids sent before it by enough to be accepted even if it overtakes or
/// is overtaken by one.
final class BidLoad {

    static final long START_PRICE = 2_000_000;
    /// Twice the largest increment.
    static final long STEP = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private BidLoad() {}

    /// A bidder and the token to bid with.
    record Bidder(String userId, String token) {}

    /// A bid somebody was told is accepted.
    record Acknowledged(long number, String bidder) {}

    /// @param refused answers that were a plain "no", nearly always because a higher bid was faster
    /// @param failed answers with 5xx, which are repeated with the same key
    record Outcome(double seconds, long accepted, long refused, long failed, List<Acknowledged> bids, long[] nanos) {

        double perSecond() {
            return accepted / seconds;
        }

        /// In milliseconds, of all answers.
        double percentile(double of100) {
            return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1, nanos.length * of100 / 100)] / 1e6;
        }
    }

    /// Bids for this long.
    static Outcome run(int port, String auctionId, List<Bidder> bidders, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        return run(port, auctionId, bidders, () -> System.nanoTime() < end);
    }

    static Outcome run(int port, String auctionId, List<Bidder> bidders, BooleanSupplier more) {
        AtomicLong amount = new AtomicLong(START_PRICE);
        List<Client> clients = bidders.stream()
                .map(bidder -> new Client(port, auctionId, bidder, amount, more))
                .toList();
        long begun = System.nanoTime();
        Lanes.forEach(clients, clients.size(), Client::run);
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<Acknowledged> bids = new ArrayList<>();
        clients.forEach(client -> bids.addAll(client.accepted));
        long[] nanos = clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.nanos, 0, client.answers))
                .sorted()
                .toArray();
        return new Outcome(
                seconds,
                bids.size(),
                clients.stream().mapToLong(client -> client.refused).sum(),
                clients.stream().mapToLong(client -> client.failed).sum(),
                bids,
                nanos);
    }

    private static final class Client {
        final int port;
        final String head;
        final Bidder bidder;
        final AtomicLong amount;
        final BooleanSupplier more;
        final List<Acknowledged> accepted = new ArrayList<>();
        long[] nanos = new long[1024];
        int answers;
        long refused;
        long failed;

        Client(int port, String auctionId, Bidder bidder, AtomicLong amount, BooleanSupplier more) {
            this.port = port;
            this.bidder = bidder;
            this.amount = amount;
            this.more = more;
            this.head = "POST /v1/auctions/" + auctionId + "/bids HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nAuthorization: Bearer " + bidder.token()
                    + "\r\nContent-Type: application/json\r\nIdempotency-Key: ";
        }

        void run() {
            try (Line line = new Line(port)) {
                for (long bid = 0; more.getAsBoolean(); bid++) {
                    bid(line, head + bidder.userId() + "-" + bid + "\r\nContent-Length: ");
                }
            }
        }

        private void bid(Line line, String start) {
            long begun = System.nanoTime();
            String request;
            boolean sent;
            // Sent in the order of their amounts, or most would be too low before they arrive.
            synchronized (amount) {
                String body = "{\"maximum\":{\"amount\":\"" + amount.addAndGet(STEP) + "\",\"currency\":\"KRW\"}}";
                request = start + body.length() + "\r\n" + NaiveFunctions.SENT_AT + ": " + Instant.now() + "\r\n\r\n"
                        + body;
                sent = line.send(request);
            }
            while (System.nanoTime() - begun < PATIENCE.toNanos()) {
                RawConnection.Response response = sent ? line.receive() : null;
                if (response != null && response.status() == 201) {
                    accepted.add(new Acknowledged(number(response.body()), bidder.userId()));
                    answered(System.nanoTime() - begun);
                    return;
                } else if (response != null && response.status() < 500) {
                    expect409(response);
                    refused++;
                    answered(System.nanoTime() - begun);
                    return;
                }
                failed++;
                line.rest();
                sent = line.send(request);
            }
            throw new IllegalStateException("no answer to a bid within " + PATIENCE);
        }

        private static void expect409(RawConnection.Response response) {
            if (response.status() != 409) {
                throw new IllegalStateException("a bid was answered " + response.status() + ": " + response.body());
            }
        }

        private void answered(long time) {
            if (answers == nanos.length) {
                nanos = Arrays.copyOf(nanos, answers * 2);
            }
            nanos[answers++] = time;
        }

        private static long number(String receipt) {
            int at = receipt.indexOf("\"bidNumber\":") + "\"bidNumber\":".length();
            int end = at;
            while (Character.isDigit(receipt.charAt(end))) {
                end++;
            }
            return Long.parseLong(receipt, at, end, 10);
        }
    }

    /// A connection that is made anew when it breaks.
    private static final class Line implements AutoCloseable {
        private final int port;
        private @Nullable RawConnection connection;

        Line(int port) {
            this.port = port;
        }

        /// Whether the request could be sent.
        boolean send(String request) {
            try {
                RawConnection open = connection == null ? new RawConnection(port) : connection;
                connection = open;
                open.send(request);
                return true;
            } catch (IOException e) {
                close();
                return false;
            }
        }

        /// The answer, or null when the connection broke.
        RawConnection.@Nullable Response receive() {
            RawConnection open = connection;
            try {
                return open == null ? null : open.receive();
            } catch (IOException e) {
                close();
                return null;
            }
        }

        void rest() {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        @Override
        public void close() {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }
    }
}
