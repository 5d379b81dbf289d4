package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key set of another user system that is not there: one line, and no server. */
class KeyFileRefusedTest {

    @Test
    void aFileOfKeysThatIsNotThereIsOneLineAndExitCodeTwo(@TempDir Path folder) {
        Path file = folder.resolve("keys.json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = Main.run(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "--port=0",
                "--set=parley.store.url=memory:",
                "--set=parley.auth.jwt.issuer=https://sso.example.org",
                "--set=parley.auth.jwt.audience=parley",
                "--set=parley.auth.jwt.jwks-file=" + file);

        assertEquals(2, code, err.toString(UTF_8));
        assertEquals("", out.toString(UTF_8));
        assertEquals(1, err.toString(UTF_8).lines().count(), err.toString(UTF_8));
        assertTrue(err.toString(UTF_8).startsWith("parley: parley.auth.jwt.jwks-file = " + file), err.toString(UTF_8));
    }
}
