package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.SettingTable;
import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.store.MessageStore;
import chat.parley.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line answers without a server; {@link MainIT} has the rest. */
class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void versionIsTheBuilds() {
        assertEquals(0, run("--version"));

        assertTrue(out.toString(UTF_8).matches("Parley \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R"), out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, run("--help"));

        for (String option : new String[] {"--host", "--port", "--config", "--set", "--help-config", "--version"}) {
            assertTrue(out.toString(UTF_8).contains(option), option);
        }
    }

    @Test
    void helpConfigIsTheTable() {
        assertEquals(0, run("--help-config"));

        assertEquals(SettingTable.markdown(), out.toString(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --prot        | parley: Unknown option: '--prot' (--help tells the options)
                    extra         | parley: Unmatched argument at index 0: 'extra' (--help tells the options)
                    --port        | parley: Missing required parameter for option '--port' (PORT) (--help tells the options)
                    @file         | parley: Unmatched argument at index 0: '@file' (--help tells the options)
                    """)
    void aBadOptionIsOneLineAndExitCodeTwo(String argument, String line) {
        assertEquals(2, run(argument));

        assertEquals(line + System.lineSeparator(), err.toString(UTF_8));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void aSecretThatCannotBeUsedIsOneLineAndExitCodeTwo(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "not one");

        int code = run(
                "--port", "0",
                "--set", "parley.store.url=jdbc:sqlite:" + folder.resolve("parley.db"),
                "--set", "parley.auth.secret-file=" + secret);

        assertEquals(2, code);
        assertEquals(
                "parley: parley.auth.secret-file = " + secret
                        + ": must hold 32 random bytes in base64 and nothing else; remove it, and another is made"
                        + System.lineSeparator(),
                err.toString(UTF_8));
        assertEquals("not one", Files.readString(secret));
    }

    @Test
    void newEpochGivesTheLogAnother(@TempDir Path folder) throws Exception {
        Settings.Store settings = SettingsLoader.of(
                        Map.of("parley.store.url", "jdbc:sqlite:" + folder.resolve("parley.db")))
                .store();
        String before;
        try (MessageStore store = Stores.open(settings, Clock.systemUTC())) {
            before = store.epoch();
        }

        assertEquals(0, run("new-epoch", "--set", "parley.store.url=" + settings.url()), err.toString(UTF_8));

        try (MessageStore store = Stores.open(settings, Clock.systemUTC())) {
            assertEquals(
                    "the log has the epoch " + store.epoch() + " now" + System.lineSeparator(), out.toString(UTF_8));
        }
    }

    @Test
    void newEpochOfNoLogIsOneLineAndExitCodeTwo(@TempDir Path folder) {
        Path missing = folder.resolve("parley.db");

        assertEquals(2, run("new-epoch", "--set", "parley.store.url=jdbc:sqlite:" + missing));
        assertEquals(2, run("new-epoch", "--set", "parley.store.url=memory:"));

        assertEquals(2, err.toString(UTF_8).lines().count());
        assertTrue(Files.notExists(missing));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsOneLineAndExitCodeOne(@TempDir Path folder) {
        int code = run(
                "--port", "0",
                "--set", "parley.store.url=jdbc:postgresql://localhost:1/parley",
                "--set", "parley.store.patience=0s",
                "--set", "parley.auth.secret-file=" + folder.resolve("secret"));

        assertEquals(1, code, "who started it may try again");
        assertTrue(err.toString(UTF_8)
                .startsWith("parley: the database postgresql://localhost:1/parley cannot be used: "));
        assertEquals(1, err.toString(UTF_8).lines().count());
    }

    @Test
    void anOptionGoesBeforeTheSameThingSet() {
        ServerOptions options = new ServerOptions();

        options.parse("--set", "parley.port=1", "--port", "2", "--set=parley.origins=", "--set", "parley.hosts=a=b");

        assertEquals("2", options.overrides().get("parley.port"));
        assertEquals("", options.overrides().get("parley.origins"));
        assertEquals("a=b", options.overrides().get("parley.hosts"));
    }

    private int run(String... arguments) {
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }
}
