package dev.gavel.bench;

import java.util.Locale;

/// How a server of the fan-out benchmark talks to its clients.
enum Dialect {
    /// Arrays of messages; the client subscribes and is told the state first.
    GAVEL("/v1/live"),
    /// The bare delta.
    WS("/"),
    /// Engine.IO 4 and Socket.IO 5 by WebSocket alone.
    SOCKETIO("/socket.io/?EIO=4&transport=websocket");

    private final String path;

    Dialect(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
