package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.crash.ServerProcess;
import chat.parley.store.Postgres;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One server over a PostgreSQL is stopped or killed, in a process of its own, while another goes on. */
@Timeout(120)
class LostNodeIT {

    private static final String CODE = "a-code-of-sixteen-or-more";

    @TempDir
    private Path folder;

    private TestServer one;
    private ServerProcess two;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("parley.store.url", Postgres.NEW.schema());
        settings.put("parley.auth.secret-file", folder.resolve("secret").toString());
        settings.put("parley.admins", "boss");
        settings.put("parley.admins.code", CODE);
        settings.put("parley.auth.argon2.memory", "64KB");
        settings.put("parley.auth.argon2.iterations", "1");
        one = TestServer.with(settings.entrySet().stream()
                .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                .toArray(String[]::new));
        port = ServerProcess.port();
        two = ServerProcess.with(port, folder, settings);
    }

    @AfterEach
    void stop() {
        two.close();
        one.close();
    }

    @Test
    void whoWasBannedWhileAServerSleptSaysNothingThere() throws Exception {
        Moderator boss = Moderator.signUp(one, "boss", CODE);
        String room = "den";
        ChatClient witness = one.connect("witness");
        witness.join(room);
        ChatClient troll = onTwo("?name=troll");
        troll.join(room);
        troll.say(room, "before");
        witness.seen().await(Wire.type("message", room));

        two.standStill(true);
        for (int i = 0; i < 20; i++) {
            troll.ask(Wire.request("message", room).add("content", "after " + i));
        }
        assertEquals(201, boss.post("bans", "user", "troll", "reason", "enough").status());
        TimeUnit.SECONDS.sleep(5); // as long as it sleeps; nothing is waited for
        two.standStill(false);

        assertEquals(new Seen.Close(4403, "enough"), troll.seen().awaitClose());
        witness.say(room, "it is quiet");
        assertEquals(
                List.of("before", "it is quiet"),
                witness.seen().await(2, Wire.type("message", room)).stream()
                        .map(event -> event.getString("content"))
                        .toList());
    }

    @Test
    void whoSignedOutWhileAServerSleptGetsNothingThereByHttp() throws Exception {
        ApiClient browser = new ApiClient(one);
        assertEquals(201, browser.signUp("bert", "correct horse").status());
        HttpRequest ticket = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/tickets"))
                .header("Cookie", ApiClient.COOKIE + "=" + browser.cookie())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> before = http.send(ticket, HttpResponse.BodyHandlers.ofString());
        assertEquals(2, before.statusCode() / 100, before::body);

        two.standStill(true);
        CompletableFuture<HttpResponse<String>> asked = http.sendAsync(ticket, HttpResponse.BodyHandlers.ofString());
        assertEquals(204, browser.send("DELETE", "session", null).status());
        TimeUnit.SECONDS.sleep(5); // as long as it sleeps; nothing is waited for
        two.standStill(false);

        HttpResponse<String> after = asked.get(60, TimeUnit.SECONDS);
        assertEquals(401, after.statusCode(), after::body);
    }

    @Test
    void whoDidNothingGoesOnWhenTheServerWakes() throws Exception {
        String room = "den";
        ChatClient witness = one.connect("witness");
        witness.join(room);
        ChatClient sleeper = onTwo("?name=sleeper");
        sleeper.join(room);

        two.standStill(true);
        String asked = sleeper.ask(Wire.request("message", room).add("content", "still here"));
        witness.say(room, "meanwhile");
        TimeUnit.SECONDS.sleep(5); // as long as it sleeps; nothing is waited for
        two.standStill(false);

        JsonObject answer = sleeper.seen().await(Wire.answer(asked));
        assertEquals("ack", answer.getString("type"), answer::toString);
        assertEquals(
                List.of("meanwhile", "still here"),
                sleeper.seen().await(2, Wire.type("message", room)).stream()
                        .map(event -> event.getString("content"))
                        .toList());
    }

    @Test
    void theGuestsOfAServerThatWasKilledComeBackOnTheOther() throws Exception {
        ChatClient gina = onTwo("?name=gina");
        String secret = gina.sessionSecret();

        two.kill();

        assertEquals(
                4409,
                one.connectAs("gina", Subprotocol.SINGLE).seen().awaitClose().code());
        ChatClient back = one.comeBack("gina", secret, Subprotocol.SINGLE);
        assertEquals("gina", back.name());
        assertEquals(secret, back.sessionSecret());
    }

    private ChatClient onTwo(String query) {
        return one.closing(
                ChatClient.connect(URI.create("ws://localhost:" + port + "/chat" + query), Subprotocol.SINGLE));
    }
}
