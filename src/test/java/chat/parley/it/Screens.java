package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * All screens of the page: a name, and how to get there from the door as it is when nobody is in. What follows the way
 * looks at it in both themes and several sizes; a new screen needs a line in {@link #all} and nothing else.
 */
final class Screens {

    private static final String PASSWORD = "correct horse";

    /** A screen; the way brings a page that stands at the door there, and waits until all of it is to be seen. */
    record Screen(String name, Size size, BiConsumer<Page, TestServer> way) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Where a screen exists. */
    enum Size {
        ANY,
        PHONE
    }

    private Screens() {}

    static Stream<Screen> all() {
        return Stream.of(
                // ---- the door
                screen(
                        "door-guest",
                        (page, server) ->
                                assertThat(page.locator("#guest-name")).isVisible()),
                screen("door-sign-in", (page, server) -> tab(page, "signIn")),
                screen("door-sign-up", (page, server) -> tab(page, "signUp")),
                screen("door-guest-refused", Screens::guestRefused),
                screen("door-sign-in-refused", Screens::signInRefused),
                screen("door-sign-up-refused", Screens::signUpRefused),
                screen("door-ended", Screens::ended),
                screen("door-banned", Screens::banned),
                screen("door-unreachable", Screens::unreachable),
                screen("door-rename", (page, server) -> wish(page, server, "rename")),
                screen("door-keep", (page, server) -> wish(page, server, "keep")),

                // ---- the chat
                screen("chat", Scene::chat),
                screen("chat-empty", (page, server) -> guest(page, server)),
                screen("chat-everything", Scene::everything),
                screen("chat-hole", Screens::hole),
                screen("chat-refused", Screens::refused),
                screen("chat-waiting", Screens::waiting),
                phone("chat-rooms", (page, server) -> drawer(page, server, "rooms")),
                phone("chat-people", (page, server) -> drawer(page, server, "people")),

                // ---- the account
                screen("account-guest", (page, server) -> account(guest(page, server))),
                screen("account", (page, server) -> account(member(page, server))),
                screen("account-password", Screens::passwordRefused),
                screen("account-delete", (page, server) -> panel(account(member(page, server)), "delete")),
                screen("account-leave", (page, server) -> panel(account(guest(page, server)), "leave")),

                // ---- what one opens
                screen("directory", Screens::directory),
                screen("settings", (page, server) -> dialog(guest(page, server), "Control+,", "settings")),
                screen("keys", (page, server) -> dialog(guest(page, server), "Control+/", "keys")),
                screen("nowhere", Screens::nowhere),
                screen("emoji", Screens::emoji),
                screen("suggestions", Screens::suggestions));
    }

    private static Screen screen(String name, BiConsumer<Page, TestServer> way) {
        return new Screen(name, Size.ANY, way);
    }

    private static Screen phone(String name, BiConsumer<Page, TestServer> way) {
        return new Screen(name, Size.PHONE, way);
    }

    // ---- ways

    private static Visitor guest(Page page, TestServer server) {
        return Visitor.guest(page, server.newName("anna")).enter(server.newName("room"));
    }

    private static Visitor member(Page page, TestServer server) {
        tab(page, "signUp");
        page.locator("#up-name").fill(server.newName("anna"));
        page.locator("#up-password").fill(PASSWORD);
        page.locator("#up-password").press("Enter");
        return Visitor.at(page).connected();
    }

    private static void tab(Page page, String name) {
        page.locator("#tab-" + name).click();
        assertThat(page.locator("#form-" + name)).isVisible();
    }

    private static void guestRefused(Page page, TestServer server) {
        page.locator("#guest-name").fill("admin");
        page.locator("#guest-name").press("Enter");
        assertThat(page.locator("#guest-name-wrong")).not().isEmpty();
    }

    private static void signInRefused(Page page, TestServer server) {
        tab(page, "signIn");
        page.locator("#in-name").fill("nobody");
        page.locator("#in-password").fill(PASSWORD);
        page.locator("#in-password").press("Enter");
        assertThat(page.locator("#in-password-wrong")).not().isEmpty();
    }

    private static void signUpRefused(Page page, TestServer server) {
        tab(page, "signUp");
        page.locator("#up-name").fill("admin");
        page.locator("#up-password").fill(PASSWORD);
        page.locator("#up-password").press("Enter");
        assertThat(page.locator("#up-name-wrong")).not().isEmpty();
    }

    private static void ended(Page page, TestServer server) {
        Visitor visitor = guest(page, server);
        visitor.find("#content").fill("half a sentence");
        page.request().delete(server.uri().resolve("/api/session").toString()); // as another tab does
        assertThat(page.locator("#door-title")).isVisible();
    }

    private static void banned(Page page, TestServer server) {
        page.routeWebSocket(
                "**/chat*",
                socket -> socket.close(
                        new WebSocketRoute.CloseOptions().setCode(4403).setReason("Too much advertising.")));
        page.reload();
        page.locator("#guest-name").fill(server.newName("spam"));
        page.locator("#guest-name").press("Enter");
        assertThat(page.locator("#door-retry")).isVisible();
    }

    private static void unreachable(Page page, TestServer server) {
        page.route(
                "**/api/ways",
                route -> route.fulfill(
                        new Route.FulfillOptions().setStatus(429).setHeaders(Map.of("Retry-After", "600"))));
        page.reload();
        assertThat(page.locator("#door-retry")).isVisible();
    }

    private static void wish(Page page, TestServer server, String act) {
        panel(account(guest(page, server)), act);
        assertThat(page.locator("#door-cancel")).isVisible();
    }

    /** The hole is too large to be filled unasked; the server does not know of it, and so nothing more may be said. */
    private static void hole(Page page, TestServer server) {
        WebSocketRoute[] route = new WebSocketRoute[1];
        page.routeWebSocket("**/chat*", socket -> {
            route[0] = socket;
            socket.connectToServer();
        });
        page.reload();
        String room = server.newName("room");
        Visitor anna = Visitor.guest(page, server.newName("anna")).enter(room).say("Then I closed the lid.");
        route[0].send(Wire.request("gap", room)
                .add("from", 2)
                .add("to", 1_234)
                .build()
                .toString());
        assertThat(anna.find("#log .hole")).isVisible();
    }

    private static void refused(Page page, TestServer server) {
        Visitor anna = guest(page, server);
        page.routeWebSocket("**/chat*", socket -> Refusing.joins(socket));
        page.reload();
        assertThat(anna.find("#refusal")).isVisible();
    }

    /** The connection is lost and does not come back. */
    private static void waiting(Page page, TestServer server) {
        page.routeWebSocket("**/chat*", socket -> {
            if (page.url().endsWith("#lobby")) {
                socket.close();
            } else {
                socket.connectToServer();
            }
        });
        page.reload();
        Visitor anna = guest(page, server).say("See you in a minute.");
        page.evaluate("location.hash = 'lobby'");
        page.reload();
        assertThat(anna.find("#notice")).isVisible();
    }

    private static void drawer(Page page, TestServer server, String name) {
        guest(page, server);
        page.locator(".heading [data-drawer=" + name + "]").click();
        assertThat(page.locator("#" + name)).isVisible();
        assertThat(page.locator("#" + name)).isInViewport();
    }

    private static void dialog(Visitor visitor, String key, String name) {
        visitor.page().keyboard().press(key);
        assertThat(visitor.find("#" + name)).isVisible();
    }

    private static void directory(Page page, TestServer server) {
        Visitor anna = guest(page, server);
        dialog(anna, "Control+k", "directory");
        assertThat(anna.find("#directory-list [role=option]").first()).isVisible();
    }

    /** Who has left the last room. */
    private static void nowhere(Page page, TestServer server) {
        Visitor anna = Visitor.guest(page, server.newName("anna"));
        page.locator("#rooms .room-leave").first().click();
        assertThat(anna.find("#nowhere")).isVisible();
    }

    private static void emoji(Page page, TestServer server) {
        Visitor anna = guest(page, server);
        anna.find("#emoji-open").click();
        assertThat(anna.find("#emoji-grid button, #emoji-grid [role=gridcell]").first())
                .isVisible();
    }

    private static void suggestions(Page page, TestServer server) {
        Visitor anna = guest(page, server);
        anna.find("#content").pressSequentially("well done :tad");
        assertThat(anna.find("#suggestions")).isVisible();
    }

    private static Page account(Visitor visitor) {
        visitor.find("#account-open").click();
        assertThat(visitor.find("#account")).isVisible();
        return visitor.page();
    }

    private static void panel(Page page, String act) {
        page.locator("#account [data-act=" + act + "]:visible").click();
    }

    private static void passwordRefused(Page page, TestServer server) {
        panel(account(member(page, server)), "password");
        page.locator("#old-password").fill("not mine");
        page.locator("#new-password").fill("another one");
        page.locator("#new-password").press("Enter");
        assertThat(page.locator("#old-password-wrong")).not().isEmpty();
    }
}
