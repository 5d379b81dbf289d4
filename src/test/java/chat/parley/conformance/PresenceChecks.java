package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonObject;
import java.util.List;

/** Who is in a room (section 4). */
final class PresenceChecks {

    private PresenceChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "4",
                        "join and leave are told with the version, which counts up by one",
                        PresenceChecks::comingAndGoing,
                        "message join",
                        "message leave"),
                Check.of("4", "who drops is told to have left, after a while", PresenceChecks::drop),
                Check.of("4", "who drops and comes back at once was never gone", PresenceChecks::comeBack),
                Check.of("4", "only the last connection of a user leaves", PresenceChecks::lastConnection));
    }

    private static void comingAndGoing(Stage stage) {
        String room = stage.name("tracked");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.BATCH);
        JsonObject came = alice.seen().await(Wire.type("join", room).and(Wire.from(bob.name())));
        bob.get(Wire.request("leave", room));
        JsonObject went = alice.seen().await(Wire.type("leave", room).and(Wire.from(bob.name())));
        assertEquals(2, came.getInt("count"));
        assertEquals(1, went.getInt("count"));
        assertEquals(Wire.number(came, "version") + 1, Wire.number(went, "version"));
        assertFalse(came.containsKey("seq"), "a notice has no place in the log");
        assertEquals(List.of(alice.name()), Wire.names(alice.get(Wire.request("members", room))));
    }

    private static void drop(Stage stage) {
        String room = stage.name("dropped");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.SINGLE);
        bob.close();
        alice.seen().await(Wire.type("leave", room).and(Wire.from(bob.name())));
    }

    private static void comeBack(Stage stage) {
        String room = stage.name("returned");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.SINGLE);
        ChatClient carol = stage.member("carol", room, Offer.SINGLE);
        ChatClient again = stage.chat(Stage.returning(bob.name(), bob.secret()), Offer.SINGLE);
        bob.close();
        again.join(room);
        carol.close();
        alice.seen().await(Wire.type("leave", room).and(Wire.from(carol.name()))); // who went later
        assertEquals(List.of(), alice.seen().all(Wire.type("leave", room).and(Wire.from(bob.name()))));
    }

    private static void lastConnection(Stage stage) {
        String room = stage.name("last");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.SINGLE);
        ChatClient second = stage.chat(Stage.returning(bob.name(), bob.secret()), Offer.SINGLE);
        assertEquals(2, second.join(room).getInt("count"));
        bob.get(Wire.request("leave", room));
        alice.say(room, "between");
        second.seen().await(Wire.type("message"));
        assertEquals(List.of(), alice.seen().all(Wire.type("leave", room)));
        second.get(Wire.request("leave", room));
        alice.seen().await(Wire.type("leave", room).and(Wire.from(bob.name())));
        assertEquals(
                1,
                alice.seen()
                        .all(Wire.type("join", room).and(Wire.from(bob.name())))
                        .size());
    }
}
