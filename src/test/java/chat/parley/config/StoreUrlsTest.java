package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"memory:", "jdbc:sqlite:data/parley.db", "jdbc:sqlite:/var/lib/parley/log", "jdbc:sqlite:a b.db"
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
                "jdbc:mysql://localhost/parley"
            })
    void whatNamesNoneIsRefusedWithAReason(String written) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> StoreUrls.parse(written));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith("must "), refusal::getMessage);
    }
}
