package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.store.CuttingProxy;
import chat.parley.store.Postgres;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database stores a message, and its answer is lost: everybody gets it once, and nobody is told what is not so. */
@Timeout(60)
class LostAnswerIT {

    private static final String APPEND = "append_1";

    @Test
    void duplicateIsSaidOfAResendAndOfNothingElse() throws Exception {
        String url = Postgres.NEW.schema();
        try (CuttingProxy proxy = new CuttingProxy(
                        URI.create(url.substring("jdbc:".length())).getPort());
                TestServer server = TestServer.with("parley.store.url", Postgres.by(url, proxy.address()))) {
            ChatClient anna = server.connect("anna");
            ChatClient bert = server.connect("bert");
            anna.join("lobby");
            bert.join("lobby");

            proxy.cut(APPEND, 1);
            anna.send(Wire.message("lobby", "one", "stored, and not answered"));
            JsonObject unknown = anna.seen().await(Wire.answer("one"));

            assertEquals("unavailable", unknown.getString("code"));
            assertTrue(unknown.getBoolean("temporary"));
            JsonObject live = bert.seen().await(Wire.type("message", "lobby"));
            assertEquals(1, live.getInt("seq"));

            anna.send(Wire.message("lobby", "one", "stored, and not answered"));
            JsonObject again = anna.seen().await(Wire.type("ack").and(Wire.answer("one")));
            assertTrue(again.getBoolean("duplicate"));
            assertEquals(1, again.getInt("seq"));

            // Whoever chose no id cannot send it again, and need not.
            proxy.cut(APPEND, 1);
            anna.send(Wire.request("message", "lobby")
                    .add("content", "without an id")
                    .build()
                    .toString());
            JsonObject first =
                    anna.seen().await(Wire.type("ack").and(ack -> ack.containsKey("seq") && ack.getInt("seq") == 2));
            assertFalse(first.containsKey("duplicate"));
            assertEquals(0, proxy.left());

            anna.say("lobby", "the end");
            assertEquals(List.of(1L, 2L, 3L), Wire.seqs(anna.get(Wire.request("history", "lobby"))));
            bert.seen().await(Wire.type("message", "lobby").and(event -> event.getInt("seq") == 3));
            assertEquals(3, bert.seen().all(Wire.type("message", "lobby")).size());
        }
    }
}
