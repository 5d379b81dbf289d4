package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayUrlsTest {

    private static final String URL = "parley.relay.url";
    private static final String STORE = "parley.store.url";
    private static final String REDIS = "redis://:hush@redis.example.org:6379";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "redis://localhost",
                "redis://:hush@localhost:6380/2",
                "rediss://user:hush@redis.example.org",
                "redis-sentinel://hush@one:26379,two:26379/0#main"
            })
    void whatNamesARedisIsTaken(String written) {
        assertEquals(written, RelayUrls.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "redis:localhost", "redis://", "http://hush", "redis://:hu sh@localhost"})
    void whatNamesNoneIsRefusedWithoutBeingShown(String written) {
        SettingsException refusal = assertThrows(
                SettingsException.class,
                () -> SettingsLoader.of(Map.of(STORE, "jdbc:postgresql://localhost/parley", URL, written)));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith(URL + " = (hidden): must be "), refusal::getMessage);
        assertFalse(String.valueOf(refusal.getMessage()).contains("hush"), refusal::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory:", "jdbc:sqlite:data/parley.db"})
    void aStoreOfOneServerIsRefusedInOneLine(String store) {
        SettingsException refusal =
                assertThrows(SettingsException.class, () -> SettingsLoader.of(Map.of(STORE, store, URL, REDIS)));

        assertEquals(
                "parley.relay.url = (hidden): is for servers that share a PostgreSQL database, and parley.store.url is none:"
                        + " leave one of them out, or change it (from command line)",
                refusal.getMessage());
    }

    @Test
    void withPostgresItIsOnAndNotShown() {
        Settings settings = SettingsLoader.of(Map.of(STORE, "jdbc:postgresql://localhost/parley", URL, REDIS));

        assertTrue(settings.relay().isOn());
        assertEquals(REDIS, settings.relay().url());
        assertFalse(settings.toString().contains(REDIS), settings::toString);
        assertFalse(SettingsLoader.of(Map.of()).relay().isOn());
    }
}
