package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose messages are in a file: what is still so after a restart, and what goes on while the file is away. */
class DurableIT {

    @TempDir
    private Path folder;

    private Path path;
    private TestServer server;

    @BeforeEach
    void start() {
        path = folder.resolve("parley.db");
        server = startServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    // ---- restart

    @Test
    void historySurvivesARestart() {
        ChatClient before = server.connect("alice");
        before.join("lobby");
        for (int i = 1; i <= 5; i++) {
            before.say("lobby", "before " + i);
        }
        List<JsonObject> live = before.seen().await(5, Wire.type("message"));

        restart();
        ChatClient after = server.connect("bob");
        JsonObject ack = after.join("lobby");

        assertEquals(5, ack.getInt("head"));
        JsonObject page = after.seen().await(Wire.type("history"));
        assertEquals(live, page.getJsonArray("messages").getValuesAs(JsonObject.class));
        assertEquals(6, after.say("lobby", "after").getInt("seq"));
    }

    @Test
    void aGuestIsTheSameSenderAfterARestart() {
        ChatClient before = server.connectAs("alice", Subprotocol.SINGLE);
        String secret = before.sessionSecret();
        before.join("lobby");
        before.send(Wire.message("lobby", "only-once", "x"));
        long seq = Wire.seq(before.seen().await(Wire.answer("only-once")));

        restart();
        ChatClient after = server.comeBack("alice", secret, Subprotocol.BATCH);
        after.join("lobby");
        after.send(Wire.message("lobby", "only-once", "x"));
        after.send(Wire.message("lobby", "new", "y"));

        JsonObject ack = after.seen().await(Wire.answer("only-once"));
        assertTrue(ack.getBoolean("duplicate", false), ack::toString);
        assertEquals(seq, Wire.seq(ack));
        assertEquals("alice", after.name());
        assertEquals(secret, after.sessionSecret());
        assertEquals("alice", after.seen().await(Wire.messageWith("new")).getString("sender"));
    }

    @Test
    void aGuestWhoWasConnectedWhenTheServerEndedIsTheSameToo() {
        ChatClient before = server.connectAs("alice", Subprotocol.SINGLE);
        String secret = before.sessionSecret();
        before.join("lobby");
        before.say("lobby", "x");

        server.stop();
        server.hangUp();
        server = startServer();
        ChatClient thief = server.connectAs("alice", Subprotocol.SINGLE);
        ChatClient after = server.comeBack("alice", secret, Subprotocol.SINGLE);

        assertEquals(4409, thief.seen().awaitClose().code());
        assertEquals("alice", after.name());
    }

    @Test
    void whoComesBackAfterARestartGetsExactlyWhatWasMissed() {
        ChatClient bob = server.connect("bob");
        String epoch = bob.join("lobby").getString("epoch");
        for (int i = 1; i <= 900; i++) {
            bob.send(Wire.message("lobby", "m" + i, "content " + i));
        }
        bob.seen().await(Wire.answer("m900"));

        restart();
        ChatClient alice = server.connect("alice", Subprotocol.BATCH);
        ChatClient writer = server.connect("writer");
        JsonObject ack = alice.resume("lobby", 100, epoch);
        writer.join("lobby");
        writer.say("lobby", "live");

        assertTrue(ack.getBoolean("recovered", false), ack::toString);
        assertEquals(900, ack.getInt("head"));
        List<JsonObject> messages = alice.seen().await(801, Wire.type("message"));
        assertEquals(Wire.range(101, 901), messages.stream().map(Wire::seq).toList());
        assertEquals("content 101", messages.get(0).getString("content"));
        assertEquals("live", messages.get(800).getString("content"));
        assertEquals(List.of(), alice.seen().all(Wire.type("history")));
    }

    // ---- outage

    @Test
    void whileTheFileIsAwayOnlyMessagesAreRefused() throws Exception {
        ChatClient alice = server.connect("alice");
        alice.join("lobby");
        alice.say("lobby", "before");
        Path away = folder.resolve("away.db");
        assertEquals(200, health("ready"));

        try (LogWatch log = new LogWatch("chat.parley.store.Outage")) {
            Files.move(path, away);
            Eventually.holds("not ready", () -> health("ready") == 503);
            assertEquals(200, health("live"));
            alice.send(Wire.message("lobby", "lost", "during"));
            JsonObject error = alice.seen().await(Wire.answer("lost"));
            assertEquals("unavailable", error.getString("code"));
            assertTrue(error.getBoolean("temporary"));

            ChatClient bob = server.connect("bob");
            bob.join("lobby");
            alice.seen().await(Wire.type("join", "lobby").and(Wire.from(bob.name())));
            assertEquals(List.of(1L), Wire.seqs(alice.get(Wire.request("history", "lobby"))));
            assertEquals(2, alice.members("lobby").getInt("count"));
            bob.get(Wire.request("leave", "lobby"));
            alice.seen().await(Wire.type("leave", "lobby").and(Wire.from(bob.name())));
            assertEquals(0, bob.join("never-used").getInt("head"));
            assertFalse(Files.exists(path), "a new file was made");

            Files.move(away, path);
            Eventually.holds("ready again", () -> health("ready") == 200);
            alice.send(Wire.message("lobby", "lost", "during"));
            assertEquals(2, Wire.seq(alice.seen().await(Wire.type("ack").and(Wire.answer("lost")))));
            assertEquals(3, alice.say("lobby", "after").getInt("seq"));
            assertEquals(2, log.lines().size(), () -> String.valueOf(log.lines()));
        }
    }

    @Test
    void aGuestWhoCameDuringTheOutageIsKnownAfterARestart() throws Exception {
        Path away = folder.resolve("away.db");
        ChatClient alice;
        try (LogWatch quiet = new LogWatch("chat.parley.store.Outage")) {
            Files.move(path, away);
            Eventually.holds("not ready", () -> health("ready") == 503);
            alice = server.connectAs("alice", Subprotocol.SINGLE);
            alice.welcome();
            Files.move(away, path);
            quiet.await(line -> line.contains("can be written again"));
        }
        String secret = alice.sessionSecret();
        alice.join("lobby");
        alice.say("lobby", "x");

        restart();
        ChatClient after = server.comeBack("alice", secret, Subprotocol.SINGLE);

        assertEquals(secret, after.sessionSecret());
    }

    private TestServer startServer() {
        return TestServer.with("parley.store.url", "jdbc:sqlite:" + path, "parley.drain", "0s");
    }

    private void restart() {
        server.close();
        server = startServer();
    }

    private int health(String what) {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri().resolve("/health/" + what)).build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
