package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory:",
                "jdbc:sqlite:data/parley.db",
                "jdbc:sqlite:/var/lib/parley/log",
                "jdbc:sqlite:a b.db",
                "jdbc:postgresql://db.example.org/parley",
                "jdbc:postgresql://a:5432,b:5432/parley?currentSchema=chat&sslmode=verify-full"
            })
    void whatNamesAStoreIsTaken(String written) {
        assertEquals(written, StoreUrls.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "memory",
                "data/parley.db",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:parley.db",
                "jdbc:sqlite:parley.db?synchronous=off",
                "jdbc:sqlite:data/",
                "jdbc:sqlite:/",
                "jdbc:sqlite:a\u0000b",
                "jdbc:postgresql:",
                "jdbc:postgresql://localhost/parley chat",
                "jdbc:postgresql://localhost/parley?user=parley&password=hush",
                "jdbc:mysql://localhost/parley"
            })
    void whatNamesNoneIsRefusedWithAReason(String written) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> StoreUrls.parse(written));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith("must "), refusal::getMessage);
    }

    @Test
    void whatLiesBesideADatabaseOfAServerLiesInTheUsualFolder() {
        String usual = "jdbc:sqlite:/home/parley/data/parley.db";

        assertEquals("/home/parley/data/secret", StoreUrls.beside("jdbc:postgresql://host/parley", usual, "secret"));
        assertEquals("/srv/secret", StoreUrls.beside("jdbc:sqlite:/srv/log.db", usual, "secret"));
        assertEquals("", StoreUrls.beside("memory:", usual, "secret"));
    }
}
