package dev.gavel.backends;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;

/// Settles which port each server gets before any of them starts, so that a clash is told at once and in
/// words.
final class LoopbackPorts {
    static final String ADDRESS = "127.0.0.1";

    private LoopbackPorts() {}

    /// Replaces each 0 by a free port and makes sure nobody listens on the others.
    static Map<Backend, Integer> settle(Map<Backend, Integer> wanted) {
        var settled = new EnumMap<Backend, Integer>(Backend.class);
        var held = new ArrayList<ServerSocket>();
        try {
            wanted.forEach((backend, port) -> {
                var socket = hold(backend, port);
                held.add(socket);
                settled.put(backend, socket.getLocalPort());
            });
        } finally {
            held.forEach(LoopbackPorts::release);
        }
        return settled;
    }

    private static ServerSocket hold(Backend backend, int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getByName(ADDRESS));
        } catch (IOException taken) {
            throw new BackendFailure(
                    "Port %d, which %s needs, is in use: stop the program that has it ('./gavel down' if it is Gavel) or give another one with --ports %s=PORT."
                            .formatted(port, backend.title(), backend.title()),
                    taken);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // The server that wants this port will say so.
        }
    }
}
