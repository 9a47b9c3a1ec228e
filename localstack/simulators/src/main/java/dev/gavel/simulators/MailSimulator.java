package dev.gavel.simulators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Everybody's mailbox: an SMTP server that takes any mail and shows it at [#uri()], in a browser and as JSON at
/// `/messages`. It keeps the newest 1,000, one for each Message-ID, and counts how often that came. It can be told
/// to be closed, to know no such recipient, and to lose its answer.
public final class MailSimulator implements AutoCloseable {

    private static final int KEPT = 1_000;
    private static final int MOST_COUNTED = 1_000_000;
    private static final int MOST_CONNECTIONS = 64;
    private static final int SILENCE_MILLIS = 60_000;

    private final Map<String, Letter> letters = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Letter> eldest) {
            return size() > KEPT;
        }
    };
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
    private final ServerSocket door;
    private final Web web;
    private volatile boolean down;
    private int answersToLose;
    private int taken;
    /// Longer than letters are kept, so that a repetition is seen as one.
    private final Set<String> ids = new HashSet<>();

    public MailSimulator() {
        try {
            door = new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        web = Web.serve(new MailPages(() -> letters().reversed(), this::counts)::serve);
        Thread.ofPlatform().daemon().name("mail").start(this::listen);
    }

    /// Where mail is sent: `smtp://127.0.0.1:port`.
    public URI smtp() {
        return URI.create("smtp://127.0.0.1:" + door.getLocalPort());
    }

    /// Where mail is read.
    public URI uri() {
        return web.uri();
    }

    /// Closed or open: whoever comes while it is closed is told 421.
    public void down(boolean closed) {
        down = closed;
    }

    /// There is no such mailbox: 550 from now on.
    public void reject(String recipient) {
        unknown.add(recipient.toLowerCase(Locale.ROOT));
    }

    /// So many of the next mails are taken, and the connection is closed instead of saying so.
    public synchronized void loseAnswers(int next) {
        answersToLose = next;
    }

    /// What came, in the order of first arrival.
    public synchronized List<Letter> letters() {
        return List.copyOf(letters.values());
    }

    /// How many mails came, and how many different ones, as JSON.
    private synchronized String counts() {
        return "{\"taken\":" + taken + ",\"different\":" + ids.size() + "}";
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                Thread.ofVirtual().name("mail-session").start(() -> serve(socket));
            } catch (IOException _) {
                // Closed, or somebody went away before they were let in.
            }
        }
    }

    private void serve(Socket socket) {
        if (!room.tryAcquire()) {
            close(socket);
            return;
        }
        open.add(socket);
        try (socket) {
            socket.setSoTimeout(SILENCE_MILLIS);
            new SmtpSession(socket, new Desk()).talk();
        } catch (IOException _) {
            // The sender went away; what was taken is taken.
        } finally {
            open.remove(socket);
            room.release();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone, which is what was wanted.
        }
    }

    private synchronized boolean keep(String from, List<String> to, String mail) {
        Mime mime = Mime.read(mail);
        String id = mime.headers().getOrDefault("message-id", "");
        taken++;
        if (ids.size() < MOST_COUNTED) {
            ids.add(id.isEmpty() ? "without " + taken : id);
        }
        Letter before = letters.get(id);
        if (before == null) {
            letters.put(
                    id.isEmpty() ? "<" + taken + "@without-message-id>" : id,
                    new Letter(
                            taken,
                            id,
                            from,
                            to,
                            mime.headers().getOrDefault("subject", ""),
                            mime.text(),
                            mime.html(),
                            Instant.now(),
                            1));
        } else {
            letters.put(id, before.again());
        }
        if (answersToLose > 0) {
            answersToLose--;
            return false;
        }
        return true;
    }

    private final class Desk implements SmtpSession.Mailbox {
        @Override
        public boolean down() {
            return down;
        }

        @Override
        public boolean rejects(String recipient) {
            return unknown.contains(recipient.toLowerCase(Locale.ROOT));
        }

        @Override
        public boolean take(String from, List<String> to, String mail) {
            return keep(from, to, mail);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(MailSimulator::close);
            web.close();
        }
    }
}
