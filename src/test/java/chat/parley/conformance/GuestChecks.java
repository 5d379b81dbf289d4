package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Guests, their names and their secrets (section 6). */
final class GuestChecks {

    private GuestChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "4",
                        "the welcome comes first and says who one is and what is allowed",
                        GuestChecks::welcome,
                        "message welcome"),
                Check.of("6", "who asks for no name gets one", GuestChecks::noName),
                Check.of("6", "a guest comes back as the same person with the secret", GuestChecks::secret),
                Check.of(
                        "6",
                        "a guest has several connections and the room one person",
                        GuestChecks::severalConnections),
                Check.of("6", "the secret is a bearer as well", GuestChecks::secretAsBearer),
                Check.of("4", "the name of somebody else closes 4409", GuestChecks::taken, "close 4409"),
                Check.of(
                        "6",
                        "a name that looks like another user's closes 4409",
                        GuestChecks::looksAlike,
                        "close 4409"),
                Check.of("4", "a name that cannot be closes 4400 and says why", GuestChecks::badNames, "close 4400"),
                Check.of("4", "the eleventh connection of a user closes 4410", GuestChecks::eleventh, "close 4410"));
    }

    private static void welcome(Stage stage) {
        String name = stage.name("alice");
        ChatClient alice = stage.chat(Stage.asking(name), Offer.SINGLE);
        JsonObject welcome = alice.welcome();
        assertEquals(name, welcome.getString("sender"));
        assertTrue(welcome.getBoolean("guest"));
        assertTrue(welcome.getString("session").length() >= 16, "a secret nobody guesses");
        assertTrue(Wire.number(welcome, "timestamp") > 1_600_000_000_000L);
        assertEquals(25_000, welcome.getInt("pingMs"));
        assertFalse(welcome.containsKey("expiresAt"), "a guest's connection does not expire");
        JsonObject limits = welcome.getJsonObject("limits");
        assertEquals(4096, limits.getInt("frameBytes"));
        assertEquals(3072, limits.getInt("contentBytes"));
        assertEquals(Target.SETTINGS.get("parley.limits.messages-per-second"), "" + limits.getInt("perSecond"));
        assertEquals(Target.SETTINGS.get("parley.limits.burst"), "" + limits.getInt("burst"));
        assertEquals(Target.SETTINGS.get("parley.limits.rooms-per-connection"), "" + limits.getInt("rooms"));
    }

    private static void noName(Stage stage) {
        ChatClient one = stage.chat("", Offer.SINGLE);
        ChatClient other = stage.chat("?name=", Offer.SINGLE);
        assertFalse(one.name().isEmpty());
        assertNotEquals(one.name(), other.name());
    }

    private static void secret(Stage stage) {
        String room = stage.name("home");
        ChatClient before = stage.member("returning", room, Offer.SINGLE);
        assertEquals("ack", before.say(room, "only-once", "first", 1).getString("type"));
        before.bye();

        ChatClient after = stage.chat(Stage.returning(before.name(), before.secret()), Offer.BATCH);
        assertEquals(before.name(), after.name());
        assertEquals(before.secret(), after.secret());
        after.join(room);
        JsonObject resent = after.say(room, "only-once", "first", 1);
        assertEquals(1, resent.getInt("seq"));
        assertTrue(resent.getBoolean("duplicate"), "it is the same sender");
    }

    private static void severalConnections(Stage stage) {
        String room = stage.name("both");
        ChatClient first = stage.member("twin", room, Offer.SINGLE);
        ChatClient second = stage.chat(Stage.returning(first.name(), first.secret()), Offer.SINGLE);
        assertEquals(1, second.join(room).getInt("count"));
        assertEquals(List.of(first.name()), Wire.names(second.get(Wire.request("members", room))));
        first.say(room, "to both");
        second.seen().await(Wire.type("message", room));
    }

    private static void secretAsBearer(Stage stage) {
        ChatClient guest = stage.guest("bearer");
        assertEquals(
                guest.name(),
                stage.by("Authorization", "Bearer " + guest.secret()).name());
    }

    private static void taken(Stage stage) {
        ChatClient owner = stage.guest("owner");
        assertEquals(4409, closeOf(stage, Stage.asking(owner.name())).code());
        assertEquals(
                4409, closeOf(stage, Stage.returning(owner.name(), "guessed")).code());
        owner.bye();
        assertEquals(4409, closeOf(stage, Stage.asking(owner.name())).code(), "it stays reserved");
    }

    private static void looksAlike(Stage stage) {
        String name = stage.name("copy");
        stage.chat(Stage.asking(name), Offer.SINGLE).welcome();
        for (String look :
                List.of(name.toUpperCase(java.util.Locale.ROOT), name.replace('o', '\u043E'), name.replace('o', '0'))) {
            assertEquals(4409, closeOf(stage, Stage.asking(look)).code(), look);
        }
    }

    private static void badNames(Stage stage) {
        for (String name : List.of("a b", "a\u0000b", "\u202Eabc", "x".repeat(33), "\uD83D\uDE00", "a\nb")) {
            Seen.Close close = closeOf(stage, Stage.asking(name));
            assertEquals(4400, close.code(), name);
            assertFalse(close.reason().isBlank());
        }
    }

    private static void eleventh(Stage stage) {
        ChatClient first = stage.guest("many");
        String again = Stage.returning(first.name(), first.secret());
        List<ChatClient> ten = new ArrayList<>(List.of(first));
        while (ten.size() < 10) {
            ChatClient next = stage.chat(again, Offer.SINGLE);
            next.welcome();
            ten.add(next);
        }
        assertEquals(4410, closeOf(stage, again).code());
        first.fence();
        ten.get(4).bye();
        stage.until("there is room for another one", () -> {
            ChatClient next = stage.chat(again, Offer.SINGLE);
            boolean isIn = next.isWelcome();
            next.close();
            return isIn;
        });
    }

    private static Seen.Close closeOf(Stage stage, String query) {
        ChatClient refused = stage.chat(query, Offer.SINGLE);
        Seen.Close close = refused.seen().awaitClose();
        assertEquals(List.of(), refused.seen().all(), "who is not let in is told nothing");
        return close;
    }
}
