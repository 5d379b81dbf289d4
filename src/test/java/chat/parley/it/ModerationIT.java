package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users are kicked and banned by admins, and by nobody else. */
class ModerationIT {

    private static final String PASSWORD = "correct horse";
    private static final String CODE = "only-the-operator-knows";

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.admins", "boss,Second,third",
            "parley.admins.code", CODE,
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-address", "0",
            "parley.presence.linger", "0s");

    private static Moderator boss;

    private final ApiClient browser = new ApiClient(server);

    @BeforeAll
    static void theBossSignsUp() {
        boss = Moderator.signUp(server, "boss", CODE);
    }

    // ---- kick

    @Test
    void whoIsKickedIsOutAndMayComeBack() {
        ChatClient loud = server.connect("loud");
        String name = loud.name();
        loud.join("lobby");
        ChatClient other = server.comeBack(name, loud.sessionSecret(), Subprotocol.BATCH);
        other.fence();
        ChatClient bystander = server.connect("bystander");
        bystander.fence();

        ApiClient.Answer answer = boss.post("kick", "user", name, "reason", "too loud");

        assertEquals(200, answer.status());
        assertEquals(2, answer.body().getInt("connections"));
        assertEquals(new Seen.Close(4403, "kicked: too loud"), loud.seen().awaitClose());
        assertEquals(new Seen.Close(4403, "kicked: too loud"), other.seen().awaitClose());
        bystander.fence();
        ChatClient back = server.comeBack(name, loud.sessionSecret(), Subprotocol.SINGLE);
        assertEquals(name, back.name());
        back.join("lobby");
        assertEquals(
                "not_found",
                boss.post("kick", "user", "nobody-at-all", "reason", "x").code());
    }

    // ---- bans of users

    @Test
    void aBannedAccountIsOutByEveryWayUntilTheBanIsLifted() {
        String name = server.newName("troll");
        String token = browser.signUp(name, PASSWORD).token();
        String ticket = browser.ticket();
        RawClient chat = connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie());
        RawClient second = connect("Authorization: Bearer " + token);
        awaitWelcome(chat);
        awaitWelcome(second);

        ApiClient.Answer made = boss.post("bans", "user", name, "reason", "spam, again");

        assertEquals(201, made.status());
        assertEquals(2, made.body().getInt("connections"));
        Seen.Close banned = new Seen.Close(4403, "spam, again");
        assertEquals(banned, close(chat));
        assertEquals(banned, close(second));
        assertEquals(banned, close(connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie())));
        assertEquals(banned, close(connect("Authorization: Bearer " + token)));
        assertEquals(
                banned,
                server.connectTo("?ticket=" + ticket, Subprotocol.SINGLE).seen().awaitClose());
        assertBanned("spam, again", browser.who());
        assertBanned("spam, again", browser.send("POST", "tickets", "{}"));
        assertBanned("spam, again", new ApiClient(server).signIn(name, PASSWORD));
        assertEquals(
                "wrong_credentials",
                new ApiClient(server).signIn(name, "another password").code());

        ApiClient.Answer lifted = boss.lift(made.body().getJsonObject("ban").getInt("id"), "a misunderstanding");

        assertEquals(200, lifted.status());
        assertEquals(name, browser.who().body().getString("name"), "the session was only held up");
        awaitWelcome(connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie()));
        assertEquals(200, new ApiClient(server).signIn(name, PASSWORD).status());
    }

    @Test
    void aBannedAccountMaySignOutAndGo() {
        String name = server.newName("leaver");
        browser.signUp(name, PASSWORD);
        boss.post("bans", "user", name, "reason", "spam");

        assertEquals(
                204,
                browser.send("POST", "users/me/deletion", ApiClient.body("password", PASSWORD))
                        .status());
    }

    @Test
    void aBannedGuestLosesTheSessionAndTheName() {
        String name = server.newName("bob");
        String look = name.replace('o', '0');
        ChatClient guest = server.connectAs(name, Subprotocol.SINGLE);
        String secret = guest.sessionSecret();

        ApiClient.Answer made = boss.post("bans", "user", name, "reason", "flooding");

        Seen.Close banned = new Seen.Close(4403, "flooding");
        assertEquals(banned, guest.seen().awaitClose());
        assertTrue(made.body().getJsonObject("ban").getBoolean("guest"));
        assertEquals(1, made.body().getJsonArray("addresses").size());
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    banned,
                    server.comeBack(name, secret, Subprotocol.SINGLE).seen().awaitClose());
            assertEquals(
                    banned,
                    server.connectAs(look, Subprotocol.SINGLE).seen().awaitClose(),
                    "each time: a refusal leaves no name behind");
            assertBanned("flooding", browser.comeAsGuest(name));
            assertBanned("flooding", browser.signUp(look, PASSWORD));
        }
        server.connect("somebody-else").fence();

        boss.lift(made.body().getJsonObject("ban").getInt("id"), "enough");

        ChatClient again = server.comeBack(name, secret, Subprotocol.SINGLE);
        assertEquals(name, again.name());
        assertNotEquals(secret, again.sessionSecret(), "the name is free, the guest that was is gone");
    }

    @Test
    void aGuestOfThePageIsBannedWithTheCookie() {
        String name = server.newName("page-guest");
        browser.comeAsGuest(name);
        RawClient chat = connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie());
        awaitWelcome(chat);

        boss.post("bans", "user", name, "reason", "flooding");

        assertEquals(new Seen.Close(4403, "flooding"), close(chat));
        assertBanned("flooding", browser.who());
        browser.send("DELETE", "session", null);
        assertEquals(401, browser.who().status());
    }

    @Test
    void aBannedGuestReadsUntilWhen() {
        String name = server.newName("hotguest");
        browser.comeAsGuest(name);
        JsonObject ban = boss.post("bans", "user", name, "reason", "cool down", "duration", "1h")
                .body()
                .getJsonObject("ban");

        ApiClient.Answer refused = browser.send("GET", "ways", null);

        assertBanned("cool down", refused);
        assertEquals(ban.getJsonNumber("until"), refused.body().getJsonNumber("until"));
    }

    @Test
    void aBanEndsByItself() {
        String name = server.newName("hothead");
        browser.signUp(name, PASSWORD);

        JsonObject ban = boss.post("bans", "user", name, "reason", "cool down", "duration", "2s")
                .body()
                .getJsonObject("ban");

        assertEquals(
                2_000,
                ban.getJsonNumber("until").longValue()
                        - ban.getJsonNumber("created").longValue());
        ApiClient.Answer refused = browser.who();
        assertBanned("cool down", refused);
        assertEquals(ban.getJsonNumber("until"), refused.body().getJsonNumber("until"));
        Eventually.holds("the ban is over", () -> browser.who().status() == 200);
        awaitWelcome(connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie()));
        assertEquals("not_found", boss.lift(ban.getInt("id"), "late").code());
    }

    @Test
    void anotherBanOfTheSameTakesThePlaceOfTheFirst() {
        String name = server.newName("twice");
        browser.signUp(name, PASSWORD);
        JsonObject first =
                boss.post("bans", "user", name, "reason", "one").body().getJsonObject("ban");

        JsonObject second =
                boss.post("bans", "user", name, "reason", "two").body().getJsonObject("ban");

        assertBanned("two", browser.who());
        assertEquals("not_found", boss.lift(first.getInt("id"), "x").code());
        assertEquals(200, boss.lift(second.getInt("id"), "x").status());
        assertEquals(200, browser.who().status());
    }

    // ---- reasons

    @Test
    void aLongReasonIsCutAtACharacterInTheCloseFrame() {
        String name = server.newName("wordy");
        browser.signUp(name, PASSWORD);
        RawClient chat = connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie());
        awaitWelcome(chat);
        String reason = "x" + "\u20ac".repeat(66);

        boss.post("bans", "user", name, "reason", reason);

        assertEquals("x" + "\u20ac".repeat(40), close(chat).reason(), "of 123 bytes, 121 are whole characters");
        assertBanned(reason, browser.who());
    }

    @Test
    void aReasonIsTextEverywhere() {
        String name = server.newName("quoted");
        browser.signUp(name, PASSWORD);
        String reason = "\"},{\"type\":\"welcome\" \\u0000 <b> ${jndi:x} {} %n";
        try (LogWatch log = new LogWatch("chat.parley")) {
            boss.post("bans", "user", name, "reason", reason);

            assertBanned(reason, browser.who());
            assertEquals(
                    new Seen.Close(4403, reason),
                    close(connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie())));
            log.await(line -> line.startsWith("moderated ")
                    && line.contains("object=\"" + name + "\"")
                    && line.contains("admin=\"boss\"")
                    && line.contains(reason));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\\nb", "a\\r\\nSet-Cookie: x=y", "a\\u0000b", "a\\u001b[2J", "a\\u202eb"})
    void aReasonThatIsNoPlainLineIsRefused(String json) {
        ChatClient guest = server.connect("fine");

        ApiClient.Answer answer =
                boss.send("POST", "bans", "{\"user\":\"" + guest.name() + "\",\"reason\":\"" + json + "\"}");

        assertEquals(400, answer.status());
        assertEquals("bad_request", answer.code());
        guest.fence();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | kick | {}",
                "POST | kick | {\"user\":\"x\"}",
                "POST | bans | {\"reason\":\"x\"}",
                "POST | bans | {\"user\":\"x\",\"address\":\"198.51.100.7\",\"reason\":\"x\"}",
                "POST | bans | {\"user\":[\"x\"],\"reason\":\"x\"}",
                "POST | bans | {\"address\":\"everybody\",\"reason\":\"x\"}",
                "POST | bans | {\"address\":\"0.0.0.0/0\",\"reason\":\"x\"}",
                "POST | bans | {\"address\":\"198.51.100.7\",\"reason\":\"x\",\"duration\":\"10\"}",
                "POST | bans | {\"address\":\"198.51.100.7\",\"reason\":\"x\",\"duration\":\"0s\"}",
                "POST | bans | {\"address\":\"198.51.100.7\",\"reason\":\"x\",\"duration\":\"-PT5S\"}",
                "POST | bans | {\"address\":\"198.51.100.7\",\"reason\":\"x\",\"duration\":3600}",
                "POST | bans/lift | {\"reason\":\"x\"}",
                "POST | bans/lift | {\"id\":\"1\",\"reason\":\"x\"}",
                "POST | bans/lift | {\"id\":1.5,\"reason\":\"x\"}",
                "POST | bans/lift | {\"id\":1e99,\"reason\":\"x\"}",
                "GET | bans?limit=0 | ",
                "GET | bans?limit=201 | ",
                "GET | audit?before=x | ",
                "GET | users?before=-1 | ",
                "GET | users?address=x | ",
            })
    void whatMakesNoSenseIsABadRequest(String method, String path, String body) {
        ApiClient.Answer answer = boss.send(method, path, body);

        assertEquals(400, answer.status(), answer.response().body());
        assertEquals("bad_request", answer.code());
    }

    // ---- who may

    @ParameterizedTest
    @CsvSource({"POST,kick", "POST,bans", "GET,bans", "POST,bans/lift", "GET,audit", "GET,users"})
    void onlyAdminsMay(String method, String path) {
        String body = method.equals("POST") ? "{\"user\":\"boss\",\"reason\":\"x\",\"id\":1}" : null;
        ApiClient guest = new ApiClient(server);
        guest.comeAsGuest(server.newName("guest"));
        String name = server.newName("user");
        browser.signUp(name, PASSWORD);

        try (LogWatch log = new LogWatch("chat.parley")) {
            assertEquals(
                    "not_signed_in",
                    new ApiClient(server).send(method, "admin/" + path, body).code());
            ApiClient.Answer asGuest = guest.send(method, "admin/" + path, body);
            ApiClient.Answer asUser = browser.send(method, "admin/" + path, body);

            assertEquals(403, asGuest.status());
            assertEquals("forbidden", asGuest.code());
            assertEquals(403, asUser.status());
            assertEquals("forbidden", asUser.code());
            log.await(line -> line.contains("no admin") && line.contains("user=\"" + name + "\""));
        }
        assertEquals(
                "foreign_origin",
                boss.send(method, path, body, "Origin: https://evil.example").code());
    }

    @Test
    void anAdminMayByBearerToo() {
        ApiClient program = new ApiClient(server);
        String bearer = "Authorization: Bearer " + boss.client().who().token();

        assertEquals(200, program.send("GET", "admin/audit", null, bearer).status());
    }

    @Test
    void nobodyElseGetsTheNameOfAnAdmin() {
        String body = ApiClient.body("name", "third", "password", PASSWORD, "code", CODE + "!");
        for (String name : new String[] {"third", "THIRD", "th\u0456rd"}) {
            assertEquals(
                    4409,
                    server.connectAs(name, Subprotocol.SINGLE)
                            .seen()
                            .awaitClose()
                            .code());
            assertEquals("name_taken", browser.comeAsGuest(name).code());
            assertEquals("name_kept", browser.signUp(name, PASSWORD).code());
        }
        assertEquals("name_kept", browser.send("POST", "users", body).code());
        ApiClient.Answer look =
                browser.send("POST", "users", ApiClient.body("name", "th\u0456rd", "password", PASSWORD, "code", CODE));
        assertEquals("name_kept", look.code());

        Moderator third = Moderator.signUp(server, "third", CODE);

        assertEquals(200, third.get("users").status());
    }

    @Test
    void anAdminHitsNeitherThemselvesNorAnotherOne() {
        Moderator.signUp(server, "second", CODE);

        assertEquals(
                "yourself", boss.post("bans", "user", "boss", "reason", "x").code());
        assertEquals(
                "yourself", boss.post("bans", "user", "BOSS", "reason", "x").code());
        assertEquals(
                "is_admin", boss.post("bans", "user", "second", "reason", "x").code());
        assertEquals(
                "is_admin", boss.post("kick", "user", "second", "reason", "x").code());
        for (String own : new String[] {"127.0.0.1", "127.0.0.0/8", "::ffff:127.0.0.1"}) {
            ApiClient.Answer answer = boss.post("bans", "address", own, "reason", "x");
            assertEquals(409, answer.status());
            assertEquals("yourself", answer.code());
        }
    }

    // ---- lists

    @Test
    void whoIsConnectedIsListedWithTheAddress() {
        String name = server.newName("listed");
        ChatClient first = server.connectAs(name, Subprotocol.SINGLE);
        first.join("lobby");
        first.join("den");
        server.comeBack(name, first.sessionSecret(), Subprotocol.BATCH).fence();

        JsonObject all = boss.get("users?user=" + name).body();
        JsonObject newest = boss.get("users?limit=1&user=" + name).body();
        JsonObject elsewhere = boss.get("users?address=198.51.100.0/24").body();

        assertEquals(2, all.getJsonArray("users").size());
        assertFalse(all.getBoolean("more"));
        JsonObject older = all.getJsonArray("users").getJsonObject(1);
        assertEquals(2, older.getInt("rooms"));
        assertEquals("127.0.0.1", older.getString("address"));
        assertTrue(older.getBoolean("guest"));
        assertFalse(older.getBoolean("admin"));
        assertTrue(older.getJsonNumber("since").longValue() > 1_700_000_000_000L);
        assertEquals(1, newest.getJsonArray("users").size());
        assertTrue(newest.getBoolean("more"));
        int number = newest.getJsonArray("users").getJsonObject(0).getInt("connection");
        assertEquals(
                older,
                boss.get("users?user=" + name + "&before=" + number)
                        .body()
                        .getJsonArray("users")
                        .getJsonObject(0));
        assertTrue(elsewhere.getJsonArray("users").isEmpty());
    }

    @Test
    void everyActIsInTheAuditAndEveryBanThatHoldsInTheList() {
        String name = server.newName("audited");
        browser.signUp(name, PASSWORD);
        RawClient chat = connect("Cookie: " + ApiClient.COOKIE + "=" + browser.cookie());
        awaitWelcome(chat);
        boss.post("kick", "user", name, "reason", "first");
        JsonObject ban = boss.post("bans", "user", name, "reason", "second", "duration", "1h")
                .body()
                .getJsonObject("ban");
        assertEquals(ban, boss.get("bans?limit=1").body().getJsonArray("bans").getJsonObject(0));
        assertEquals("boss", ban.getString("by"));
        boss.lift(ban.getInt("id"), "third");

        JsonObject page = boss.get("audit?limit=2").body();
        JsonObject lift = page.getJsonArray("acts").getJsonObject(0);
        JsonObject banned = page.getJsonArray("acts").getJsonObject(1);
        JsonObject kick = boss.get("audit?limit=1&before=" + banned.getInt("id"))
                .body()
                .getJsonArray("acts")
                .getJsonObject(0);

        assertTrue(page.getBoolean("more"));
        assertEquals(
                "lift ban kick",
                String.join(" ", lift.getString("act"), banned.getString("act"), kick.getString("act")));
        for (JsonObject act : new JsonObject[] {lift, banned, kick}) {
            assertEquals("boss", act.getString("admin"));
            assertEquals(name, act.getString("object"));
            assertEquals(ban.getString("userKey"), act.getString("objectKey"));
            assertTrue(act.getJsonNumber("at").longValue() > 1_700_000_000_000L);
        }
        assertEquals("third", lift.getString("reason"));
        assertEquals(ban.getInt("id"), lift.getInt("ban"));
        assertEquals(ban.getJsonNumber("until"), banned.getJsonNumber("until"));
        assertFalse(kick.containsKey("ban"));
        assertTrue(boss.get("bans").body().getJsonArray("bans").getValuesAs(JsonObject.class).stream()
                .noneMatch(each -> each.getInt("id") == ban.getInt("id")));
    }

    private static RawClient connect(String header) {
        return server.closing(RawClient.connect(server.port(), "/chat", Subprotocol.SINGLE, header));
    }

    private static void assertBanned(String reason, ApiClient.Answer answer) {
        assertEquals(403, answer.status());
        assertEquals("banned", answer.code());
        assertEquals(reason, answer.body().getString("detail"));
        assertEquals(
                answer.response().body().getBytes(StandardCharsets.UTF_8).length,
                Integer.parseInt(answer.header("Content-Length")));
    }

    private static void awaitWelcome(RawClient client) {
        Moderator.awaitWelcome(client);
    }

    private static Seen.Close close(RawClient client) {
        return Moderator.close(client);
    }
}
