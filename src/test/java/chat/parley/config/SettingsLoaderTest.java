package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {

    private static final Map<String, String> NONE = Map.of();

    @TempDir
    Path folder;

    @Test
    void withoutAnyWordTheDefaultsHold() {
        Settings settings = SettingsLoader.of(NONE);

        assertEquals(new Settings.Http("localhost", 8080, List.of(), List.of()), settings.http());
        assertEquals(4096, settings.rooms().ring());
        assertEquals(1 << 20, settings.rooms().ringBytes());
        assertEquals(Duration.ofSeconds(60), settings.rooms().idle());
        assertEquals(new Settings.Limits(4096, 3072, 100, 10, 0, 20_000, 100_000, 20, 200, 1 << 20), settings.limits());
        assertEquals(new Settings.Heartbeat(Duration.ofSeconds(54), Duration.ofSeconds(60)), settings.heartbeat());
        assertEquals(10_000, settings.store().queue());
        assertEquals(10_000, settings.store().memoryMessages());
        assertEquals(Duration.ofSeconds(5), settings.presence().linger());
        assertEquals(Duration.ofSeconds(5), settings.drain());
        assertEquals(Duration.ofHours(1), settings.guests().reserve());
        assertEquals(new Settings.Log("auto", "info"), settings.log());
    }

    @Test
    void zeroIsResolvedWhereItMeansAsMuchAsThereIs() {
        Settings settings =
                SettingsLoader.of(Map.of("parley.limits.frame-bytes", "0", "parley.limits.content-bytes", "0"));

        assertEquals(Runtime.getRuntime().maxMemory() / 4, settings.rooms().memoryBytes());
        assertEquals(Runtime.getRuntime().maxMemory() / 4, settings.store().memoryBytes());
        assertEquals(Runtime.getRuntime().availableProcessors(), settings.send().threads());
        assertEquals(65536, settings.limits().frameBytes());
        assertEquals(15 * 1024, settings.limits().contentBytes());
    }

    @Test
    void whoStandsNearerToTheCommandLineWins() throws IOException {
        Path file = file("parley.port=1\nparley.rooms.ring=1001\nparley.store.queue=1001\nparley.drain=1s\n");
        Map<String, String> environment =
                Map.of("PARLEY_PORT", "2", "PARLEY_ROOMS_RING", "1002", "PARLEY_STORE_QUEUE", "1002");
        Map<String, String> properties = Map.of("parley.port", "3", "parley.rooms.ring", "1003");
        Map<String, String> overrides = Map.of("parley.port", "4");

        Settings settings =
                SettingsLoader.load(overrides, properties, environment, file).settings();

        assertEquals(4, settings.http().port());
        assertEquals(1003, settings.rooms().ring());
        assertEquals(1002, settings.store().queue());
        assertEquals(Duration.ofSeconds(1), settings.drain());
    }

    @Test
    void everyKeyHasAVariable() {
        for (Setting setting : Setting.values()) {
            String wrong = "no value at all\u0000";

            SettingsException refusal = assertThrows(
                    SettingsException.class,
                    () -> SettingsLoader.load(NONE, NONE, Map.of(setting.variable(), wrong), null));

            assertTrue(refusal.getMessage().startsWith(setting.key() + " = "), refusal.getMessage());
            assertTrue(refusal.getMessage().endsWith("(from environment variable " + setting.variable() + ")"));
        }
    }

    @Test
    void listsAreSplitAtCommas() {
        Settings settings = SettingsLoader.of(Map.of(
                "parley.hosts",
                " Chat.example.org,, 10.0.0.1 ,[2001:DB8::5],2001:db8:0::5",
                "parley.origins",
                "https://a.example,https://b.example"));

        assertEquals(
                List.of("chat.example.org", "10.0.0.1", "2001:db8::5"),
                settings.http().hosts());
        assertEquals(
                List.of("https://a.example", "https://b.example"),
                settings.http().origins());
    }

    @Test
    void nothingIsExpandedInAValue() {
        SettingsException refusal =
                assertThrows(SettingsException.class, () -> SettingsLoader.of(Map.of("parley.host", "${user.home}")));

        assertTrue(refusal.getMessage().startsWith("parley.host = ${user.home}: "), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    parley.port                  | 65536 | parley.port = 65536: must be a whole number from 0 to 65535 (from command line)
                    parley.rooms.ring            | 255   | parley.rooms.ring = 255: must be a whole number from 256 to 1048576 (from command line)
                    parley.rooms.idle            | 60    | parley.rooms.idle = 60: lacks its unit: write 60s for seconds or 60ms for milliseconds (from command line)
                    parley.rooms.idle            | 31d   | parley.rooms.idle = 31d: must be from 0s to 30d (from command line)
                    parley.limits.rooms          | -1    | parley.limits.rooms = -1: must be a whole number from 1 up, or 0 for no limit (from command line)
                    parley.limits.burst          | 4     | parley.limits.burst = 4: must be a whole number from 5 up, or 0 for no limit (from command line)
                    parley.limits.frame-bytes    | 255   | parley.limits.frame-bytes = 255: must be 0 or from 256 to 65536 bytes (from command line)
                    parley.limits.content-bytes  | 4033  | parley.limits.content-bytes = 4033: a frame of 4096 bytes (parley.limits.frame-bytes) carries at most 4032, so lower this too (from command line)
                    parley.heartbeat.ping        | 60s   | parley.heartbeat.ping = 60s: must be shorter than parley.heartbeat.timeout, which is 60s (from command line)
                    parley.heartbeat.timeout     | 54s   | parley.heartbeat.ping = 54s: must be shorter than parley.heartbeat.timeout, which is 54s (from default)
                    parley.log.format            | xml   | parley.log.format = xml: must be one of auto, text, json (from command line)
                    parley.prot                  | 80    | parley.prot: no such setting; did you mean parley.port? (from command line)
                    """)
    void aRefusalIsOneLineThatNamesKeyValueReasonAndOrigin(String key, String value, String line) {
        SettingsException refusal = assertThrows(SettingsException.class, () -> SettingsLoader.of(Map.of(key, value)));

        assertEquals(line, refusal.getMessage());
    }

    @Test
    void anUnknownKeyInAFileIsRefusedAndAForeignOneWarnedOf() throws IOException {
        Path wrong = file("parley.rooms.rings=1000\n");
        SettingsException refusal =
                assertThrows(SettingsException.class, () -> SettingsLoader.load(NONE, NONE, NONE, wrong));
        assertEquals(
                "parley.rooms.rings: no such setting; did you mean parley.rooms.ring? (from " + wrong + ")",
                refusal.getMessage());

        Path foreign = file("rooms.ring=1000\n");
        assertEquals(
                List.of("rooms.ring: not a setting of Parley, ignored (from " + foreign + ")"),
                SettingsLoader.load(NONE, NONE, NONE, foreign).warnings());
    }

    @Test
    void anUnknownSystemPropertyOfOursIsRefused() {
        Map<String, String> properties = Map.of("java.home", "/", "parley.test.x", "1", "parley.hots", "x");

        SettingsException refusal =
                assertThrows(SettingsException.class, () -> SettingsLoader.load(NONE, properties, NONE, null));

        assertEquals(
                "parley.hots: no such setting; did you mean parley.hosts? (from system property)",
                refusal.getMessage());
    }

    @Test
    void aContextParameterIsRefusedUnderThatName() {
        SettingsException refusal = assertThrows(
                SettingsException.class,
                () -> SettingsLoader.loadInContainer(Map.of("parley.port", "http"), "/parley"));

        assertEquals(
                "parley.port = http: must be a whole number from 0 to 65535 (from context parameter)",
                refusal.getMessage());
    }

    @Test
    void inAWarTheStoreIsInTheHomeOfWhoRunsTheServer() {
        String url = SettingsLoader.loadInContainer(NONE, "/team/chat")
                .settings()
                .store()
                .url();

        assertEquals("jdbc:sqlite:" + System.getProperty("user.home") + "/.parley/team%2Fchat/parley.db", url);
        assertEquals(
                "memory:",
                SettingsLoader.loadInContainer(Map.of("parley.store.url", "memory:"), "/team/chat")
                        .settings()
                        .store()
                        .url());
    }

    @Test
    void inAWarWhoHasNoHomeMustSayWhereTheStoreIs() {
        SettingsException refusal =
                assertThrows(SettingsException.class, () -> SettingsLoader.loadInContainer(NONE, "/parley", "?"));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith("parley.store.url: must be set"));
        assertEquals(
                "jdbc:sqlite:/var/lib/parley/parley.db",
                SettingsLoader.loadInContainer(
                                Map.of("parley.store.url", "jdbc:sqlite:/var/lib/parley/parley.db"), "/parley", "?")
                        .settings()
                        .store()
                        .url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://example.org/x", "rmi:x", "LDAP:x"})
    void aNameThatStrangersAnswerForIsNoDataSource(String name) {
        assertThrows(SettingsException.class, () -> SettingsLoader.of(Map.of("parley.store.jndi", name)));
    }

    @Test
    void aDataSourceIsNotInMemory() {
        Settings.Store store = SettingsLoader.of(Map.of("parley.store.jndi", "java:comp/env/jdbc/parley"))
                .store();

        assertEquals("java:comp/env/jdbc/parley", store.name());
        assertFalse(store.isInMemory());
        assertThrows(
                SettingsException.class,
                () -> SettingsLoader.of(Map.of("parley.store.jndi", "jdbc/parley", "parley.store.url", "memory:")));
    }

    @Test
    void anUnknownVariableIsOnlyWarnedOf() {
        Map<String, String> environment = Map.of("PARLEY_PROT", "1", "PARLEY_TEST_X", "1", "PATH", "/bin");

        assertEquals(
                List.of("PARLEY_PROT: no such setting, ignored; did you mean PARLEY_PORT? (from environment variable)"),
                SettingsLoader.load(NONE, NONE, environment, null).warnings());
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithTheReason() throws IOException {
        Path missing = folder.resolve("missing.properties");
        Path latin = folder.resolve("latin.properties");
        Files.write(latin, new byte[] {'#', (byte) 0xe4, '\n'});

        assertEquals("cannot read the settings in " + missing + ": no such file", refusal(missing));
        assertEquals("cannot read the settings in " + folder + ": a directory", refusal(folder));
        assertEquals("cannot read the settings in " + latin + ": not UTF-8", refusal(latin));
        assertEquals("cannot read the settings in " + file("a=\\u00") + ": a bad \\u escape", refusal(file("a=\\u00")));
    }

    private String refusal(Path file) {
        return assertThrows(SettingsException.class, () -> SettingsLoader.load(NONE, NONE, NONE, file))
                .getMessage();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("parley.properties"), content);
    }
}
