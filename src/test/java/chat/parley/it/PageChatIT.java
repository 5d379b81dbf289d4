package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Talking by the page, in a real browser: what is said, what was said before, what one has not read, and what waits. */
class PageChatIT {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "0s");

    // ---- talking

    @Test
    void twoWhoTalkSeeTheSameInOneOrder() {
        String room = server.newName("room");
        Visitor anna = guest("anna").enter(room);
        Visitor bert = guest("bert").enter(room);

        for (int i = 0; i < 5; i++) {
            anna.write("anna " + i);
            bert.write("bert " + i);
        }
        anna.awaitSettled(10);
        bert.awaitSettled(10);

        List<String> said = anna.inView();
        assertEquals(said, bert.inView());
        for (String name : List.of("anna", "bert")) {
            assertEquals(
                    List.of(name + " 0", name + " 1", name + " 2", name + " 3", name + " 4"),
                    said.stream().filter(words -> words.startsWith(name)).toList());
        }
        assertThat(anna.find("#heading-count")).hasText("2 people");
        assertThat(anna.find("#people .person")).hasCount(2);
    }

    @Test
    void whatOnePersonSaysInARowStandsUnderOneHeadingWithItsTime() {
        String room = server.newName("room");
        Visitor anna = guest("anna").enter(room);
        Visitor bert = guest("bert").enter(room);
        anna.say("first").say("second");
        bert.awaitNewest("second").say("third");
        anna.awaitNewest("third").say("fourth");

        List<Boolean> together = bert.find("#log .message").all().stream()
                .map(message -> message.getAttribute("class").contains("together"))
                .toList();

        assertEquals(List.of(false, true, false, false), together);
        Locator time = bert.message("first").locator("time");
        assertThat(time).isVisible();
        assertThat(time).hasAttribute("datetime", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z"));
        assertThat(bert.find("#log .day")).hasCount(1);
        assertThat(bert.message("first")).not().hasClass(Pattern.compile("\\bown\\b"));
        assertThat(bert.message("third")).hasClass(Pattern.compile("\\bown\\b"));
    }

    @Test
    void whoLeavesARoomIsSeenToGoAndHearsNoMoreOfIt() {
        String room = server.newName("room");
        Visitor anna = guest("anna").enter(room);
        Visitor bert = guest("bert").enter(room);
        assertThat(anna.find("#people .person")).hasCount(2);

        bert.leave(room);

        assertThat(anna.find("#people .person")).hasCount(1);
        anna.say("nobody hears this live");
        bert.enter(room);
        assertThat(anna.find("#people .person")).hasCount(2);
        assertThat(bert.message("nobody hears this live")).isVisible();
    }

    // ---- history

    @Test
    void scrollingUpBringsWhatIsOlderAndKeepsItsPlace() {
        String room = server.newName("long");
        List<String> said = fill(room, 400);
        AtomicBoolean held = new AtomicBoolean();
        List<Runnable> later = new ArrayList<>();
        Page page = chromium.open(server);
        page.routeWebSocket("**/chat*", socket -> {
            WebSocketRoute to = socket.connectToServer();
            to.onMessage(frame -> {
                if (held.get() && frame.text().contains("\"history\"")) {
                    later.add(() -> socket.send(frame.text()));
                } else {
                    socket.send(frame.text());
                }
            });
        });
        page.reload();
        Visitor anna = Visitor.guest(page, server.newName("anna")).enter(room).awaitNewest(said.get(399));
        assertThat(anna.find("#newest")).isHidden();

        held.set(true);
        anna.toTop();
        double moved = anna.movedBy(() -> {
            page.waitForCondition(() -> !later.isEmpty());
            held.set(false);
            later.forEach(Runnable::run);
        });

        assertTrue(Math.abs(moved) <= 2, () -> "it moved by " + moved);
        anna.assertReads(said);
        assertThat(anna.find("#log-start")).isVisible();
        assertThat(anna.find("#newest")).isVisible();
        anna.find("#newest").click();
        assertThat(anna.message(said.get(399))).isInViewport();
        assertThat(anna.find("#newest")).isHidden();
    }

    @Test
    void whatIsSaidMeanwhileDoesNotMoveWhoReadsFurtherUp() {
        String room = server.newName("long");
        List<String> said = fill(room, 120);
        Visitor anna = guest("anna").enter(room).awaitNewest(said.get(119));
        ChatClient bert = server.connect("bert");
        bert.join(room);
        anna.find("#talk-scroll").evaluate("(scroll) => { scroll.scrollTop = scroll.scrollHeight / 2; }");
        assertThat(anna.find("#newest")).isVisible();
        anna.frame();
        String seen = anna.highest();
        double height = anna.height();

        for (int i = 0; i < 20; i++) {
            bert.say(room, "meanwhile " + i);
        }

        anna.page().waitForCondition(() -> anna.height() > height + 200);
        anna.frame();
        assertEquals(seen, anna.highest());
        anna.find("#newest").click();
        anna.awaitNewest("meanwhile 19");
        assertThat(anna.message("meanwhile 19")).isInViewport();
    }

    // ---- unread

    @Test
    void whatIsSaidInAnotherRoomIsCountedUntilOneLooks() {
        String quiet = server.newName("quiet");
        String busy = server.newName("busy");
        Visitor anna = guest("anna").enter(busy).enter(quiet);
        ChatClient bert = server.connect("bert");
        bert.join(busy);

        for (int i = 0; i < 3; i++) {
            bert.say(busy, "news " + i);
        }

        assertThat(anna.room(busy).locator(".unread")).hasText("3");
        assertThat(anna.room(quiet).locator(".unread")).isHidden();
        assertThat(anna.page()).hasTitle(Pattern.compile("^\\(3\\) "));
        anna.enter(busy);
        assertThat(anna.room(busy).locator(".unread")).isHidden();
        assertThat(anna.page()).hasTitle(Pattern.compile("^#" + busy));
        assertThat(anna.message("news 2")).isVisible();
    }

    @Test
    void aTabThatNobodyLooksAtCountsInItsTitle() {
        String room = server.newName("room");
        Visitor anna = guest("anna").enter(room);
        ChatClient bert = server.connect("bert");
        bert.join(room);
        anna.hide();

        bert.say(room, "one");
        bert.say(room, "two");

        assertThat(anna.page()).hasTitle(Pattern.compile("^\\(2\\) "));
        anna.look();
        assertThat(anna.page()).hasTitle(Pattern.compile("^#" + room));
        assertThat(anna.message("two")).isVisible();
    }

    // ---- what waits

    @Test
    void whatIsWrittenOfflineIsSentOnceTheNetworkIsBack() {
        chromium.expectOutages();
        String room = server.newName("room");
        Page page = chromium.open(server);
        page.clock().install(); // that the connection is silent for so long need not be waited for
        page.reload();
        Visitor anna = Visitor.guest(page, server.newName("anna")).enter(room);
        ChatClient bert = server.connect("bert");
        bert.join(room);
        anna.say("before");

        page.context().setOffline(true);
        page.clock().fastForward(9_000); // in steps: one long one would be a laptop that slept
        page.clock().fastForward(9_000);
        assertThat(anna.find("#status")).not().hasAttribute("data-state", "open");
        assertThat(anna.find("#notice")).isVisible();
        anna.write("written offline").write("and more");
        assertThat(anna.message("and more")).hasAttribute("data-state", "waiting");
        page.context().setOffline(false);

        anna.connected();
        anna.awaitRead("and more");
        bert.seen().await(Wire.type("message").and(said("and more")));
        bert.fence();
        List<String> heard = bert.seen().all(Wire.type("message")).stream()
                .map(message -> message.getString("content"))
                .toList();
        assertEquals(List.of("before", "written offline", "and more"), heard);
        assertEquals(heard, anna.inView());
    }

    @Test
    void anOwnMessageIsOnItsWayUntilTheServerHasIt() {
        AtomicBoolean held = new AtomicBoolean(true);
        List<Runnable> later = new ArrayList<>();
        Page page = chromium.open(server);
        page.routeWebSocket("**/chat*", socket -> {
            WebSocketRoute to = socket.connectToServer();
            socket.onMessage(frame -> {
                if (held.get() && frame.text().contains("on its way")) {
                    later.add(() -> to.send(frame.text()));
                } else {
                    to.send(frame.text());
                }
            });
        });
        page.reload();
        Visitor anna = Visitor.guest(page, server.newName("anna")).enter(server.newName("room"));

        anna.write("on its way");
        assertThat(anna.message("on its way")).hasAttribute("data-state", "sent");
        page.waitForCondition(() -> !later.isEmpty());
        held.set(false);
        later.forEach(Runnable::run);

        anna.awaitRead("on its way");
        assertThat(anna.message("on its way")).hasCount(1);
    }

    @Test
    void whatIsRefusedSaysSoAndIsSentAgainOrThrownAway() {
        AtomicBoolean refusing = new AtomicBoolean(true);
        Page page = chromium.open(server);
        page.routeWebSocket("**/chat*", socket -> Refusing.messages(socket, refusing::get));
        page.reload();
        Visitor anna = Visitor.guest(page, server.newName("anna")).enter(server.newName("room"));

        anna.write("refuse me").write("refuse me too");
        assertThat(anna.message("refuse me")).hasAttribute("data-state", "failed");
        assertThat(anna.message("refuse me too")).hasAttribute("data-state", "failed");
        assertThat(anna.message("refuse me").locator(".fate")).not().isEmpty();
        refusing.set(false);
        anna.retry("refuse me");
        anna.discard("refuse me too");

        anna.awaitRead("refuse me");
        assertThat(anna.message("refuse me too")).hasCount(0);
        assertEquals(List.of("refuse me"), anna.inView());
    }

    @Test
    void whoIsTooFastWaitsAndLosesNothing() {
        try (TestServer slow = TestServer.with("parley.limits.messages-per-second", "5", "parley.limits.burst", "10");
                Visitor anna = Visitor.guest(chromium.open(slow), "anna")) {
            anna.enter("room");
            List<String> words = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                words.add("fast " + i);
                anna.write("fast " + i);
            }

            anna.awaitRead("fast 19");
            anna.awaitSettled(20);

            assertEquals(words, anna.inView());
        }
    }

    @Test
    void aRoomThatOneMayNotEnterSaysWhy() {
        try (TestServer strict = TestServer.with("parley.limits.rooms-per-connection", "2");
                Visitor anna = Visitor.guest(chromium.open(strict), "anna")) {
            anna.enter("one");
            anna.find("#rooms [data-find]").click();
            anna.find("#directory-name").fill("two");
            anna.find("#directory-name").press("Enter");

            assertThat(anna.find("#refusal")).isVisible();
            assertThat(anna.find("#refusal-words")).containsText("as many rooms as one may be");
            assertThat(anna.find("#send").and(anna.find(":visible:enabled"))).hasCount(0);
            anna.enter("one").say("still here");
        }
    }

    // ---- steps

    private static Visitor guest(String name) {
        return Visitor.guest(chromium.open(server), server.newName(name));
    }

    /** Somebody talks in a room, and goes; answers what was said. */
    private static List<String> fill(String room, int messages) {
        ChatClient writer = server.connect("writer");
        writer.join(room);
        List<String> said = new ArrayList<>();
        for (int i = 1; i <= messages; i++) {
            said.add("line " + i + (i % 7 == 0 ? "\nof two lines" : ""));
            writer.send(Wire.message(room, room + "-" + i, said.get(i - 1)));
        }
        writer.seen().await(Wire.answer(room + "-" + messages));
        writer.close();
        return said;
    }

    private static java.util.function.Predicate<jakarta.json.JsonObject> said(String content) {
        return message -> content.equals(message.getString("content", ""));
    }
}
