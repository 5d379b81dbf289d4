package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses and ranges are kicked and banned; the proxy that tells them is this machine. */
class AddressBansIT {

    private static final String CODE = "only-the-operator-knows";
    private static final String HOME = "X-Forwarded-For: 192.0.2.1";

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.proxies", "127.0.0.1,::1",
            "parley.admins", "boss,second",
            "parley.admins.code", CODE,
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1");

    private static Moderator boss;

    @BeforeAll
    static void theBossSignsUp() {
        boss = Moderator.signUp(server, "boss", CODE, HOME);
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.10,             198.51.100.10,       198.51.100.11",
        "::ffff:198.51.100.20,      198.51.100.20,       198.51.100.21",
        "198.51.100.30,             ::ffff:198.51.100.30, 198.51.100.31",
        "203.0.113.0/25,            203.0.113.127,       203.0.113.128",
        "::ffff:198.51.100.64/122,  198.51.100.127,      198.51.100.128",
        "2001:db8:a::1,             2001:DB8:A:0::1,     2001:db8:a::2",
        "2001:db8:b::/64,           2001:db8:b::ffff:1,  2001:db8:b:1::1",
    })
    void whoeverComesFromABannedAddressIsOutAndNobodyElse(String banned, String in, String out) {
        RawClient hit = connect(in);
        RawClient spared = connect(out);
        Moderator.awaitWelcome(hit);
        Moderator.awaitWelcome(spared);

        ApiClient.Answer made = boss.post("bans", "address", banned, "reason", "a flood");

        assertEquals(201, made.status(), made.response().body());
        assertEquals(1, made.body().getInt("connections"));
        assertEquals(new Seen.Close(4403, "a flood"), Moderator.close(hit));
        assertEquals(new Seen.Close(4403, "a flood"), Moderator.close(connect(in)));
        spared.text(Wire.request("ping").build().toString());
        Moderator.awaitWelcome(connect(out));
        ApiClient browser = new ApiClient(server);
        for (String body : new String[] {
            ApiClient.body("name", "whoever"), ApiClient.body("name", "whoever", "password", "correct horse")
        }) {
            assertBanned(browser.send("POST", "session", body, forwarded(in)));
            assertBanned(browser.send("POST", "users", body, forwarded(in)));
        }
        assertBanned(browser.send("GET", "session", null, forwarded(in)));
        assertBanned(browser.send("POST", "tickets", "{}", forwarded(in)));
        assertEquals(401, browser.send("GET", "session", null, forwarded(out)).status());

        JsonObject ban = made.body().getJsonObject("ban");
        assertEquals(200, boss.lift(ban.getInt("id"), "over").status());
        Moderator.awaitWelcome(connect(in));
        assertTrue(ban.containsKey("address"));
    }

    @Test
    void aKickByAddressEndsWhatIsThere() {
        RawClient one = connect("198.51.100.200");
        RawClient two = connect("198.51.100.201");
        Moderator.awaitWelcome(one);
        Moderator.awaitWelcome(two);

        ApiClient.Answer answer = boss.post("kick", "address", "198.51.100.200/31", "reason", "a flood");

        assertEquals(2, answer.body().getInt("connections"));
        assertEquals(2, answer.body().getJsonArray("addresses").size());
        assertEquals(new Seen.Close(4403, "kicked: a flood"), Moderator.close(one));
        assertEquals(new Seen.Close(4403, "kicked: a flood"), Moderator.close(two));
        Moderator.awaitWelcome(connect("198.51.100.200"));
    }

    @Test
    void noAdminShutsThemselvesOutNorAnotherOne() {
        Moderator second = Moderator.signUp(server, "second", CODE, forwarded("192.0.2.129"));
        RawClient chat = server.closing(RawClient.connect(
                server.port(),
                "/chat",
                Subprotocol.SINGLE,
                forwarded("192.0.2.130"),
                "Cookie: " + ApiClient.COOKIE + "=" + second.client().cookie()));
        Moderator.awaitWelcome(chat);

        assertEquals(
                "yourself",
                boss.post("bans", "address", "192.0.2.1", "reason", "x").code());
        assertEquals(
                "yourself",
                boss.post("bans", "address", "192.0.2.0/25", "reason", "x").code());
        assertEquals(
                "is_admin",
                boss.post("bans", "address", "192.0.2.130", "reason", "x").code());
        assertEquals(
                "yourself",
                second.post("bans", "address", "192.0.2.130", "reason", "x").code());
    }

    @Test
    void anAdminWhoMovesToABannedAddressCanStillLiftTheBan() {
        int id = boss.post("bans", "address", "198.51.100.240/29", "reason", "a flood")
                .body()
                .getJsonObject("ban")
                .getInt("id");
        String body = "{\"id\":" + id + ",\"reason\":\"my own train\"}";

        ApiClient.Answer lifted = boss.client().send("POST", "admin/bans/lift", body, forwarded("198.51.100.241"));

        assertEquals(200, lifted.status());
        Moderator.awaitWelcome(connect("198.51.100.241"));
    }

    private static RawClient connect(String address) {
        return server.closing(RawClient.connect(server.port(), "/chat", Subprotocol.SINGLE, forwarded(address)));
    }

    private static String forwarded(String address) {
        return "X-Forwarded-For: " + address;
    }

    private static void assertBanned(ApiClient.Answer answer) {
        assertEquals(403, answer.status());
        assertEquals("banned", answer.code());
        assertEquals("a flood", answer.body().getString("detail"));
    }
}
