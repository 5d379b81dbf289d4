package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.util.List;

/** Names of rooms and of people (section 6). */
final class NameChecks {

    private NameChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("6", "a room is the same however it is written: NFKC and lower case", NameChecks::sameRoom),
                Check.of("6", "a room name may be of any script and has up to 64 characters", NameChecks::rooms),
                Check.of("6", "a user name is in its canonical form (PRECIS)", NameChecks::canonicalUser),
                Check.of("6", "a user name may be of any script and has up to 32 characters", NameChecks::users));
    }

    private static void sameRoom(Stage stage) {
        String room = stage.name("b\u00FCro");
        ChatClient alice = stage.guest("alice");
        ChatClient bob = stage.guest("bob");
        JsonObject ack = alice.join(room.toUpperCase(java.util.Locale.ROOT));
        bob.join(room.replace("\u00FC", "u\u0308"));
        bob.say(room.replace('o', '\uFF4F'), "here");
        assertEquals(room, ack.getString("room"));
        assertEquals(room, alice.seen().await(Wire.type("message")).getString("room"));
        JsonObject refused = bob.refused("not_joined", Wire.request("typing", "\uFF37rong"));
        assertEquals("wrong", refused.getString("room"), "refusals echo the canonical form as well");
    }

    private static void rooms(Stage stage) {
        ChatClient alice = stage.guest("alice");
        for (String start :
                List.of("\u4F1A\u8BAE", "\u05D7\u05D3\u05E8", "\u0915\u094D\u0937", "a.b_c", "\uD840\uDC00")) {
            String room = stage.name(start);
            assertEquals(room, alice.join(room).getString("room"));
            alice.get(Wire.request("leave", room));
        }
        String start = stage.name("long-");
        String longest = start + "\u4F1A".repeat(64 - start.length());
        assertEquals(longest, alice.join(longest).getString("room"));
        alice.refused("bad_room", Wire.request("join", longest + "x"));
    }

    private static void canonicalUser(Stage stage) {
        String name = stage.name("alice");
        ChatClient wide = stage.chat(Stage.asking(name.replace("al", "\uFF21L")), Offer.SINGLE);
        assertEquals(name, wide.name());
    }

    private static void users(Stage stage) {
        for (String start : List.of("\u738B", "\u05D3\u05E0\u05D9", "\u0430\u043D\u043D\u0430", "zo\u00EB")) {
            String name = stage.name(start);
            assertEquals(name, stage.chat(Stage.asking(name), Offer.SINGLE).name());
        }
        String start = stage.name("long-");
        String longest = start + "x".repeat(32 - start.length());
        assertEquals(longest, stage.chat(Stage.asking(longest), Offer.SINGLE).name());
    }
}
