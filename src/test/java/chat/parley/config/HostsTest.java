package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

    @ParameterizedTest
    @CsvSource({
        "https://Chat.Example.org,https://chat.example.org",
        "https://chat.example.org/,https://chat.example.org",
        "https://chat.example.org:443,https://chat.example.org",
        "http://chat.example.org:80,http://chat.example.org",
        "http://chat.example.org:8080,http://chat.example.org:8080",
        "http://chat.example.org:,http://chat.example.org",
        "http://[::1]:8080,http://[::1]:8080",
        "https://[2001:DB8:0:0::5],https://[2001:db8::5]",
        "https://my_chat.example,https://my_chat.example",
        "https://chat.example.org.,https://chat.example.org.",
        "capacitor://localhost,capacitor://localhost"
    })
    void anOriginIsKeptAsABrowserWritesIt(String written, String kept) {
        assertEquals(kept, Hosts.origin(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example.org",
                "*",
                "null",
                "https://",
                "https://a b",
                "https://::1",
                "https://[::1",
                "https://[::g]",
                "https://h:65536",
                "https://h:x",
                "https://u@h",
                "https://h/path",
                "https://h?q",
                "https://h#f"
            })
    void whatIsNoOriginIsRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> Hosts.origin(written));
    }

    @ParameterizedTest
    @CsvSource({
        "Localhost,localhost",
        "chat.Example.org,chat.example.org",
        "chat.example.org.,chat.example.org",
        "my_chat.example,my_chat.example",
        "0.0.0.0,0.0.0.0",
        "::,::",
        "::1,::1",
        "[::1],::1",
        "[2001:DB8::5],2001:db8::5",
        "2001:0db8:0000:0:0:0:0:0005,2001:db8::5",
        "1:0:0:2:0:0:0:3,1:0:0:2::3",
        "1:0:0:2:3:0:0:4,1::2:3:0:0:4",
        "1:0:2:3:4:5:6:7,1:0:2:3:4:5:6:7",
        "fe80:0:0:0:1:0:0:0,fe80::1:0:0:0",
        "::ffff:192.0.2.1,::ffff:c000:201"
    })
    void aHostIsKeptAsABrowserWritesItButWithoutBracketsAndLastDot(String written, String kept) {
        assertEquals(kept, Hosts.host(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a b",
                "example.org:80",
                "http://example.org",
                "a/b",
                "*",
                "[::1",
                "::1]",
                "[::1]:80",
                "[localhost]",
                "[127.0.0.1]",
                "1:2:3",
                "1::2::3",
                "::12345",
                "fe80::1%eth0",
                ".:",
                "dead.beef:80"
            })
    void whatIsNoHostIsRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> Hosts.host(written));
    }
}
