package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Conversations to be looked at, as people have them. */
final class Scene {

    private static final String PASSWORD = "correct horse";

    private static final AtomicInteger SCENES = new AtomicInteger();

    /** Who says what in the room in view; the one without a name is who looks. */
    private static final String[][] TALK = {
        {"Mira", "Morning! The new build is up on staging. 🎉"},
        {"Mira", "Release notes: https://example.org/notes/2-4"},
        {"Jonas", "Nice. I see *one* red test though, `RoomGateTest`."},
        {"Jonas", "Looks like a timing thing: it passes when I run it alone."},
        {"Aïcha", "That one was flaky last week too. I can have a look after lunch."},
        {"", "Thanks Aïcha! Shall we still ship today?"},
        {"Mira", "I'd say **yes**, if it is green by three."},
        {"Tomás", "Fine with me. I'll be in the train, but I read along 🚆"},
        {"", "Then three it is. I write the announcement."},
        {
            "Aïcha",
            "Found it: the test waited for a *second*, not for the event. Fix is on its way. @Jonas can you review?"
        },
        {"Jonas", "On it 👀"},
        {"Jonas", "Approved. Four lines, and it is faster now."},
    };

    private Scene() {}

    /** A team at work: people with accounts, markup, emoji, other rooms with something unread. */
    static void chat(Page page, TestServer server) {
        String number = String.valueOf(SCENES.incrementAndGet());
        List<String> rooms = List.of("release", "design", "random", "support");
        agoInView(page);
        page.reload();
        Map<String, ChatClient> team = new HashMap<>();
        for (String name : List.of("Mira", "Jonas", "Aïcha", "Tomás")) {
            team.put(name, member(server, name + (number.equals("1") ? "" : number)));
            rooms.forEach(team.get(name)::join);
        }
        page.locator("#tab-signUp").click();
        page.locator("#up-name").fill("Lena" + (number.equals("1") ? "" : number));
        page.locator("#up-password").fill(PASSWORD);
        page.locator("#up-password").press("Enter");
        Visitor lena = Visitor.at(page).connected();
        for (int i = rooms.size() - 1; i >= 0; i--) {
            lena.enter(rooms.get(i));
        }
        lena.leave("lobby");
        for (String[] said : TALK) {
            if (said[0].isEmpty()) {
                lena.say(said[1]);
            } else {
                team.get(said[0]).say("release", said[1]);
            }
        }
        team.get("Tomás").say("design", "The new icons are in.");
        team.get("Mira").say("support", "Lena, somebody asks for you here: @lena");
        team.get("Jonas").say("support", "No hurry.");
        page.reload(); // so that all of it has come in one page, with its times
        lena.connected().enter("release");
        team.get("Tomás").say("design", "And the dark ones.");
        team.get("Mira").say("support", "@lena they say thanks!");
        assertThat(lena.room("support").locator(".unread")).isVisible();
        assertThat(lena.room("design").locator(".unread")).isVisible();
        assertThat(lena.find("#log .message").last()).containsText("Four lines");
        team.get("Jonas").fence();
    }

    /** Every kind of message there is. */
    static void everything(Page page, TestServer server) {
        page.routeWebSocket("**/chat*", socket -> Refusing.messages(socket, () -> true));
        page.reload();
        String room = server.newName("room");
        Visitor anna = Visitor.guest(page, server.newName("anna")).enter(room);
        ChatClient bert = server.connect("bert");
        ChatClient noor = member(server, server.newName("نور"));
        bert.join(room);
        noor.join(room);
        bert.say(room, "plain, from a guest");
        bert.say(room, "of **many** words, *some* `code`, and a link: https://example.org/a/path?with=query#and-more");
        bert.say(room, "```\nlines of code\n  with their indentation " + "and-without-end".repeat(15) + "\n```");
        noor.say(room, "مرحبا بالجميع! أين الاجتماع اليوم؟ (room 5)");
        noor.say(room, "long".repeat(200));
        bert.say(room, "😀👩‍👩‍👧‍👦🏳️‍🌈");
        bert.say(room, "<b>not bold</b> <script>alert(1)</script> & \u202eturned around");
        bert.say(room, "Hello @" + anna.find("#self .self-name").innerText() + "!\n\nA second paragraph.");
        anna.say("mine");
        anna.say("mine as well\nin two lines");
        anna.write("refuse this");
        assertThat(anna.find("#log .message[data-state=failed]")).isVisible();
    }

    private static ChatClient member(TestServer server, String name) {
        ApiClient client = new ApiClient(server);
        client.signUp(name, PASSWORD);
        return server.connectTo("?ticket=" + client.ticket(), Subprotocol.SINGLE);
    }

    /** What was said in this test seconds ago was said, as the page hears it, over some hours. */
    private static void agoInView(Page page) {
        page.routeWebSocket("**/chat*", socket -> {
            WebSocketRoute to = socket.connectToServer();
            to.onMessage(frame -> socket.send(aged(frame.text())));
        });
    }

    private static String aged(String frame) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonObject object : Wire.objects(frame)) {
            if (object.getString("type").equals("history")) {
                JsonArray messages = object.getJsonArray("messages");
                var aged = Json.createArrayBuilder();
                for (int i = 0; i < messages.size(); i++) {
                    aged.add(aged(messages.getJsonObject(i), messages.size() - i));
                }
                object = Json.createObjectBuilder(object).add("messages", aged).build();
            }
            objects.add(object);
        }
        return objects.toString();
    }

    private static JsonObject aged(JsonObject message, int places) {
        long ago = Duration.ofMinutes(places * 4L + (places * 7L) % 5).toMillis();
        return Json.createObjectBuilder(message)
                .add("timestamp", message.getJsonNumber("timestamp").longValue() - ago)
                .build();
    }
}
