package dev.gavel.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// One kept-alive HTTP/1.1 connection, written by hand because the client shares its cores with what it
/// measures: one write and usually one read for each request.
final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[8 * 1024];
    private int filled;

    /// @throws IOException when nobody listens there
    RawConnection(int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        in = socket.getInputStream();
    }

    record Response(int status, String body) {}

    /// @throws IOException when the connection broke: nobody knows then whether the request was received
    void send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Waits for the answer to what was sent.
    ///
    /// @throws IOException when the connection broke
    Response receive() throws IOException {
        filled = 0;
        int head = -1;
        while (head < 0) {
            more();
            head = endOfHead();
        }
        String header = new String(buffer, 0, head, StandardCharsets.ISO_8859_1);
        int bodyStart = head + 4;
        int status = Integer.parseInt(header, 9, 12, 10);
        if (header.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked")) {
            return new Response(status, chunks(bodyStart));
        }
        int length = contentLength(header);
        while (filled < bodyStart + length) {
            more();
        }
        return new Response(status, new String(buffer, bodyStart, length, StandardCharsets.UTF_8));
    }

    /// Each chunk comes with its length before it; one of length 0 ends the body.
    private String chunks(int from) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = from;
        while (true) {
            int end = endOfLine(at);
            int length = Integer.parseInt(new String(buffer, at, end - at, StandardCharsets.ISO_8859_1).strip(), 16);
            at = end + 2;
            while (filled < at + length + 2) {
                more();
            }
            if (length == 0) {
                return body.toString(StandardCharsets.UTF_8);
            }
            body.write(buffer, at, length);
            at += length + 2;
        }
    }

    private int endOfLine(int from) throws IOException {
        int at = from;
        while (true) {
            while (filled < at + 2) {
                more();
            }
            if (buffer[at] == '\r' && buffer[at + 1] == '\n') {
                return at;
            }
            at++;
        }
    }

    private void more() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new IOException("the connection was closed");
        }
        filled += read;
    }

    private int endOfHead() {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i - 3;
            }
        }
        return -1;
    }

    private static int contentLength(String header) throws IOException {
        int at = header.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
        if (at < 0) {
            throw new IOException("an answer without Content-Length");
        }
        int start = at + "\r\ncontent-length:".length();
        int end = header.indexOf('\r', start);
        return Integer.parseInt(
                header.substring(start, end < 0 ? header.length() : end).strip());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
