package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.identity.OtherSystem;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People who come by a token of another user system, whose keys are fetched over a real network. */
class ExternalTokensIT {

    private static final OtherSystem other = new OtherSystem(Clock.systemUTC());
    private static final String FIRST = OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK());
    private static final String BOTH =
            OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK(), OtherSystem.SECOND.toPublicJWK());

    private static KeyServer keys;
    private static TestServer server;

    @BeforeAll
    static void start() {
        keys = new KeyServer(FIRST);
        server = started(keys);
    }

    @AfterAll
    static void stop() {
        server.close();
        keys.close();
    }

    @Test
    void aTokenOpensAConnectionThatEndsWithItUnlessAnotherRenewsIt() throws Exception {
        String name = server.newName("dora");
        long soon = (System.currentTimeMillis() / 1_000 + 2) * 1_000;
        String brief =
                other.token(OtherSystem.FIRST, "s-" + name, name, claims -> claims.expirationTime(new Date(soon)));
        RawClient chat = bearer(server, brief);
        RawClient unrenewed = bearer(server, brief);

        JsonObject welcome = chat.readUntil(Wire.type("welcome")).get(0);
        assertEquals(name, welcome.getString("sender"));
        assertFalse(welcome.containsKey("guest"), welcome::toString);
        assertFalse(welcome.containsKey("session"), welcome::toString);
        assertEquals(soon, welcome.getJsonNumber("expiresAt").longValue());

        chat.text(auth(other.token("s-" + server.newName("x"), server.newName("another"))));
        assertEquals("forbidden", chat.readUntil(Wire.answer("a")).get(0).getString("code"));
        chat.text(auth(other.token("s-" + name, name)));
        JsonObject ack = chat.readUntil(Wire.answer("a")).get(0);
        assertEquals("ack", ack.getString("type"), ack::toString);
        assertTrue(ack.getJsonNumber("expiresAt").longValue() > soon);

        assertEquals(4401, unrenewed.awaitClose().code());
        chat.text("{\"type\":\"ping\",\"id\":\"p\"}");
        chat.readUntil(Wire.answer("p"));
    }

    @Test
    void theSameTokenIsGoodOverHttpAndForATicket() {
        String name = server.newName("dora");
        String authorization = "Authorization: Bearer " + other.token("s-" + name, name);
        ApiClient api = new ApiClient(server);

        ApiClient.Answer who = api.who(authorization);
        assertEquals(200, who.status());
        assertEquals(name, who.body().getString("name"));
        assertFalse(who.body().getBoolean("guest"));
        assertFalse(who.body().containsKey("token"), "who has tokens of their own gets none");

        String ticket = api.send("POST", "tickets", "{}", authorization).body().getString("ticket");
        ChatClient chat = server.connectTo("?ticket=" + ticket, Subprotocol.SINGLE);
        assertEquals(name, chat.name());
        assertEquals(who.body().getJsonNumber("expiresAt"), chat.welcome().getJsonNumber("expiresAt"));

        assertEquals(
                "no_account",
                api.send("POST", "users/me/deletion", ApiClient.body("password", "x"), authorization)
                        .code());
        assertEquals(204, api.send("DELETE", "session", null, authorization).status());
        assertEquals(4401, chat.seen().awaitClose().code());
    }

    @Test
    void eachRefusalSaysWhatIsWrong() throws Exception {
        String name = server.newName("dora");
        RSAKey thief = OtherSystem.SECOND;
        String late = other.token(OtherSystem.FIRST, "s", name, claims -> claims.expirationTime(new Date(1_000)));
        String forMe = other.token(OtherSystem.FIRST, "s", name, claims -> claims.audience("other"));
        String forged = other.token("s", name) + "x";
        keys.change(FIRST);

        assertRefused(4401, "expired", late);
        assertRefused(4401, "somebody else", forMe);
        assertRefused(4401, "signature", forged);
        assertRefused(4400, "no spaces", other.token("s", "Dora Maar"));
        assertRefused(4409, "somebody else", other.token("s", accountName()));
        assertEquals("bad_name", who(other.token("s", "Dora Maar")).code());
        assertEquals("name_taken", who(other.token("s", accountName())).code());
        ApiClient.Answer expired = who(late);
        assertEquals("not_signed_in", expired.code());
        assertTrue(expired.body().getString("detail").contains("expired"), expired.body()::toString);

        RawClient first = bearer(server, other.token(thief, "s", name, claims -> {}));
        assertTrue(List.of(1013, 4401).contains(first.awaitClose().code()));
        Eventually.holds(
                "the set was fetched and the key is not in it",
                () -> who(other.token(thief, "s", name, claims -> {})).status() == 401);
    }

    @Test
    void aRotatedKeyWorksAtTheSecondTryAndNoKeyIsAskedForTwiceAMinute() {
        try (KeyServer rotating = new KeyServer(FIRST);
                TestServer fresh = started(rotating)) {
            assertEquals(200, who(fresh, other.token("s", "early-bird")).status());
            rotating.change(BOTH);
            String rotated = other.token(OtherSystem.SECOND, "s", "dora", claims -> {});

            ApiClient.Answer first = who(fresh, rotated);
            assertEquals(503, first.status());
            assertEquals("busy", first.code());
            assertEquals("1", first.header("Retry-After"));
            Eventually.holds("the set was fetched", () -> rotating.requests() == 2);
            Eventually.holds(
                    "the rotated key is there", () -> who(fresh, rotated).status() == 200);

            String unknown = other.token(OtherSystem.rsa("third"), "s", "dora", claims -> {});
            for (int i = 0; i < 20; i++) {
                assertEquals(401, who(fresh, unknown).status());
            }
            assertEquals(200, who(fresh, other.token("s", "dora")).status(), "the old key is still in the set");
            assertEquals(2, rotating.requests());
        }
    }

    @Test
    void whileTheKeysCannotBeFetchedThoseThereAreStayInUse() {
        try (KeyServer failing = new KeyServer(FIRST);
                LogWatch log = new LogWatch("chat.parley.identity.ExternalKeys");
                TestServer fresh = started(failing)) {
            assertEquals(200, who(fresh, other.token("s", "dora")).status());
            failing.answerWith(500);
            String unknown = other.token(OtherSystem.SECOND, "s", "dora", claims -> {});

            assertEquals(503, who(fresh, unknown).status());
            log.await(line -> line.contains("cannot be fetched") && line.contains("HTTP 500"));

            for (int i = 0; i < 20; i++) {
                assertEquals(503, who(fresh, unknown).status(), "whether the key is good is not known");
            }
            assertEquals(200, who(fresh, other.token("s", "dora")).status());
            assertEquals(1, log.lines().size(), log.lines()::toString);
        }
    }

    @Test
    void aServerStartsWithoutItsKeysAndTakesThemWhenTheyAreThere() {
        try (KeyServer failing = new KeyServer("<html>")) {
            String url = failing.url();
            try (TestServer fresh = TestServer.with(OtherSystem.settings("parley.auth.jwt.jwks-url", url))) {
                Eventually.holds("it was asked", () -> failing.requests() >= 1);
                assertEquals(503, who(fresh, other.token("s", "dora")).status());
                failing.change(FIRST);

                Eventually.holds(
                        "the keys are there",
                        () -> who(fresh, other.token("s", "dora")).status() == 200);
            }
        }
    }

    @Test
    void aGuestWhoHasTheNameGivesWay() throws Exception {
        String name = server.newName("dora");
        ChatClient guest = server.connectAs(name, Subprotocol.SINGLE);
        guest.welcome();
        guest.join("square");
        String token = other.token("s-" + name, name);

        bearer(server, token); // is let in, or told to try again, by how fast the guest goes

        assertEquals(4401, guest.seen().awaitClose().code());
        Eventually.holds("the guest has gone", () -> who(token).status() == 200);
        assertEquals(
                name,
                bearer(server, token).readUntil(Wire.type("welcome")).get(0).getString("sender"));
        assertEquals(
                4409,
                server.comeBack(name, guest.sessionSecret(), Subprotocol.SINGLE)
                        .seen()
                        .awaitClose()
                        .code());
        assertEquals(
                "name_taken",
                new ApiClient(server).signUp(name, "correct horse").code());
    }

    @Test
    void withoutAnotherSystemATokenOpensNothingAndNobodyIsAsked() throws Exception {
        try (TestServer plain = TestServer.with()) {
            assertEquals(
                    4401, bearer(plain, other.token("s", "dora")).awaitClose().code());
            assertEquals(401, who(plain, other.token("s", "dora")).status());
        }
    }

    private static TestServer started(KeyServer from) {
        TestServer started = TestServer.with(
                OtherSystem.settings("parley.auth.jwt.jwks-url", from.url(), "parley.auth.argon2.memory", "64KB"));
        Eventually.holds(
                "the keys are there",
                () -> who(started, other.token("s", "early-bird")).status() == 200);
        return started;
    }

    private static String accountName() {
        new ApiClient(server).signUp("alice", "correct horse");
        return "alice";
    }

    private static void assertRefused(int code, String why, String token) throws Exception {
        Seen.Close close = bearer(server, token).awaitClose();
        assertEquals(code, close.code());
        assertTrue(close.reason().contains(why), close.reason());
    }

    private static ApiClient.Answer who(String token) {
        return who(server, token);
    }

    private static ApiClient.Answer who(TestServer where, String token) {
        return new ApiClient(where).who("Authorization: Bearer " + token);
    }

    private static RawClient bearer(TestServer where, String token) {
        return where.closing(
                RawClient.connect(where.port(), "/chat", Subprotocol.SINGLE, "Authorization: Bearer " + token));
    }

    private static String auth(String token) {
        return Wire.request("auth").add("id", "a").add("content", token).build().toString();
    }
}
