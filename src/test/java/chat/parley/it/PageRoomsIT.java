package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Going from room to room by the page, what is unread there, and what one chooses for oneself, in a real browser. */
class PageRoomsIT {

    /** Stands for the browser's notifications, and lets a test say that nobody looks. */
    private static final String WATCHED = """
            window.notices = [];
            window.Notification = class extends EventTarget {
              static permission = 'default';
              static requestPermission = async () => (window.Notification.permission = 'granted');
              constructor(title, { body = '', tag = '' } = {}) {
                super();
                Object.assign(this, { title, body, tag });
                window.notices.push(this);
              }
              close() {}
            };
            let isAway = false;
            Object.defineProperty(document, 'hidden', { get: () => isAway });
            document.hasFocus = () => !isAway;
            window.away = (is) => {
              isAway = is;
              document.dispatchEvent(new Event('visibilitychange'));
            };
            """;

    /** The theme of every frame that was painted, as far as a script can see. */
    private static final String PAINTED = """
            window.painted = [];
            const look = () => {
              if (document.body !== null) window.painted.push(getComputedStyle(document.body).backgroundColor);
              requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
            """;

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "0s");

    // ---- unread

    @Test
    void whatIsSaidElsewhereIsCountedAndACallIsMarked() {
        String room = server.newName("ops");
        String name = server.newName("anna");
        Page page = in(name, "lobby", room);
        Page other = in(server.newName("bert"), room);
        go(page, "lobby");

        say(other, "hello");
        assertThat(item(page, room).locator(".unread")).hasText("1");
        assertThat(item(page, room).locator(".called-mark")).isHidden();
        say(other, "@" + name + " look");

        assertThat(item(page, room).locator(".unread")).hasText("2");
        assertThat(item(page, room).locator(".called-mark")).isVisible();
        assertThat(item(page, room).locator("a")).hasAccessibleName(room + " 2 unread, 1 calls you");
        assertThat(page).hasTitle("(2) #lobby · Parley");
        assertThat(page.locator("link[rel=icon]")).hasAttribute("href", Pattern.compile("favicon-unread"));
        page.keyboard().press("Alt+Shift+ArrowDown");
        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page).hasTitle("#" + room + " · Parley");
        assertThat(page.locator("link[rel=icon]")).hasAttribute("href", Pattern.compile("favicon\\.svg"));
    }

    @Test
    void whatCameWhileOneWasAwayIsUnreadAfterwards() {
        String room = server.newName("ops");
        String name = server.newName("anna");
        Page page = in(name, "lobby", room);
        Page other = in(server.newName("bert"), room);
        say(other, "read");
        assertThat(page.locator("#log")).containsText("read");
        go(page, "lobby");
        say(other, "before the page went");
        assertThat(item(page, room).locator(".unread")).hasText("1");

        page.navigate("about:blank");
        say(other, "while @" + name + " was away");
        page.navigate(server.uri().toString());

        assertThat(item(page, room).locator(".unread")).hasText("2");
        assertThat(item(page, room).locator(".called-mark")).isVisible();
        page.reload();
        assertThat(item(page, room).locator(".unread")).hasText("2");
        Page tab = chromium.tab(page, server);
        go(tab, room);
        assertThat(item(page, room).locator(".unread")).isHidden();
    }

    @Test
    void aCallNotifiesOnceAndOnlyWhoDoesNotLook() {
        String room = server.newName("ops");
        String name = server.newName("anna");
        Page page = watched();
        join(page, name, room);
        Page other = in(server.newName("bert"), room);
        page.locator("#settings-open").click();
        page.locator("#settings").getByText("Mentions").click();
        assertThat(page.locator("#settings-notify")).containsText("Notifications come");
        page.keyboard().press("Escape");
        Page tab = chromium.tab(page, server);
        assertThat(tab.locator("#status")).hasAttribute("data-state", "open");
        go(tab, room);
        page.evaluate("notices.length = 0");

        say(other, "@" + name + " seen");
        assertThat(page.locator("#log")).containsText("seen");
        for (Page each : List.of(page, tab)) {
            each.evaluate("away(true)");
        }
        say(other, "no call");
        say(other, "@" + name + " unseen");

        String count = "notices.length";
        Eventually.holds(
                "one notification of both tabs together",
                () -> (int) page.evaluate(count) + (int) tab.evaluate(count) == 1);
        Page told = (int) page.evaluate(count) == 1 ? page : tab;
        assertEquals("@" + name + " unseen", told.evaluate("notices[0].body"));
        told.evaluate("location.hash = 'lobby'");
        assertThat(told.locator("#heading-room")).hasText("lobby");
        told.evaluate("notices[0].dispatchEvent(new Event('click'))");
        assertThat(told.locator("#heading-room")).hasText(room);
    }

    // ---- rooms

    @Test
    void aLinkToARoomHoldsForAStrangerToo() {
        String room = server.newName("party");
        Page page = chromium.open(server);
        page.navigate(server.uri() + "#" + room);
        page.locator("#guest-name").fill(server.newName("anna"));
        page.locator("#guest-name").press("Enter");

        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page.locator("#content")).isFocused();
        assertThat(item(page, room).locator("a")).hasAttribute("aria-current", "page");
    }

    @Test
    void theDirectoryShowsRoomsWithTheirPeopleAndLeadsIntoThem() {
        String part = server.newName("team");
        in(server.newName("bert"), part + "-a");
        in(server.newName("carl"), part + "-a", part + "-b");
        Page page = in(server.newName("anna"), "lobby");

        page.locator("#rooms [data-find]").click();
        page.locator("#directory-name").fill(part);

        Locator options = page.locator("#directory-list [role=option]");
        assertThat(options).hasCount(3);
        assertThat(options.nth(0)).containsText(part + "-a");
        assertThat(options.nth(0)).containsText("2 people");
        assertThat(options.nth(2)).containsText("make it");
        assertThat(page.locator("#directory-status")).hasText("2 rooms");
        page.locator("#directory-name").press("ArrowDown");
        assertThat(options.nth(1)).hasAttribute("aria-selected", "true");
        page.locator("#directory-name").press("Enter");
        assertThat(page.locator("#heading-room")).hasText(part + "-b");
        assertThat(page.locator("#content")).isFocused();
        page.keyboard().press("Control+k");
        page.locator("#directory-name").fill(part + "-b");
        assertThat(options.first()).containsText("you are in it");
    }

    @Test
    void aDirectoryThatCannotBeReadSaysSoAndARoomIsStillFoundByItsName() {
        String room = server.newName("quiet");
        Page page = in(server.newName("anna"), "lobby");
        page.route("**/api/rooms?*", PageRoomsIT::refuse);

        page.keyboard().press("Control+k");
        assertThat(page.locator("#directory-status")).containsText("That was a little fast");
        page.unroute("**/api/rooms?*");
        page.locator("#directory-retry").click();
        assertThat(page.locator("#directory-status")).containsText("room");
        page.locator("#directory-name").fill("no name");
        assertThat(page.locator("#directory-wrong")).containsText("letters, digits");
        page.locator("#directory-name").fill(room);
        page.locator("#directory-name").press("Enter");

        assertThat(page.locator("#heading-room")).hasText(room);
    }

    @Test
    void aRoomThatWasLeftIsComeBackToAsItWas() {
        String room = server.newName("ops");
        Page page = in(server.newName("anna"), "lobby", room);
        say(page, "still here");
        page.locator("#content").fill("half a sentence");

        item(page, room).hover();
        item(page, room).locator(".room-leave").click();
        assertThat(page.locator("#heading-room")).hasText("lobby");
        assertThat(item(page, room)).hasCount(0);
        page.locator("#left-undo").click();

        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page.locator("#content")).hasValue("half a sentence");
        assertThat(page.locator("#log")).containsText("still here");
        assertThat(page.locator("#people .person")).hasCount(1);
    }

    @Test
    void whoLeavesTheLastRoomIsInNoneAlsoAfterAReload() {
        Page page = in(server.newName("anna"), "lobby");

        item(page, "lobby").hover();
        item(page, "lobby").locator(".room-leave").click();

        assertThat(page.locator("#nowhere-title")).isVisible();
        page.reload();
        assertThat(page.locator("#nowhere-title")).isVisible();
        assertThat(page.locator("#room-list .room")).hasCount(0);
        page.locator("#nowhere").getByText("Find a room").click();
        page.locator("#directory-name").fill("lobby");
        page.locator("#directory-name").press("Enter");
        assertThat(page.locator("#content")).isFocused();
    }

    // ---- what is chosen

    @Test
    void theThemeThatWasChosenIsThereFromTheFirstFrameOn() {
        Page page = chromium.open(server);
        assertThat(page.locator("#form-guest")).isVisible();
        page.locator("#settings-open").click();
        page.locator("#settings").getByText("Dark").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        Object dark = page.evaluate("getComputedStyle(document.body).backgroundColor");
        page.context().addInitScript(PAINTED);

        page.reload();
        assertThat(page.locator("#form-guest")).isVisible();
        page.waitForFunction("() => painted.length > 5");

        assertEquals(List.of(dark), page.evaluate("[...new Set(painted)]"));
        assertEquals("#171b23", page.evaluate("document.querySelector('meta[name=theme-color]').content"));
        page.locator("#settings-open").click();
        page.locator("#settings").getByText("Same as system").click();
        assertThat(page.locator("html")).not().hasAttribute("data-theme", Pattern.compile(".*"));
    }

    @Test
    void theLanguageThatWasChosenComesBeforeTheBrowsers() {
        Page page = chromium.open(server);
        page.locator("#settings-open").click();
        page.locator("#settings").getByText("Deutsch").click();
        page.locator("#settings-reload").click();

        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(page.locator("#settings-open")).hasAccessibleName("Einstellungen");
        page.locator("#settings-open").click();
        assertThat(page.locator("#settings-title")).hasText("Einstellungen");
    }

    // ---- keys

    @Test
    void everythingGoesByTheKeyboardAlone() {
        String room = server.newName("ops");
        Page page = chromium.open(server);
        assertThat(page.locator("#guest-name")).isVisible();
        page.locator("#guest-name").focus();
        page.keyboard().type(server.newName("anna"));
        page.keyboard().press("Enter");
        assertThat(page.locator("#content")).isFocused();

        page.keyboard().press("Control+k");
        page.keyboard().type(room);
        page.keyboard().press("Enter");
        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page.locator("#content")).isFocused();
        page.keyboard().type("by hand");
        page.keyboard().press("Enter");
        assertThat(page.locator(".message.own[data-state=read]")).containsText("by hand");

        page.keyboard().press("Alt+PageUp");
        assertThat(page.locator("#talk-scroll")).isFocused();
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#talk-scroll")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("#content")).isFocused();
        page.keyboard().press("Alt+ArrowUp");
        assertThat(page.locator("#heading-room")).hasText("lobby");

        while (!(boolean) page.evaluate("document.activeElement.title === '" + room + "'")) {
            page.keyboard().press("Shift+Tab");
        }
        page.keyboard().press("Delete");
        assertThat(item(page, room)).hasCount(0);
        assertThat(page.locator("#left-undo")).isFocused();
        page.keyboard().press("Control+,");
        assertThat(page.locator("#settings")).isVisible();
    }

    @Test
    void aPhoneHasItsRoomsInADrawerThatHoldsNobody() {
        String room = server.newName("a-room-with-a-name-that-is-long-enough-to-be-cut");
        Page page = chromium.open(server, 360, 640);
        join(page, server.newName("anna"), "lobby");
        Page other = in(server.newName("bert"), room);
        go(page, room);
        go(page, "lobby");
        say(other, "news");
        assertThat(page.locator(".heading .elsewhere")).isVisible();

        Locator drawer = page.locator(".heading [data-drawer=rooms]");
        drawer.click();
        assertThat(item(page, room).locator(".unread")).hasText("1");
        assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
        page.keyboard().press("Escape");
        assertThat(drawer).isFocused();
        assertThat(page.locator("#rooms")).isHidden();
        drawer.click();
        item(page, room).locator("a").click();
        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page.locator("#rooms")).isHidden();
        assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
        for (String dialog : List.of("Control+k", "Control+,", "Control+/")) {
            page.keyboard().press(dialog);
            Locator open = page.locator("dialog[open]");
            assertThat(open).isVisible();
            assertEquals(true, open.evaluate("each => each.scrollWidth <= each.clientWidth"), dialog);
            page.keyboard().press("Escape");
            assertThat(open).hasCount(0);
        }
    }

    // ---- steps

    /** The page of a guest who is in these rooms, the last one in view. */
    private static Page in(String name, String... rooms) {
        Page page = chromium.open(server);
        join(page, name, rooms);
        return page;
    }

    private static Page watched() {
        Page page = chromium.open(server);
        page.context().addInitScript(WATCHED);
        page.reload();
        return page;
    }

    private static void join(Page page, String name, String... rooms) {
        page.evaluate("room => location.hash = room", rooms[0]);
        page.locator("#guest-name").fill(name);
        page.locator("#guest-name").press("Enter");
        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        for (String room : rooms) {
            go(page, room);
        }
    }

    private static void go(Page page, String room) {
        page.evaluate("room => location.hash = room", room);
        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page.locator("#people .person").first()).isAttached();
    }

    private static void say(Page page, String words) {
        page.locator("#content").fill(words);
        page.locator("#content").press("Enter");
        assertThat(page.locator(".message.own[data-state=read]").last()).containsText(words);
    }

    private static void refuse(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(429)
                .setContentType("application/problem+json")
                .setBody("{\"code\":\"rate_limited\",\"retryAfterMs\":60000}"));
    }

    private static Locator item(Page page, String room) {
        return page.locator("#room-list .room[data-key='" + room + "']");
    }
}
