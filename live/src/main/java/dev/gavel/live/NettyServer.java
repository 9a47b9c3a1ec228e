package dev.gavel.live;

import dev.gavel.runtime.CannotStart;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for clients, with the native transport of Linux where there is one.
final class NettyServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NettyServer.class);
    private static final int LARGEST_REQUEST = 16 * 1024;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final int BACKLOG = 8192;
    private static final Duration LAST_GOODBYES = Duration.ofSeconds(2);

    private final Live live;
    private final EventLoopGroup loops;
    private final Channel listening;
    private final Map<EventExecutor, Set<Connection>> connections = new ConcurrentHashMap<>();
    private volatile boolean draining;

    private NettyServer(Live live, EventLoopGroup loops, Class<? extends ServerChannel> kind) {
        this.live = live;
        this.loops = loops;
        LiveOptions options = live.options();
        ServerBootstrap server = new ServerBootstrap();
        if (kind == EpollServerSocketChannel.class) {
            // A reader that is slow must be slow here, where the newest state replaces what is old, and not after
            // megabytes of old bids in the kernel.
            long unsent = options.limits().unsent();
            server.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, unsent);
        }
        try {
            this.listening = server.group(loops)
                    .channel(kind)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(
                            ChannelOption.WRITE_BUFFER_WATER_MARK,
                            new WriteBufferWaterMark(
                                    options.limits().unsent() / 4,
                                    options.limits().unsent()))
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            open(channel);
                        }
                    })
                    .bind(options.host(), options.port())
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        } catch (Exception e) {
            // Netty throws what it did not declare.
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new CannotStart("Port " + options.port() + " cannot be used: " + e.getMessage(), e);
        }
        for (EventExecutor loop : loops) {
            connections.put(loop, ConcurrentHashMap.newKeySet());
            loop.scheduleAtFixedRate(new Look(loop), 1, 1, TimeUnit.SECONDS);
        }
    }

    /// @throws CannotStart when the port is taken
    static NettyServer start(Live live) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), io);
        return new NettyServer(live, loops, epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private void open(Channel channel) {
        channel.pipeline()
                .addLast("timeout", new ReadTimeoutHandler(HANDSHAKE_SECONDS))
                .addLast("http", new HttpServerCodec(2048, LARGEST_REQUEST, 2048))
                .addLast("whole", new HttpObjectAggregator(1024))
                .addLast("gate", new Gate(live, this));
    }

    /// Whether new clients are welcome.
    boolean draining() {
        return draining;
    }

    void add(Connection connection) {
        connections.getOrDefault(connection.loop(), Set.of()).add(connection);
        live.numbers().connections.increment();
        live.numbers().opened.increment();
    }

    void remove(Connection connection) {
        if (connections.getOrDefault(connection.loop(), Set.of()).remove(connection)) {
            live.numbers().connections.decrement();
        }
    }

    /// Comes by every connection of one event loop each second.
    private final class Look implements Runnable {

        private final EventExecutor loop;
        private long tick;

        Look(EventExecutor loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            tick++;
            for (Connection connection : connections.getOrDefault(loop, Set.of())) {
                try {
                    connection.look(tick);
                } catch (RuntimeException e) {
                    LOG.error("One connection cannot be looked after", e);
                }
            }
        }
    }

    /// Lets nobody in any more and sends everybody elsewhere, spread over a while, so that they do not all come to the
    /// other replicas at once.
    void drain(Duration spread) throws InterruptedException {
        draining = true;
        listening.close().await(LAST_GOODBYES.toMillis());
        long most = Math.max(1, spread.toMillis());
        connections.forEach((loop, here) -> {
            for (Connection connection : List.copyOf(here)) {
                long wait = ThreadLocalRandom.current().nextLong(most);
                loop.schedule(() -> goodbye(connection), wait, TimeUnit.MILLISECONDS);
            }
        });
        long deadline = System.nanoTime() + spread.plus(LAST_GOODBYES).toNanos();
        while (System.nanoTime() < deadline && connections.values().stream().anyMatch(here -> !here.isEmpty())) {
            Thread.sleep(50);
        }
    }

    private static void goodbye(Connection connection) {
        connection.send(Message.of("moving", "retryAfterMs", 5_000));
        connection.close(1012, "this replica stops: connect again and resume");
    }

    @Override
    public void close() {
        draining = true;
        listening.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /// Waits until the server has ended.
    void await() throws InterruptedException {
        listening.closeFuture().await();
    }
}
