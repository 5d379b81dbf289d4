package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.relay.Redis;
import chat.parley.store.CuttingProxy;
import chat.parley.store.Postgres;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers over one PostgreSQL have the same people, whether a Redis hurries what they tell each other or not. */
@Timeout(120)
class PeopleOnNodesIT {

    private static final String PASSWORD = "correct horse";
    private static final String CODE = "a-code-of-sixteen-or-more";

    @TempDir
    static Path folder;

    private static CuttingProxy redis;
    private static TestServer one;
    private static TestServer two;
    private static Moderator boss;

    @BeforeAll
    static void start() throws Exception {
        redis = new CuttingProxy(Redis.port());
        String database = Postgres.NEW.schema();
        one = node(database);
        two = node(database);
        boss = Moderator.signUp(one, "boss", CODE);
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        redis.close();
    }

    @AfterEach
    void hangUp() throws Exception {
        redis.goAway(false);
        one.hangUp();
        two.hangUp();
    }

    // ---- accounts

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSignsUpOnOneIsKnownOnTheOther(boolean hurried) throws Exception {
        redis.goAway(!hurried);
        String name = one.newName("anna");
        ApiClient browser = new ApiClient(one);
        assertEquals(201, browser.signUp(name, PASSWORD).status());

        ApiClient other = on(two, browser);

        Eventually.holds("known on two", () -> other.who().status() == 200);
        assertEquals(
                name,
                two.connectTo("?ticket=" + other.ticket(), Subprotocol.SINGLE).name());
        assertEquals("name_taken", new ApiClient(two).signUp(name, PASSWORD).code());
        assertEquals(
                4409,
                two.connectAs(name, Subprotocol.SINGLE).seen().awaitClose().code());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSignsOutOnOneIsOutOnTheOther(boolean hurried) throws Exception {
        redis.goAway(!hurried);
        ApiClient browser = signedUp("bert");
        ApiClient other = on(two, browser);
        Eventually.holds("known on two", () -> other.who().status() == 200);
        ChatClient there = two.connectTo("?ticket=" + other.ticket(), Subprotocol.SINGLE);
        there.fence();

        assertEquals(204, browser.send("DELETE", "session", null).status());

        assertEquals(4401, there.seen().awaitClose().code());
        assertEquals(401, other.who().status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherPasswordEndsAllSessionsButTheNewOne(boolean hurried) throws Exception {
        redis.goAway(!hurried);
        String name = one.newName("carl");
        ApiClient browser = new ApiClient(one);
        browser.signUp(name, PASSWORD);
        ApiClient phone = new ApiClient(two);
        Eventually.holds("known on two", () -> phone.signIn(name, PASSWORD).status() == 200);
        ChatClient there = two.connectTo("?ticket=" + phone.ticket(), Subprotocol.SINGLE);
        there.fence();

        assertEquals(
                200,
                browser.send(
                                "POST",
                                "session/password",
                                ApiClient.body("password", PASSWORD, "newPassword", "battery staple"))
                        .status());

        assertEquals(4401, there.seen().awaitClose().code());
        assertEquals(401, phone.who().status());
        ApiClient moved = on(two, browser);
        Eventually.holds("the new session is known on two", () -> moved.who().status() == 200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatADeletedAccountSaidIsEmptiedInTheMemoryOfTheOther(boolean hurried) throws Exception {
        redis.goAway(!hurried);
        String room = one.newName("den");
        ApiClient browser = signedUp("wilma");
        ChatClient wilma = one.connectTo("?ticket=" + browser.ticket(), Subprotocol.SINGLE);
        ChatClient fred = two.connect("fred");
        fred.join(room);
        wilma.join(room);
        wilma.say(room, "my secret");
        fred.seen().await(Wire.type("message", room));

        assertEquals(
                204,
                browser.send("POST", "users/me/deletion", ApiClient.body("password", PASSWORD))
                        .status());

        assertEquals(4401, wilma.seen().awaitClose().code());
        Eventually.holds(() -> "she said " + newest(two, room), () -> {
            JsonObject said = newest(two, room);
            return said.getString("sender").startsWith("deleted-")
                    && said.getString("content").isEmpty();
        });
    }

    // ---- guests

    @Test
    void ofAllWhoWantOneNameAtTheSameTimeOneGetsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int race = 0; race < 30; race++) {
                String name = one.newName("rival");
                List<Callable<Boolean>> rivals = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    TestServer server = i % 2 == 0 ? one : two;
                    rivals.add(() -> isIn(server.connectAs(name, Subprotocol.SINGLE)));
                }
                int in = 0;
                for (Future<Boolean> rival : threads.invokeAll(rivals)) {
                    in += rival.get() ? 1 : 0;
                }
                assertEquals(1, in, "have the name " + name);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aGuestIsTheSameOnTheOther() {
        ChatClient here = one.connect("gina");
        String room = one.newName("lounge");
        here.join(room);

        ChatClient there = two.comeBack(here.name(), here.sessionSecret(), Subprotocol.SINGLE);

        assertEquals(here.name(), there.name());
        there.join(room);
        there.say(room, "from the other");
        here.seen().await(Wire.type("message", room).and(Wire.from(here.name())));
        here.close();
        assertEquals(
                4409,
                one.connectAs(here.name(), Subprotocol.SINGLE)
                        .seen()
                        .awaitClose()
                        .code());
    }

    @Test
    void whoSignsUpUnderTheNameOfAGuestOfTheOtherIsRefused() {
        ChatClient guest = two.connect("hans");
        guest.fence();

        assertEquals(
                "name_taken", new ApiClient(one).signUp(guest.name(), PASSWORD).code());

        ChatClient here = one.comeBack(guest.name(), guest.sessionSecret(), Subprotocol.SINGLE);
        assertEquals(guest.name(), here.name(), "and the guest is none the worse for it");
    }

    @Test
    void aGuestWhoSignsUpIsNoGuestOnTheOther() {
        ApiClient browser = new ApiClient(one);
        String name = one.newName("ida");
        assertEquals(200, browser.comeAsGuest(name).status());
        ChatClient there = two.comeBack(name, browser.cookie(), Subprotocol.SINGLE);
        assertEquals(name, there.name());

        assertEquals(201, browser.signUp(name, PASSWORD).status());

        assertEquals(4401, there.seen().awaitClose().code());
    }

    @Test
    void aGuestWhoSignedOutIsNobodyOnTheOtherFromThenOn() throws Exception {
        for (int i = 0; i < 10; i++) {
            ApiClient browser = new ApiClient(one);
            assertEquals(200, browser.comeAsGuest(one.newName("jane")).status());
            String secret = browser.cookie();
            ApiClient other = new ApiClient(two);
            other.useCookie(secret);
            assertEquals(200, other.who().status());

            assertEquals(204, browser.send("DELETE", "session", null).status());

            other.useCookie(secret);
            assertEquals(401, other.who().status());
        }
    }

    @Test
    void aGuestWhoIsBannedOnOneIsOutOnTheOther() {
        ChatClient guest = two.connect("pest");
        guest.fence();

        assertEquals(
                201, boss.post("bans", "user", guest.name(), "reason", "pest").status());

        assertEquals(new Seen.Close(4403, "pest"), guest.seen().awaitClose());
        ChatClient back = two.comeBack(guest.name(), guest.sessionSecret(), Subprotocol.SINGLE);
        assertEquals(4403, back.seen().awaitClose().code());
    }

    @Test
    void whatIsSaidBeforeTheWelcomeIsHeardAfterIt() throws Exception {
        String room = one.newName("early");
        RawClient hasty = one.raw("hasty", Subprotocol.SINGLE);
        hasty.text("{\"type\":\"join\",\"id\":\"a\",\"room\":\"" + room + "\"}");
        hasty.text("{\"type\":\"message\",\"id\":\"b\",\"room\":\"" + room + "\",\"content\":\"hello\"}");

        List<JsonObject> seen = hasty.readUntil(Wire.type("ack").and(Wire.answer("b")));

        assertEquals("welcome", seen.get(0).getString("type"));
        assertEquals(1, seen.get(seen.size() - 1).getInt("seq"));
    }

    /** PostgreSQL does not take a NUL, and refuses all who are asked for together with it. */
    @Test
    void nobodyIsTurnedAwayForWhatSomebodyElseBrings() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            String poison = "%00" + "a".repeat(15) + "." + "b".repeat(32);
            List<Callable<Boolean>> coming = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String query = switch (i % 3) {
                    case 0 -> "?session=%00.b";
                    case 1 -> "?session=" + poison;
                    default -> "?name=" + one.newName("good");
                };
                coming.add(() -> isIn(one.connectTo(query, Subprotocol.SINGLE)));
            }
            for (Future<Boolean> each : threads.invokeAll(coming)) {
                assertTrue(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- tickets

    @Test
    void aTicketOpensOneConnectionOnWhateverServer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            ApiClient browser = signedUp("tina");
            for (int race = 0; race < 10; race++) {
                String ticket = browser.ticket();
                List<Callable<Boolean>> uses = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    TestServer server = i % 2 == 0 ? one : two;
                    uses.add(() -> isIn(server.connectTo("?ticket=" + ticket, Subprotocol.SINGLE)));
                }
                int in = 0;
                for (Future<Boolean> use : threads.invokeAll(uses)) {
                    in += use.get() ? 1 : 0;
                }
                assertEquals(1, in, "came in by one ticket");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatWasMadeAMomentAgoIsKnownAtOnce() throws Exception {
        redis.goAway(true);
        for (int i = 0; i < 5; i++) {
            ApiClient browser = signedUp("quick");
            String token = browser.who().token();

            assertEquals(200, on(two, browser).who().status());
            assertEquals(
                    200,
                    new ApiClient(two).who("Authorization: Bearer " + token).status());
            ChatClient there = two.connectTo("?ticket=" + signedUp("quick").ticket(), Subprotocol.SINGLE);
            assertTrue(there.name().startsWith("quick"));
        }
    }

    // ---- what admins do

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsBannedOnOneIsOutOnTheOtherUntilTheBanIsLifted(boolean hurried) throws Exception {
        redis.goAway(!hurried);
        ApiClient browser = signedUp("troll");
        ApiClient other = on(two, browser);
        Eventually.holds("known on two", () -> other.who().status() == 200);
        ChatClient troll = two.connectTo("?ticket=" + other.ticket(), Subprotocol.SINGLE);

        ApiClient.Answer banned = boss.post("bans", "user", troll.name(), "reason", "go away");

        assertEquals(new Seen.Close(4403, "go away"), troll.seen().awaitClose());
        assertEquals(403, other.who().status());

        assertEquals(
                200,
                boss.lift(banned.body().getJsonObject("ban").getInt("id"), "sorry")
                        .status());

        Eventually.holds("let in again", () -> other.who().status() == 200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsKickedOnOneIsOutOnTheOtherAndMayComeBack(boolean hurried) throws Exception {
        redis.goAway(!hurried);
        ApiClient browser = signedUp("loud");
        ApiClient other = on(two, browser);
        Eventually.holds("known on two", () -> other.who().status() == 200);
        ChatClient loud = two.connectTo("?ticket=" + other.ticket(), Subprotocol.SINGLE);
        loud.fence();

        assertEquals(
                200,
                boss.post("kick", "user", loud.name(), "reason", "too loud").status());

        assertEquals(new Seen.Close(4403, "kicked: too loud"), loud.seen().awaitClose());
        ChatClient back = two.connectTo("?ticket=" + other.ticket(), Subprotocol.SINGLE);
        assertEquals(loud.name(), back.name());
        back.fence();
    }

    // ---- by what they do it

    private static boolean isIn(ChatClient client) {
        return client.seen().awaitAny();
    }

    private static ApiClient signedUp(String name) {
        ApiClient browser = new ApiClient(one);
        assertEquals(201, browser.signUp(one.newName(name), PASSWORD).status());
        return browser;
    }

    /** The same browser, sent to another server. */
    private static ApiClient on(TestServer server, ApiClient browser) {
        ApiClient other = new ApiClient(server);
        other.useCookie(browser.cookie());
        return other;
    }

    private static JsonObject newest(TestServer server, String room) {
        try (ChatClient reader = server.connect("reader")) {
            reader.join(room);
            List<JsonObject> messages = reader.get(Wire.request("history", room))
                    .getJsonArray("messages")
                    .getValuesAs(JsonObject.class);
            assertTrue(!messages.isEmpty(), "nothing is there");
            return messages.get(messages.size() - 1);
        }
    }

    private static TestServer node(String database) {
        return TestServer.with(
                "parley.store.url",
                database,
                "parley.relay.url",
                Redis.by(redis.address()),
                "parley.admins",
                "boss",
                "parley.admins.code",
                CODE,
                "parley.erasure",
                "content",
                "parley.auth.attempts-per-address",
                "0",
                "parley.auth.argon2.memory",
                "64KB",
                "parley.auth.argon2.iterations",
                "1",
                "parley.presence.linger",
                "0s",
                "parley.auth.secret-file",
                folder.resolve("secret").toString());
    }
}
