package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.SettingsLoader;
import chat.parley.relay.Redis;
import chat.parley.store.Postgres;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} over two servers of one log. */
class BenchNodesIT {

    @TempDir
    private static Path folder;

    private static EmbeddedJetty one;
    private static EmbeddedJetty two;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws IOException {
        String database = Postgres.NEW.schema();
        one = server(database);
        two = server(database);
    }

    @AfterAll
    static void stop() {
        one.stop();
        two.stop();
    }

    @Test
    void membersOfEachRoomAreAtBothAndGetEverything() {
        JsonObject report = bench("--rate", "50");

        JsonArray servers = report.getJsonArray("servers");
        assertEquals("all", report.getString("senders"));
        assertEquals(2, servers.size());
        for (JsonObject server : servers.getValuesAs(JsonObject.class)) {
            assertTrue(server.getJsonNumber("deliveriesPerSecond").doubleValue() > 0, server::toString);
            assertTrue(server.getJsonNumber("p50Millis").doubleValue() > 0, server::toString);
        }
        assertTrue(report.getInt("sent") > 0, report::toString);
        assertEquals(
                report.getInt("sent") * 10,
                report.getInt("deliveries"),
                "ten in each of two rooms, five at each server");
    }

    @Test
    void whatOnlyTheFirstSendsArrivesAtTheSecond() {
        JsonObject report = bench("--rate", "50", "--senders", "one");

        JsonObject second = report.getJsonArray("servers").getJsonObject(1);
        assertEquals("one", report.getString("senders"));
        assertEquals(uri(two), second.getString("url"));
        assertTrue(second.getJsonNumber("deliveriesPerSecond").doubleValue() > 0, second::toString);
    }

    @Test
    void theTableHasARowOfEach() {
        int code = run("--rate", "50");

        String table = out.toString(UTF_8);
        assertEquals(0, code, () -> table + err.toString(UTF_8));
        for (String row :
                new String[] {"server 1      " + uri(one), "server 2      " + uri(two), "server 2      p50 "}) {
            assertTrue(table.contains(row), table);
        }
    }

    private JsonObject bench(String... options) {
        String[] all = new String[options.length + 1];
        all[0] = "--json";
        System.arraycopy(options, 0, all, 1, options.length);
        int code = run(all);
        assertEquals(0, code, () -> out.toString(UTF_8) + err.toString(UTF_8));
        return Json.createReader(new StringReader(out.toString(UTF_8))).readObject();
    }

    private int run(String... options) {
        String[] usual = {"bench", "--connections=20", "--rooms=2", "--seconds=1", "--warmup=0", uri(one), uri(two)};
        String[] all = new String[usual.length + options.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(options, 0, all, usual.length, options.length);
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), all);
    }

    private static String uri(EmbeddedJetty server) {
        return "ws://" + server.uri().getAuthority() + "/chat";
    }

    private static EmbeddedJetty server(String database) throws IOException {
        return EmbeddedJetty.start(SettingsLoader.of(Map.of(
                "parley.port",
                "0",
                "parley.store.url",
                database,
                "parley.relay.url",
                Redis.url(),
                "parley.auth.secret-file",
                folder.resolve("secret").toString(),
                "parley.limits.guest-names-per-address",
                "0")));
    }
}
