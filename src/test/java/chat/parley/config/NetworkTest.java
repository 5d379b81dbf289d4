package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,           10.255.255.255,           true",
        "10.0.0.0/8,           11.0.0.0,                 false",
        "192.0.2.128/25,       192.0.2.127,              false",
        "192.0.2.128/25,       192.0.2.128,              true",
        "192.0.2.7,            192.0.2.7,                true",
        "192.0.2.7,            192.0.2.6,                false",
        "0.0.0.0/0,            203.0.113.9,              true",
        "0.0.0.0/0,            ::1,                      false",
        "::/0,                 2001:db8::1,              true",
        "::/0,                 127.0.0.1,                false",
        "2001:db8::/33,        2001:db8:7fff::1,         true",
        "2001:db8::/33,        2001:db8:8000::1,         false",
        "::1,                  0:0:0:0:0:0:0:1,          true",
        "10.0.0.0/8,           ::ffff:10.1.2.3,          true",
        "::ffff:10.0.0.0/104,  10.1.2.3,                 true",
        "::ffff:10.0.0.0/104,  11.1.2.3,                 false",
    })
    void anAddressIsInANetworkOrNot(String network, String address, boolean isIn) {
        assertEquals(isIn, Network.parse(network).contains(Objects.requireNonNull(IpAddress.parse(address))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.1/8",
                "2001:db8::1/32",
                "2001:db8::/129",
                "::ffff:10.0.0.0/8",
                "localhost",
                "example.org/8",
                "fe80::1%eth0",
                "*"
            })
    void whatIsNoNetworkIsRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> Network.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "0x7f.0.0.1",
                "127.1",
                "1.2.3.4 ",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "::1%lo",
                "[::1]",
                "::1:80:",
                "a.b.c.d",
                "fe80::1/64",
                "::ffff:1.2.3",
                "\u0661.2.3.4"
            })
    void whatIsNoAddressIsNone(String written) {
        assertNull(IpAddress.parse(written));
    }

    @Test
    void oneAddressIsOneValueHoweverItIsWritten() {
        assertEquals(IpAddress.parse("192.0.2.1"), IpAddress.parse("::FFFF:C000:201"));
        assertEquals("192.0.2.1", String.valueOf(IpAddress.parse("::ffff:192.0.2.1")));
        assertEquals("2001:db8::1", String.valueOf(IpAddress.parse("2001:0DB8:0:0:0:0:0:1")));
    }

    @Test
    void ofIpv6AMachineIsItsNetworkOf64Bits() {
        assertEquals("2001:db8:1:2::/64", site("2001:db8:1:2:3:4:5:6"));
        assertEquals(site("2001:db8:1:2::1"), site("2001:db8:1:2:ffff::1"));
        assertTrue(!site("2001:db8:1:2::1").equals(site("2001:db8:1:3::1")));
        assertEquals("192.0.2.1", site("192.0.2.1"));
        assertEquals("192.0.2.1", site("::ffff:192.0.2.1"));
    }

    private static String site(String address) {
        return Objects.requireNonNull(IpAddress.parse(address)).site();
    }
}
