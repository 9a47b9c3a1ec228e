package dev.gavel.live;

import dev.gavel.runtime.CannotStart;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// The proxies in front of a replica, whose word about the client's address is believed: single addresses, or networks
/// such as `10.0.0.0/8`, because the gateway's pods come and go.
record Proxies(List<Network> networks) {

    /// @param bits how many bits of the address must be the same
    record Network(byte[] address, int bits) {

        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int mask = 0xFF << (Byte.SIZE - bits % Byte.SIZE);
            return Arrays.equals(address, 0, whole, other, 0, whole)
                    && (bits % Byte.SIZE == 0 || (address[whole] & mask) == (other[whole] & mask));
        }
    }

    /// @throws CannotStart when one is neither an address nor a network
    static Proxies of(Collection<String> texts) {
        return new Proxies(texts.stream().map(Proxies::network).toList());
    }

    private static Network network(String text) {
        try {
            int cut = text.indexOf('/');
            byte[] address = InetAddress.ofLiteral(cut < 0 ? text : text.substring(0, cut))
                    .getAddress();
            int most = address.length * Byte.SIZE;
            int bits = cut < 0 ? most : Integer.parseInt(text.substring(cut + 1));
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("no such length of a prefix");
            }
            return new Network(address, bits);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(
                    "The setting GAVEL_PROXIES must be addresses or networks such as 10.0.0.0/8, but one is \"" + text
                            + "\".",
                    e);
        }
    }

    boolean hold(InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> network.holds(bytes));
    }
}
