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
        "http://[::1]:8080,http://[::1]:8080",
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
                "https://u@h",
                "https://h/path",
                "https://h?q",
                "https://h#f"
            })
    void whatIsNoOriginIsRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> Hosts.origin(written));
    }

    @ParameterizedTest
    @CsvSource({"Localhost,localhost", "chat.Example.org,chat.example.org", "0.0.0.0,0.0.0.0", "::1,::1", "[::1],[::1]"
    })
    void aHostIsKeptInLowerCase(String written, String kept) {
        assertEquals(kept, Hosts.host(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "example.org:80", "http://example.org", "a/b", "*"})
    void whatIsNoHostIsRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> Hosts.host(written));
    }
}
