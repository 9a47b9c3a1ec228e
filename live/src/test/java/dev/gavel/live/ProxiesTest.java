package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.runtime.CannotStart;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.64.0.0/10, 10.127.255.255, true",
        "10.64.0.0/10, 10.128.0.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false"
    })
    void aNetworkHoldsWhatStartsLikeIt(String network, String address, boolean held) {
        assertThat(Proxies.of(List.of(network)).hold(InetAddress.ofLiteral(address)))
                .isEqualTo(held);
    }

    @Test
    void nobodyIsBelievedWithoutTheSetting() {
        assertThat(Proxies.of(List.of()).hold(InetAddress.getLoopbackAddress())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kong", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8/8"})
    void nonsenseIsRefusedAtTheStart(String text) {
        assertThatThrownBy(() -> Proxies.of(List.of(text)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("10.0.0.0/8");
    }
}
