package dev.gavel.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Sockets of a factory whose first handshake offers one group of keys, X25519. The JDK by itself makes a key of P-256
/// beside it, for which a function that just started needs longer than for all the rest of the handshake. Should the
/// first handshake not come about, the next ones offer whatever the JDK does: endpoints of AWS for FIPS lack X25519.
final class OneGroup extends SSLSocketFactory {

    private static final String[] GROUP = {"x25519"};

    private final SSLSocketFactory sockets;
    private final AtomicBoolean tried = new AtomicBoolean();
    private volatile boolean agreed;

    OneGroup(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    private Socket offering(Socket socket) {
        boolean first = !agreed && tried.compareAndSet(false, true);
        if ((first || agreed) && socket instanceof SSLSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setNamedGroups(GROUP);
            tls.setSSLParameters(parameters);
            if (first) {
                tls.addHandshakeCompletedListener(_ -> agreed = true);
            }
        }
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return offering(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        return offering(sockets.createSocket(below, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return offering(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return offering(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return offering(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return offering(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
