package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.SettingsException;
import chat.parley.config.SettingsLoader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose pages may connect, and by which names the server is called. */
class HostRuleTest {

    @Test
    void whoIsNoBrowserNeedsNoOrigin() throws SettingsException {
        assertTrue(allows("localhost:8080", null));
        assertTrue(allows("127.0.0.1:8080", null));
        assertTrue(allows("127.1.2.3", null));
        assertTrue(allows("[::1]:8080", null));
    }

    @Test
    void aNameThatIsNotOursIsNoHost() throws SettingsException {
        assertFalse(allows("evil.example:8080", null));
        assertFalse(allows("localhost.evil.example", null));
        assertFalse(allows("127.0.0.1.evil.example", null));
        assertFalse(allows("10.0.0.1", null));
        assertFalse(allows("", null));
        assertFalse(allows(null, null));
    }

    @Test
    void theOwnPageMayConnect() throws SettingsException {
        assertTrue(allows("localhost:8080", "http://localhost:8080"));
        assertTrue(allows("LOCALHOST:8080", "HTTP://LocalHost:8080"));
        assertTrue(allows("localhost", "http://localhost:80"));
        assertTrue(allows("[::1]:8080", "http://[::1]:8080"));
    }

    @Test
    void aForeignPageMayNot() throws SettingsException {
        assertFalse(allows("localhost:8080", "http://evil.example"));
        assertFalse(allows("localhost:8080", "http://localhost:9090"));
        assertFalse(allows("localhost:8080", "https://localhost:8080"));
        assertFalse(allows("localhost:8080", "http://127.0.0.1:8080"));
        assertFalse(allows("localhost:8080", "null"));
        assertFalse(allows("localhost:8080", "http://localhost:8080@evil.example"));
        assertFalse(allows("localhost:8080", "not a uri"));
    }

    @Test
    void overTlsTheOriginIsHttps() throws SettingsException {
        HostRule rule = new HostRule(SettingsLoader.of(Map.of()).http());

        assertTrue(rule.allows(new Handshake("127.0.0.1", "localhost", "https://localhost", true)));
        assertFalse(rule.allows(new Handshake("127.0.0.1", "localhost", "http://localhost", true)));
    }

    @Test
    void whatTheSettingsNameIsAllowedToo() throws SettingsException {
        HostRule rule = new HostRule(
                SettingsLoader.of(Map.of("parley.hosts", "chat.example", "parley.origins", "https://www.example"))
                        .http());

        assertTrue(rule.allows(new Handshake("127.0.0.1", "Chat.Example:443", null, false)));
        assertTrue(rule.allows(new Handshake("127.0.0.1", "chat.example", "https://www.example", false)));
        assertFalse(rule.allows(new Handshake("127.0.0.1", "chat.example", "https://evil.example", false)));
        assertFalse(rule.allows(new Handshake("127.0.0.1", "www.example", "https://www.example", false)));
    }

    private static boolean allows(@Nullable String host, @Nullable String origin) throws SettingsException {
        return new HostRule(SettingsLoader.of(Map.of()).http()).allows(new Handshake("127.0.0.1", host, origin, false));
    }
}
