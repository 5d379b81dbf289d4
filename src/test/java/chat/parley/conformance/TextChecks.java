package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.util.List;

/** What people write (section 2). */
final class TextChecks {

    private TextChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "2",
                        "emoji arrive as they were sent",
                        stage ->
                                arrives(stage, "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDE80 \uD83C\uDDE9\uD83C\uDDEA")),
                Check.of(
                        "2",
                        "right-to-left text arrives as it was sent",
                        stage -> arrives(
                                stage, "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u202Eabc\u202C")),
                Check.of(
                        "2",
                        "combining marks arrive as they were sent",
                        stage -> arrives(stage, "e\u0301 \u1100\u1161\u11A8 Z\u0351\u036B\u0343")),
                Check.of(
                        "2",
                        "characters of four bytes and the ends of planes arrive as they were sent",
                        stage -> arrives(stage, "\uD840\uDC00\uD869\uDEA5 \uDBFF\uDFFD \uFFFD \uFFFF")),
                Check.of(
                        "2",
                        "what means something to JSON and HTML arrives as it was sent",
                        stage ->
                                arrives(stage, "tab\tnewline\nquote\" back\\slash </script> \u2028\u2029\u007F\u0085")),
                Check.of("2", "an empty content and a blank one arrive as they were sent", stage -> {
                    arrives(stage, "");
                    arrives(stage, " ");
                }),
                Check.of("2", "CRLF becomes newline", TextChecks::lines),
                Check.of(
                        "2",
                        "control characters are refused",
                        stage -> refused(stage, "\\u0000", "\\u001b", "\\r", "\\u0007")),
                Check.of("2", "unpaired surrogates are refused", stage -> refused(stage, "\\ud83d", "\\ude00\\ud83d")));
    }

    private static void arrives(Stage stage, String content) {
        String room = stage.name("unicode");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        ChatClient bob = stage.member("bob", room, Offer.BATCH);
        alice.say(room, content);
        for (ChatClient member : List.of(alice, bob)) {
            assertEquals(content, member.seen().await(Wire.type("message")).getString("content"));
        }
        JsonObject page = bob.get(Wire.request("history", room));
        assertEquals(content, page.getJsonArray("messages").getJsonObject(0).getString("content"));
    }

    private static void lines(Stage stage) {
        String room = stage.name("lines");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        alice.say(room, "a\r\nb\r\n\r\nc");
        assertEquals("a\nb\n\nc", alice.seen().await(Wire.type("message")).getString("content"));
    }

    private static void refused(Stage stage, String... escapes) {
        String room = stage.name("clean");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        for (String escape : escapes) {
            String id = stage.name("id");
            alice.send("{\"type\":\"message\",\"room\":\"" + room + "\",\"id\":\"" + id + "\",\"content\":\"a" + escape
                    + "b\"}");
            JsonObject error = alice.seen().await(Wire.answer(id));
            assertEquals("bad_message", error.getString("code", ""), escape);
            assertEquals("content", error.getString("field"), escape);
        }
        assertEquals(1, alice.say(room, "fine").getInt("seq"));
    }
}
