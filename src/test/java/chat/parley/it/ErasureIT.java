package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of what somebody said when their account is deleted: also in rooms that hold it in memory. */
class ErasureIT {

    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"none,memory", "content,memory", "none,sqlite", "content,sqlite"})
    void itStaysUnderAnotherNameAndIsEmptiedIfThatWasAsked(String erasure, String store) {
        try (TestServer server = TestServer.with(
                "parley.erasure",
                erasure,
                "parley.store.url",
                store.equals("memory") ? "memory:" : "jdbc:sqlite:" + folder.resolve("parley.db"),
                "parley.auth.argon2.memory",
                "64KB",
                "parley.auth.argon2.iterations",
                "1")) {
            ApiClient browser = new ApiClient(server);
            assertEquals(201, browser.signUp("wilma", PASSWORD).status());
            ChatClient wilma = server.connectTo("?ticket=" + browser.ticket(), Subprotocol.SINGLE);
            ChatClient fred = server.connectAs("fred", Subprotocol.SINGLE);
            fred.join("den");
            wilma.join("den");
            wilma.say("den", "my secret");
            fred.say("den", "my own");

            assertEquals(
                    204,
                    browser.send("POST", "users/me/deletion", ApiClient.body("password", PASSWORD))
                            .status());

            String hers = erasure.equals("content") ? "" : "my secret";
            Eventually.holds(
                    () -> "she said " + log(server),
                    () -> isTombstoned(log(server).get(0), hers));
            List<JsonObject> log = log(server);
            assertEquals(2, log.size());
            assertEquals(1, log.get(0).getJsonNumber("seq").longValue());
            assertEquals("fred", log.get(1).getString("sender"));
            assertEquals("my own", log.get(1).getString("content"));
            fred.say("den", "still here");
            assertTrue(log(server).get(0).getString("sender").startsWith("deleted-"));
        }
    }

    private static boolean isTombstoned(JsonObject message, String content) {
        return message.getString("sender").startsWith("deleted-")
                && message.getString("content").equals(content);
    }

    /** What somebody who comes now gets to read. */
    private static List<JsonObject> log(TestServer server) {
        try (ChatClient reader = server.connect("reader")) {
            reader.join("den");
            return reader.get(Wire.request("history", "den"))
                    .getJsonArray("messages")
                    .getValuesAs(JsonObject.class);
        }
    }
}
