package dev.gavel.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Many clients of one server, who watch the same auction and count what they are told: whether a delta is missing or
/// comes out of order, and how long after its commit it comes.
final class Crowd implements AutoCloseable {

    private static final int OPENING_AT_ONCE = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST_FRAME = 1024 * 1024;

    private final EventLoopGroup loops;
    private final Dialect dialect;
    private final URI address;
    private final String auction;
    private final Map<EventExecutor, Tally> tallies = new HashMap<>();
    private volatile String trouble = "";
    private final Semaphore opening = new Semaphore(OPENING_AT_ONCE);

    Crowd(EventLoopGroup loops, Dialect dialect, URI address, String auction) {
        this.loops = loops;
        this.dialect = dialect;
        this.address = address;
        this.auction = auction;
        loops.forEach(loop -> tallies.put(loop, new Tally()));
    }

    static EventLoopGroup loops(int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /// What its clients have seen since the last report.
    ///
    /// @param ready clients that are connected and watch
    /// @param lost clients whose connection has ended unasked, ever
    /// @param deliveries deltas received, by all clients together
    /// @param frames the frames they came in
    /// @param missing deltas that were left out, seen by a later one
    /// @param disordered deltas that came again or too late
    /// @param behind clients who have not been told the last delta
    record Report(
            int ready,
            int lost,
            long deliveries,
            long frames,
            long bytes,
            long missing,
            long disordered,
            int behind,
            double p50,
            double p99,
            double largest) {

        /// Whether everybody was told everything once and in order.
        boolean faultless(long expected) {
            return lost == 0 && missing == 0 && disordered == 0 && behind == 0 && deliveries == expected;
        }
    }

    /// Opens so many more connections, from several addresses by turns.
    ///
    /// @param after the sequence of the delta before the first that will come; the server's own answer replaces it
    /// @throws IllegalStateException when not all are there in time
    void open(int count, int sources, long after) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel, after);
                    }
                });
        int wanted = report(0, false).ready() + count;
        InetSocketAddress remote = new InetSocketAddress(address.getHost(), address.getPort());
        for (int i = 0; i < count; i++) {
            if (!opening.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            bootstrap
                    .connect(remote, new InetSocketAddress("127.0.0." + (1 + i % sources), 0))
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            trouble = String.valueOf(connected.cause());
                            opening.release();
                        }
                    });
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Report report = report(0, false);
        while (report.ready() < wanted && System.nanoTime() < deadline) {
            Thread.sleep(20);
            report = report(0, false);
        }
        if (report.ready() < wanted) {
            throw new IllegalStateException("only " + report.ready() + " of " + wanted + " connections could be opened"
                    + (trouble.isEmpty() ? "" : ": " + trouble));
        }
    }

    private void prepare(Channel channel, long after) {
        Tally tally = tallies.get(channel.eventLoop());
        if (tally == null) {
            throw new IllegalStateException("an event loop of somebody else");
        }
        channel.closeFuture().addListener(_ -> tally.closed(channel));
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(address.resolve(dialect.path()))
                .version(WebSocketVersion.V13)
                .allowExtensions(false)
                .generateOriginHeader(false)
                .customHeaders(new DefaultHttpHeaders())
                .maxFramePayloadLength(LARGEST_FRAME)
                .withUTF8Validator(false)
                .build();
        channel.pipeline()
                .addLast(new HttpClientCodec())
                .addLast(new HttpObjectAggregator(8 * 1024))
                .addLast(new WebSocketClientProtocolHandler(config))
                .addLast(new CrowdMember(dialect, auction, after, tally, opening, cause -> trouble = cause));
    }

    /// What has been seen since the last report that was forgotten.
    ///
    /// @param last the sequence everybody should have been told
    /// @param forget whether counting begins anew
    Report report(long last, boolean forget) throws InterruptedException {
        List<Report> parts = new ArrayList<>();
        Latencies latencies = new Latencies();
        for (EventExecutor loop : loops) {
            Tally tally = tallies.get(loop);
            if (tally != null) {
                var part = ((EventLoop) loop).submit(() -> tally.take(last, forget, latencies));
                if (!part.await(PATIENCE.toMillis()) || !part.isSuccess()) {
                    throw new IllegalStateException("the clients are too busy to say what they have seen");
                }
                parts.add(part.getNow());
            }
        }
        return new Report(
                parts.stream().mapToInt(Report::ready).sum(),
                parts.stream().mapToInt(Report::lost).sum(),
                parts.stream().mapToLong(Report::deliveries).sum(),
                parts.stream().mapToLong(Report::frames).sum(),
                parts.stream().mapToLong(Report::bytes).sum(),
                parts.stream().mapToLong(Report::missing).sum(),
                parts.stream().mapToLong(Report::disordered).sum(),
                parts.stream().mapToInt(Report::behind).sum(),
                latencies.percentile(50),
                latencies.percentile(99),
                latencies.largest());
    }

    /// Waits until everybody has been told the delta with this sequence, but not for ever; counting begins anew.
    Report await(long last, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (report(last, false).behind() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        return report(last, true);
    }

    @Override
    public void close() {
        loops.forEach(loop -> {
            Tally tally = tallies.get(loop);
            if (tally != null) {
                ((EventLoop) loop).submit(tally::closeAll).awaitUninterruptibly(PATIENCE.toMillis());
            }
        });
    }
}
