package dev.gavel.live;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/// A WebSocket client that can do everything wrong.
final class RawClient implements AutoCloseable {

    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CONTINUATION = 0x0;
    static final int FINAL = 0x80;

    private static final byte[] MASK = {1, 2, 3, 4};

    final Socket socket = new Socket();
    final DataInputStream in;
    final int status;

    /// Connects and asks for the upgrade.
    RawClient(int port, String address, String... headers) throws IOException {
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        String request = """
                GET /v1/live HTTP/1.1\r
                Host: 127.0.0.1\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                X-Forwarded-For: %s\r
                %s\r
                """.formatted(address, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        status = readHead();
    }

    private int readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            head.write(next);
            text = head.toString(StandardCharsets.US_ASCII);
        }
        return Integer.parseInt(text.split(" ")[1]);
    }

    RawClient say(String text) throws IOException {
        return frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// One masked frame.
    RawClient frame(int first, byte[] payload) throws IOException {
        return bytes(masked(first, payload));
    }

    private static byte[] masked(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        header(out, payload.length, true);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i % 4]);
        }
        return out.toByteArray();
    }

    /// The same frame many times at once, and the code it is closed with; read meanwhile, since whoever is closed
    /// while it writes loses what it has not read.
    int flood(int times, int first, byte[] payload) {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(this::awaitClose);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(masked(first, payload));
        }
        try {
            bytes(all.toByteArray());
        } catch (IOException _) {
            // It was closed before it had written everything.
        }
        return code.join();
    }

    /// Only the beginning of a frame.
    RawClient announce(int first, long length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        header(out, length, true);
        return bytes(out.toByteArray());
    }

    private static void header(ByteArrayOutputStream out, long length, boolean masked) {
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            out.write((int) (mask | length));
        } else if (length < 65_536) {
            out.write(mask | 126);
            out.write((int) (length >> 8));
            out.write((int) length);
        } else {
            out.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) (length >> shift));
            }
        }
        if (masked) {
            out.writeBytes(MASK);
        }
    }

    RawClient bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// Reads until the close frame and answers its code; -1 when the connection ends without one.
    int awaitClose() {
        try {
            while (true) {
                int first = in.readUnsignedByte();
                long length = in.readUnsignedByte();
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = in.readLong();
                }
                if ((first & 0xF) == 8) {
                    return in.readUnsignedShort();
                }
                in.skipNBytes(length);
            }
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
