package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.config.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file with the secret: made once, for its owner alone, and refused by name when it cannot be used. */
class SecretFileTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("new").resolve("parley.secret");
    }

    @Test
    void itIsMadeOnceAndReadAgain() throws Exception {
        byte[] made = key(file);

        assertEquals(KeyWrap.BYTES, made.length);
        assertArrayEquals(made, key(file));
        assertArrayEquals(
                made, Base64.getDecoder().decode(Files.readString(file).strip()));
        assertFalse(Base64.getEncoder()
                .encodeToString(made)
                .equals(Base64.getEncoder().encodeToString(new byte[32])));
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertEquals(1, all.count(), "nothing half-written stays");
        }
    }

    @Test
    void twoServersHaveTwoSecrets() {
        assertFalse(java.util.Arrays.equals(key(file), key(folder.resolve("other"))));
    }

    @Test
    void itIsForItsOwnerAlone() throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));

        key(file);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "AAAA", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void anythingElseInItIsRefusedAndStays(String content) throws Exception {
        Path path = Files.writeString(folder.resolve("secret"), content);

        String line = refusal(path);

        assertTrue(line.startsWith("parley.auth.secret-file = " + path + ": must hold"), line);
        assertEquals(content, Files.readString(path));
    }

    @Test
    void aLongFileIsNotReadToItsEnd() throws Exception {
        Path path = Files.writeString(folder.resolve("long"), "A".repeat(1_000_000));

        assertTrue(refusal(path).contains("must hold"));
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        key(file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("planted"));

        assertTrue(refusal(link).contains("no link"));
        assertTrue(refusal(nowhere).contains("no link"));
        assertFalse(Files.exists(folder.resolve("planted")));
    }

    @Test
    void whatCannotBeMadeIsRefusedInOneLine() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "x");

        String line = refusal(inTheWay.resolve("parley.secret"));

        assertTrue(line.startsWith("parley.auth.secret-file = "), line);
        assertEquals(1, line.lines().count());
        assertTrue(refusal(folder).contains("no link or folder"));
    }

    private static byte[] key(Path path) {
        return new SecretFile(path.toString()).key();
    }

    private static String refusal(Path path) {
        return String.valueOf(
                assertThrows(SettingsException.class, () -> key(path)).getMessage());
    }
}
