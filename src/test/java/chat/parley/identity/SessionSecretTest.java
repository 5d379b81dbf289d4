package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSecretTest {

    private static final String KEY = "0123456789abcDE-";
    private static final String SECRET = "0123456789abcdefghijklmnopqrST_-";

    @Test
    void whatIsMadeIsReadAgain() {
        SessionSecret made = SessionSecret.make(new SecureRandom());

        SessionSecret read = Objects.requireNonNull(SessionSecret.parse(made.reveal()));

        assertEquals(made.key(), read.key());
        assertTrue(read.matches(made.hash()));
    }

    @Test
    void everyLetterOfItsAlphabetIsTaken() {
        assertEquals(
                KEY,
                Objects.requireNonNull(SessionSecret.parse(KEY + "." + SECRET)).key());
    }

    /** PostgreSQL refuses the whole statement for a NUL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0.b",
                "a.b",
                "",
                ".",
                "\0" + "123456789abcDE-." + SECRET,
                KEY + "." + "\0" + "123456789abcdefghijklmnopqrST_-",
                "\ud800" + "123456789abcDE-." + SECRET,
                KEY + SECRET,
                KEY + "." + SECRET + "x",
                KEY + "x." + SECRET,
                KEY + "." + SECRET + "\n",
                KEY + "." + SECRET + "." + SECRET,
            })
    void nothingElseIsOne(String brought) {
        assertNull(SessionSecret.parse(brought));
    }
}
