package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by who somebody says to be. The clients here come by a proxy that is believed, each from their own address. */
class AttackedIdentityIT {

    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.proxies", "127.0.0.1",
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-name", "4",
            "parley.auth.attempts-per-address", "6");

    private final ApiClient victim = new ApiClient(server);
    private final ApiClient thief = new ApiClient(server);

    // ---- names

    /** Against a guest; against an account the same is in {@link AccountsIT}. */
    @ParameterizedTest
    @CsvSource({
        "alice,CASE-ALICE,name_taken,4409",
        "cyrillic,cyrillic-\u0430lice,name_taken,4409",
        "fullwidth,fullwidth-\uFF41lice,name_taken,4409",
        "digits,digits-a1ice,name_taken,4409",
        "zerowidth,zerowidth-al\u200Bice,bad_name,4400",
        "joiner,joiner-al\u200Dice,bad_name,4400",
        "direction,direction-\u202Ealice,bad_name,4400",
        "bom,bom-\uFEFFalice,bad_name,4400"
    })
    void nobodyLooksLikeAGuestWhoIsHere(String kind, String lookAlike, String code, int close) {
        String name = (kind.equals("alice") ? "case" : kind) + "-alice";
        assertEquals(200, victim.comeAsGuest(name).status());

        assertEquals(
                code,
                thief.send("POST", "session", ApiClient.body("name", lookAlike)).code());
        assertEquals(
                code,
                thief.send(
                                "POST",
                                "users",
                                ApiClient.body("name", lookAlike, "password", PASSWORD),
                                from("198.51.100." + kind.length()))
                        .code());
        assertEquals(
                close,
                server.connectAs(lookAlike, Subprotocol.SINGLE)
                        .seen()
                        .awaitClose()
                        .code());
        assertEquals(name, victim.who().body().getString("name"));
    }

    @Test
    void aGuestsNameIsNotTakenByWhoeverHasASecretOfTheirOwn() {
        String name = server.newName("owned");
        victim.comeAsGuest(name);
        String other = server.newName("thief");
        thief.comeAsGuest(other);

        assertEquals("name_taken", thief.comeAsGuest(name).code());
        for (String secret : new String[] {"", "guessed", "a.b", thief.cookie(), name, "%00"}) {
            assertEquals(
                    4409,
                    server.comeBack(name, secret, Subprotocol.SINGLE)
                            .seen()
                            .awaitClose()
                            .code(),
                    secret);
        }
        RawClient withCookie = server.closing(RawClient.connect(
                server.port(), "/chat?name=" + name, Subprotocol.SINGLE, "Cookie: parley_session=" + thief.cookie()));
        assertEquals(other, welcome(withCookie), "the cookie says who it is, not the query");
        assertEquals(name, victim.who().body().getString("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "ADMIN", "\u0430dmin", "\uFF41dmin", "system", "parley"})
    void nobodySpeaksAsTheHouse(String name) {
        assertEquals("bad_name", thief.comeAsGuest(name).code());
        assertEquals(
                4400,
                server.connectAs(name, Subprotocol.SINGLE).seen().awaitClose().code());
    }

    // ---- passwords

    @Test
    void guessingIsThrottledByAddressAndCostsNobodyElseAnything() {
        String name = server.newName("sam");
        victim.send("POST", "users", ApiClient.body("name", name, "password", PASSWORD), from("203.0.113.1"));

        for (int i = 0; i < 6; i++) {
            assertEquals(
                    "wrong_credentials",
                    guess(server.newName("nobody"), "2001:db8:1::" + i).code());
        }
        ApiClient.Answer refused = guess(name, "2001:db8:1::ffff");

        assertEquals(429, refused.status(), "of IPv6 a network is one address");
        assertEquals("rate_limited", refused.code());
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
        assertEquals(refused.header("Retry-After"), "" + (refused.body().getInt("retryAfterMs") + 999) / 1_000);
        assertEquals(
                200,
                victim.send(
                                "POST",
                                "session",
                                ApiClient.body("name", name, "password", PASSWORD),
                                from("2001:db8:2::1"))
                        .status());
    }

    @Test
    void anAddressThatIsWrittenByTheClientIsNoNewOne() {
        try (TestServer direct =
                TestServer.with("parley.auth.argon2.memory", "64KB", "parley.auth.attempts-per-address", "2")) {
            ApiClient guesser = new ApiClient(direct);
            int refused = 0;

            for (int i = 0; i < 4; i++) {
                String body = ApiClient.body("name", "nobody" + i, "password", "wrong guess");
                refused += guesser.send("POST", "session", body, from("198.51.100." + i))
                                        .status()
                                == 429
                        ? 1
                        : 0;
            }

            assertEquals(2, refused);
        }
    }

    @Test
    void guessingByDeletingOrChangingIsGuessing() {
        String name = server.newName("left-open");
        victim.send("POST", "users", ApiClient.body("name", name, "password", PASSWORD), from("203.0.113.2"));

        for (int i = 0; i < 4; i++) {
            String path = i % 2 == 0 ? "users/me/deletion" : "session/password";
            String body = ApiClient.body("password", "wrong " + i, "newPassword", "long enough");
            assertEquals(
                    "wrong_credentials",
                    victim.send("POST", path, body, from("203.0.113." + (10 + i)))
                            .code());
        }

        assertEquals(
                "rate_limited",
                victim.send("POST", "users/me/deletion", ApiClient.body("password", PASSWORD), from("203.0.113.20"))
                        .code());
        assertEquals(200, victim.who().status());
    }

    // ---- sessions

    @Test
    void aGuestsSessionThatSomebodyPlantedIsOverOnceTheVictimSignsUp() {
        thief.comeAsGuest(server.newName("planted"));
        victim.useCookie(thief.cookie());

        victim.send(
                "POST",
                "users",
                ApiClient.body("name", server.newName("real"), "password", PASSWORD),
                from("203.0.113.3"));

        assertNotEquals(thief.cookie(), victim.cookie());
        assertEquals(401, thief.who().status());
        assertEquals(200, victim.who().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "%00", "..", "\"\"", "x;y", "a=b", "\u00e9"})
    void aCookieThatIsNoSessionIsNobody(String value) {
        RawHttp.Answer answer = RawHttp.send(
                server.port(), RawHttp.head(server.port(), "GET /api/session", "Cookie: parley_session=" + value));

        assertEquals("not_signed_in", answer.code());
    }

    @Test
    void theCookieIsSecureJustWhenTheClientSpeaksTls() {
        assertFalse(attributes(victim.comeAsGuest(server.newName("plain"))).contains("Secure"));
        assertTrue(attributes(guestBy("X-Forwarded-Proto: https", from("203.0.113.4")))
                .contains("Secure"));
        assertFalse(attributes(guestBy("X-Forwarded-Proto: http", from("203.0.113.4")))
                .contains("Secure"));
        try (TestServer direct = TestServer.with()) {
            ApiClient.Answer stranger = new ApiClient(direct)
                    .send("POST", "session", "{}", "X-Forwarded-Proto: https", from("203.0.113.4"));
            assertFalse(attributes(stranger).contains("Secure"), "nobody believes the client itself");
        }
    }

    @Test
    void theCookieIsTakenAwayAsItWasGiven() {
        List<String> given = attributes(victim.comeAsGuest(server.newName("gone")));

        List<String> taken = attributes(victim.send("DELETE", "session", null));

        for (String attribute : new String[] {"HttpOnly", "SameSite=Strict", "Path=/"}) {
            assertTrue(given.contains(attribute), given::toString);
            assertTrue(taken.contains(attribute), taken::toString);
        }
        assertTrue(taken.contains("Max-Age=0"), taken::toString); // RFC 6265, section 5.2.2
    }

    // ---- what comes back

    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aX-Planted:%20yes", "a%0aX-Planted:%20yes", "a%c2%85X-Planted", "a%e2%80%a8b"})
    void nothingOfTheQueryReachesAHeaderOrALine(String name) {
        try (LogWatch log = new LogWatch("chat.parley")) {
            RawClient.Response response = RawClient.handshake(server.port(), "/chat?name=" + name + "&session=" + name);
            assertEquals(101, response.status());
            assertFalse(response.headers().containsKey("x-planted"), response::toString);
            log.await(line -> line.contains("connection refused"));

            assertTrue(log.lines().stream().noneMatch(line -> line.contains("X-Planted")), () -> "" + log.lines());
        }
    }

    @Test
    void nothingOfAForwardedHeaderReachesALineButAnAddress() {
        try (LogWatch log = new LogWatch("chat.parley")) {
            for (String value : new String[] {
                "for=\"x\\nPlanted\"", "for=Planted", "for=\"[::1]Planted\"", "by=Planted;for=192.0.2.1;host=Planted"
            }) {
                RawClient.handshake(server.port(), "/chat", "Forwarded: " + value, "Host: evil.example");
            }
            log.await(line -> line.contains("192.0.2.1"));

            assertTrue(log.lines().stream().noneMatch(line -> line.contains("Planted")), () -> "" + log.lines());
        }
    }

    private ApiClient.Answer guess(String name, String address) {
        return thief.send("POST", "session", ApiClient.body("name", name, "password", "wrong guess"), from(address));
    }

    private static ApiClient.Answer guestBy(String... headers) {
        return new ApiClient(server).send("POST", "session", "{}", headers);
    }

    private static String from(String address) {
        return "X-Forwarded-For: " + address;
    }

    private static List<String> attributes(ApiClient.Answer answer) {
        String set = answer.header("Set-Cookie");
        assertFalse(set.isEmpty());
        return List.of(set.split("; *"));
    }

    private static String welcome(RawClient client) {
        try {
            return client.readUntil(Wire.type("welcome")).get(0).getString("sender");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
