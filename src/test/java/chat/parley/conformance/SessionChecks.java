package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Sessions of the page and tickets: what opens a connection, how often and for how long (section 7). */
final class SessionChecks {

    private SessionChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("7", "a guest of the page connects with the cookie", SessionChecks::guestCookie),
                Check.of("7", "a ticket opens one connection", SessionChecks::ticket, "close 4401"),
                Check.of("7", "a ticket that was never given closes 4401", SessionChecks::guessedTicket, "close 4401"),
                Check.of("7", "of a session's unused tickets the newest 20 are good", SessionChecks::manyTickets),
                Check.of(
                        "7",
                        "signing out closes the connections of the session 4401",
                        SessionChecks::signOut,
                        "close 4401"),
                Check.of("7", "a cookie that opens nothing closes 4401", SessionChecks::badCookie, "close 4401"),
                Check.of("7", "the connection of an account ends with its session", SessionChecks::accountWelcome),
                Check.of("7", "a guest who becomes an account is over as a guest", SessionChecks::guestBecomesAccount),
                Check.of("7", "another sign-in ends the session before it", SessionChecks::anotherSignIn));
    }

    private static void guestCookie(Stage stage) {
        Browser browser = stage.browser();
        String name = stage.name("page");
        JsonObject session = browser.guest(name);
        assertEquals(name, session.getString("name"));
        assertTrue(session.getBoolean("guest"));

        JsonObject welcome = stage.by(browser).welcome();
        assertEquals(name, welcome.getString("sender"));
        assertFalse(welcome.containsKey("session"), "who came by the cookie needs no secret");
    }

    private static void ticket(Stage stage) {
        Browser browser = stage.browser();
        String name = stage.name("ticket");
        browser.signUp(name, Stage.PASSWORD);
        JsonObject given = browser.post("api/tickets").expect(201).body();
        assertTrue(Wire.number(given, "expiresAt") > System.currentTimeMillis());
        String query = "?ticket=" + given.getString("ticket");

        assertEquals(name, stage.chat(query, Offer.SINGLE).name());
        assertEquals(4401, stage.chat(query, Offer.SINGLE).seen().awaitClose().code());
    }

    private static void guessedTicket(Stage stage) {
        String query = "?ticket=guessed&name=" + stage.name("guesser");
        assertEquals(4401, stage.chat(query, Offer.SINGLE).seen().awaitClose().code());
    }

    private static void manyTickets(Stage stage) {
        Browser browser = stage.browser();
        browser.guest(stage.name("tickets"));
        List<String> tickets = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            tickets.add(browser.ticket());
        }
        ChatClient oldest = stage.chat("?ticket=" + tickets.get(0), Offer.SINGLE);
        assertEquals(4401, oldest.seen().awaitClose().code());
        stage.chat("?ticket=" + tickets.get(1), Offer.SINGLE).welcome();
        stage.chat("?ticket=" + tickets.get(20), Offer.SINGLE).welcome();
    }

    private static void signOut(Stage stage) {
        Browser browser = stage.browser();
        browser.signUp(stage.name("leaver"), Stage.PASSWORD);
        String cookie = browser.cookie();
        String ticket = browser.ticket();
        ChatClient open = stage.by(browser);
        open.welcome();

        browser.send("DELETE", "api/session", null).expect(204);

        assertEquals(4401, open.seen().awaitClose().code());
        browser.useCookie(cookie);
        browser.get("api/session").problem(401, "not_signed_in");
        assertEquals(
                4401,
                stage.chat("?ticket=" + ticket, Offer.SINGLE)
                        .seen()
                        .awaitClose()
                        .code());
    }

    private static void badCookie(Stage stage) {
        Browser browser = stage.browser();
        browser.useCookie("nothing");
        assertEquals(4401, stage.by(browser).seen().awaitClose().code());
    }

    private static void accountWelcome(Stage stage) {
        Browser browser = stage.browser();
        String name = stage.name("account");
        JsonObject session = browser.signUp(name, Stage.PASSWORD);
        JsonObject welcome = stage.by(browser).welcome();
        assertEquals(name, welcome.getString("sender"));
        assertFalse(welcome.getBoolean("guest", false));
        assertFalse(welcome.containsKey("session"));
        assertEquals(Wire.number(session, "expiresAt"), Wire.number(welcome, "expiresAt"));
    }

    private static void guestBecomesAccount(Stage stage) {
        Browser browser = stage.browser();
        String name = stage.name("grown");
        browser.guest(name);
        ChatClient asGuest = stage.by(browser);
        asGuest.welcome();
        String before = browser.cookie();

        assertFalse(browser.signUp(name, Stage.PASSWORD).getBoolean("guest"));

        assertEquals(4401, asGuest.seen().awaitClose().code());
        assertNotEquals(before, browser.cookie());
        assertEquals(name, stage.by(browser).name());
    }

    private static void anotherSignIn(Stage stage) {
        Browser browser = stage.browser();
        String name = stage.name("again");
        browser.signUp(name, Stage.PASSWORD);
        ChatClient open = stage.by(browser);
        open.welcome();

        browser.post("api/session", "name", name, "password", Stage.PASSWORD).expect(200);

        assertEquals(4401, open.seen().awaitClose().code());
        assertEquals(name, stage.by(browser).name());
    }
}
