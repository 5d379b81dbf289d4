package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page was not sent, in a real browser: it is shown to be missing, and can be loaded. */
class PageGapIT {

    private static final String ROOM = "room";

    /** Another room one is in, where so much is said that what a page does not read fills all buffers on its way. */
    private static final String FLOOD = "flood";

    private static final String[] LARGE = {"parley.limits.content-bytes", "0", "parley.limits.frame-bytes", "0"};

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @Test
    void whoFellBehindSeesTheHoleAndLoadsIt() {
        try (TestServer server = server("parley.rooms.ring", "256", "parley.send.timeout", "5m");
                Visitor anna = Visitor.guest(chromium.open(server, 1280, 3000), "anna")) {
            anna.enter(FLOOD).enter(ROOM).say("before").freeze();
            ChatClient bert = flood(server);
            List<String> said = talk(bert, 800);
            anna.thaw();

            assertShowsHoleAndLoadsIt(anna, said);
        }
    }

    @Test
    void whoWasDroppedAndMissedTooMuchToBeGivenItDoesToo() {
        try (TestServer server = server("parley.send.timeout", "1s");
                Visitor anna = Visitor.guest(chromium.open(server, 1280, 3000), "anna")) {
            anna.enter(FLOOD).enter(ROOM).say("before").freeze();
            ChatClient bert = flood(server);
            Eventually.holds(
                    "the server hangs up", () -> server.parley().connections().size() == 1);
            List<String> said = talk(bert, 1_200);
            anna.thaw();

            assertShowsHoleAndLoadsIt(anna, said);
        }
    }

    @Test
    void whatIsMissingBetweenTwoMessagesIsLoadedUnasked() {
        try (TestServer server = TestServer.with();
                Visitor anna = Visitor.at(chromium.open(server))) {
            anna.page().routeWebSocket("**/chat*", socket -> {
                WebSocketRoute to = socket.connectToServer();
                to.onMessage(frame -> {
                    List<JsonObject> kept = Wire.objects(frame.text()).stream()
                            .filter(Wire.type("message")
                                    .negate()
                                    .or(message -> !message.getString("content").startsWith("lost")))
                            .toList();
                    socket.send(kept.toString());
                });
            });
            anna.page().reload();
            anna.joinAsGuest("anna").enter(ROOM);
            ChatClient bert = server.connect("bert");
            bert.join(ROOM);

            List<String> said = List.of("one", "lost", "lost too", "four");
            said.forEach(words -> bert.say(ROOM, words));

            assertThat(anna.message("lost too")).isVisible();
            assertThat(anna.find("#log .hole")).hasCount(0);
            anna.assertReads(said);
        }
    }

    private static void assertShowsHoleAndLoadsIt(Visitor anna, List<String> said) {
        assertThat(anna.find("#log .hole")).hasText(Pattern.compile("^[\\d,]{3,} messages "));
        anna.connectedAgain().say("after").loadHoles();

        List<String> all = new ArrayList<>(said);
        all.add(0, "before");
        all.add("after");
        anna.assertReads(all);
    }

    private static TestServer server(String... settings) {
        return TestServer.with(Stream.of(LARGE, settings).flatMap(Stream::of).toArray(String[]::new));
    }

    /** Somebody says more in the other room than a page that does not read can be sent. */
    private static ChatClient flood(TestServer server) {
        ChatClient bert = server.connect("bert");
        bert.join(FLOOD);
        String large = "x".repeat(15_000);
        for (int i = 1; i <= 800; i++) {
            bert.send(Wire.message(FLOOD, "flood-" + i, large));
        }
        bert.seen().await(Wire.answer("flood-800"));
        return bert;
    }

    private static List<String> talk(ChatClient bert, int messages) {
        bert.join(ROOM);
        List<String> said = new ArrayList<>();
        for (int i = 1; i <= messages; i++) {
            said.add("busy " + i);
            bert.send(Wire.message(ROOM, "busy-" + i, said.get(i - 1)));
        }
        bert.seen().await(Wire.answer("busy-" + messages));
        return said;
    }
}
