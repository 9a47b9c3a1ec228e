package dev.gavel.backends;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Tells whether a port can be reached by an address other than 127.0.0.1, as another machine would.
final class Reach {
    private Reach() {}

    static boolean beyondLoopback(int port) throws IOException {
        for (var address : otherAddresses()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 1000);
                return true;
            } catch (IOException refused) {
                // As it should be; the next address may answer.
            }
        }
        return false;
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        // On Linux a server on every interface answers here too, so the check works without any network.
        var addresses = new ArrayList<>(List.of(InetAddress.getByName("127.0.0.2")));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .forEach(addresses::add);
        return addresses;
    }
}
