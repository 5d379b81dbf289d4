package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Coming in and going by the page, in a real browser: guests, accounts, and sessions that end. */
class PageEntranceIT {

    private static final String PASSWORD = "correct horse";
    private static final String CODE = "a-code-for-the-admins";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.admins", "boss,chief",
            "parley.admins.code", CODE,
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-address", "0",
            "parley.presence.linger", "0s");

    // ---- accounts

    @Test
    void anAccountIsMadeLeftAndComeBackTo() {
        Page page = chromium.open(server);
        String name = server.newName("anna");
        signUp(page, name);
        assertIn(page, name, "account");
        say(page, "first words");

        signOut(page);
        assertThat(heading(page)).hasText("Come on in");
        assertThat(page.locator("#door-words")).hasText("You have signed out.");
        signIn(page, name, PASSWORD);

        assertIn(page, name, "account");
        assertThat(page.locator("#log")).containsText("first words");
        page.reload();
        assertIn(page, name, "account");
    }

    @Test
    void aWrongPasswordIsSaidAtTheField() {
        Page page = chromium.open(server);
        String name = server.newName("bert");
        signUp(page, name);
        signOut(page);

        signIn(page, name, "incorrect horse");

        Locator password = page.locator("#in-password");
        assertThat(password).isFocused();
        assertThat(password).hasAttribute("aria-invalid", "true");
        assertThat(password).hasAccessibleDescription(Pattern.compile("do not belong together"));
        password.fill(PASSWORD);
        password.press("Enter");
        assertIn(page, name, "account");
    }

    @Test
    void theRulesAreSaidBeforehandAndAtTheFieldThatBreaksThem() {
        Page page = chromium.open(server);
        tab(page, "Sign up").click();
        Locator password = page.locator("#up-password");
        assertThat(password).hasAccessibleDescription(Pattern.compile("^ *8 to 128 characters"));

        page.locator("#up-name").fill("admin");
        password.fill("short");
        password.press("Enter");
        assertThat(password).isFocused();
        assertThat(password).hasAttribute("aria-invalid", "true");
        password.fill(PASSWORD);
        password.press("Enter");

        Locator name = page.locator("#up-name");
        assertThat(name).isFocused();
        assertThat(name).hasAttribute("aria-invalid", "true");
        assertThat(name).hasAccessibleDescription(Pattern.compile("kept for the house"));
        assertThat(password).not().hasAttribute("aria-invalid", "true");
    }

    @Test
    void theNameOfAnAdminIsOpenedByTheCode() {
        Page page = chromium.open(server);
        tab(page, "Sign up").click();
        assertThat(page.locator("#up-code")).isHidden();
        signUp(page, "chief");

        assertThat(page.locator("#up-name")).hasAccessibleDescription(Pattern.compile("kept for an admin"));
        page.locator("#up-code").fill("a guess");
        page.locator("#up-code").press("Enter");
        assertThat(page.locator("#up-code")).isFocused();
        assertThat(page.locator("#up-code")).hasAccessibleDescription(Pattern.compile("does not open this name"));
        page.locator("#up-code").fill(CODE);
        page.locator("#up-code").press("Enter");

        assertIn(page, "chief", "account");
    }

    @Test
    void aNameThatIsWrittenOtherwiseIsSaidBeforehand() {
        Page page = chromium.open(server);
        String name = server.newName("lower");
        Locator field = page.locator("#guest-name");
        field.fill(name.toUpperCase(Locale.ROOT));
        assertThat(field).hasAccessibleDescription(Pattern.compile("You will be called " + name));
        field.fill(name);
        assertThat(field).not().hasAccessibleDescription(Pattern.compile("You will be called"));

        field.fill(name.toUpperCase(Locale.ROOT));
        field.press("Enter");

        assertIn(page, name, "guest");
    }

    @Test
    void aNewPasswordKeepsThisBrowserInAndPutsOthersOut() {
        Page here = chromium.open(server);
        Page there = chromium.open(server);
        String name = server.newName("carol");
        signUp(here, name);
        assertIn(here, name, "account");
        signIn(there, name, PASSWORD);
        assertIn(there, name, "account");

        here.locator("#account-open").click();
        button(here, "Change password").click();
        here.getByLabel("Password now").fill(PASSWORD);
        here.getByLabel("New password").fill("another one");
        here.getByLabel("New password").press("Enter");

        assertThat(here.locator("#account-done")).containsText("Your password is changed.");
        assertThat(heading(there)).hasText("Your session has ended");
        here.keyboard().press("Escape");
        assertIn(here, name, "account");
        say(here, "still here");
    }

    @Test
    void anAccountIsDeletedOnlyAfterSayingWhatHappens() {
        Page page = chromium.open(server);
        String name = server.newName("dora");
        signUp(page, name);
        assertIn(page, name, "account");

        page.locator("#account-open").click();
        button(page, "Delete the account").click();
        assertThat(page.locator("#account-delete")).containsText("This cannot be undone.");
        page.locator("#delete-password").fill("wrong one");
        button(page, "Delete for good").click();
        assertThat(page.locator("#delete-password-wrong")).hasText("This is not your password.");
        page.locator("#delete-password").fill(PASSWORD);
        button(page, "Delete for good").click();

        assertThat(page.locator("#door-words")).hasText("Your account is deleted.");
        signIn(page, name, PASSWORD);
        assertThat(page.locator("#in-password")).hasAttribute("aria-invalid", "true");
    }

    // ---- guests

    @Test
    void aGuestKeepsTheNameBySigningUpAndStaysInPlace() {
        Page page = chromium.open(server);
        String name = server.newName("guest");
        join(page, name);
        assertIn(page, name, "guest");
        Page other = chromium.tab(page, server);
        assertIn(other, name, "guest");
        page.locator("#content").fill("half a sentence");

        page.locator("#account-open").click();
        button(page, "Keep this name: sign up").click();
        assertThat(page.locator("#up-name")).hasValue(name);
        assertThat(page.locator("#up-password")).isFocused();
        page.locator("#up-password").fill(PASSWORD);
        page.locator("#up-password").press("Enter");

        assertIn(page, name, "account");
        assertThat(page.locator("#content")).hasValue("half a sentence");
        assertIn(other, name, "account");
    }

    @Test
    void twoTabsOfOneGuestAreOnePerson() {
        Page one = chromium.open(server);
        String name = server.newName("twin");
        String room = server.newName("room");
        join(one, name);
        assertIn(one, name, "guest");
        Page two = chromium.tab(one, server);
        assertIn(two, name, "guest");
        enter(one, room);
        enter(two, room);

        say(one, "from the first tab");
        say(two, "from the second tab");

        for (Page page : new Page[] {one, two}) {
            assertThat(page.locator("#people .person")).hasCount(1);
            assertThat(page.locator("#people .you")).isVisible();
            assertThat(page.locator("#heading-count")).hasText("1 person");
            assertThat(page.locator(".message.own[data-state=read]")).hasCount(2);
            assertThat(page.locator("#notice")).isHidden();
        }
    }

    @Test
    void aGuestWhoChangesTheNameGoesOnUnderTheNewOne() {
        Page page = chromium.open(server);
        join(page, server.newName("before"));
        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        Page other = chromium.tab(page, server);
        assertThat(other.locator("#status")).hasAttribute("data-state", "open");
        String name = server.newName("after");

        page.locator("#account-open").click();
        button(page, "Change name").click();
        page.locator("#guest-name").fill(name);
        page.locator("#guest-name").press("Enter");

        assertIn(page, name, "guest");
        assertThat(other.locator("#door-words")).containsText("In another tab you are " + name);
        button(other, "Continue as " + name).click();
        assertIn(other, name, "guest");
    }

    @Test
    void nothingThatProvesWhoOneIsCanBeReadByAScript() {
        Page page = chromium.open(server);
        join(page, server.newName("secret"));
        assertThat(page.locator("#status")).hasAttribute("data-state", "open");

        Cookie cookie = page.context().cookies().get(0);
        String readable = String.valueOf(page.evaluate(
                "document.cookie + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })"
                        + " + location.href + performance.getEntries().map((each) => each.name).join()"));

        assertEquals(ApiClient.COOKIE, cookie.name);
        assertTrue(cookie.httpOnly);
        assertTrue(!readable.contains(cookie.value) && !readable.contains("session="), readable);
    }

    // ---- endings

    @Test
    void signingOutInAnotherTabEndsThisOneAndKeepsWhatWasTyped() {
        Page page = chromium.open(server);
        String name = server.newName("erna");
        signUp(page, name);
        assertIn(page, name, "account");
        page.locator("#content").fill("not sent yet");
        Page other = chromium.tab(page, server);
        assertIn(other, name, "account");

        signOut(other);

        assertThat(heading(page)).hasText("Your session has ended");
        assertThat(page.locator("#door-words")).containsText("What you have not sent yet is kept.");
        assertThat(page.locator("#in-name")).hasValue(name);
        assertThat(page.locator("#in-password")).isFocused();
        page.locator("#in-password").fill(PASSWORD);
        page.locator("#in-password").press("Enter");
        assertIn(page, name, "account");
        assertThat(page.locator("#content")).hasValue("not sent yet");
    }

    @Test
    void whoComesNextFindsNothingOfWhoSignedOut() {
        Page page = chromium.open(server);
        String name = server.newName("fred");
        String room = server.newName("private");
        signUp(page, name);
        assertIn(page, name, "account");
        enter(page, room);
        enter(page, "lobby");
        page.locator("#content").fill("my secret draft");

        signOut(page);
        join(page, server.newName("next"));

        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        assertThat(page.locator("#content")).hasValue("");
        assertThat(page.locator("#room-list")).not().containsText(room);
    }

    @Test
    void anotherAccountFindsNothingOfTheOneWhoseSessionEnded() {
        Page page = chromium.open(server);
        String name = server.newName("gert");
        signUp(page, name);
        assertIn(page, name, "account");
        page.locator("#content").fill("my secret draft");
        Page other = chromium.tab(page, server);
        assertIn(other, name, "account");
        signOut(other);
        assertThat(heading(page)).hasText("Your session has ended");

        String next = server.newName("hugo");
        signUp(page, next);

        assertIn(page, next, "account");
        assertThat(page.locator("#content")).hasValue("");
    }

    @Test
    void whoIsBannedHearsTheReasonAndIsNotReconnected() {
        Page page = chromium.open(server);
        AtomicInteger attempts = new AtomicInteger();
        page.routeWebSocket("**/chat", socket -> {
            attempts.incrementAndGet();
            socket.close(new WebSocketRoute.CloseOptions().setCode(4403).setReason("Too much advertising."));
        });
        page.reload();

        join(page, server.newName("spam"));

        assertThat(heading(page)).hasText("You cannot come in");
        assertThat(page.locator("#door-words")).hasText("You have been banned from here: Too much advertising.");
        assertEquals(1, attempts.get());
        button(page, "Try again").click();
        assertThat(heading(page)).hasText("You cannot come in");
        page.waitForCondition(() -> attempts.get() == 2);
    }

    @Test
    void aBanSaysItsEndAtOnceAndLetsInAgainByItself() {
        Page member = chromium.open(server);
        Page guest = chromium.open(server);
        String account = server.newName("hothead");
        String name = server.newName("hotguest");
        signUp(member, account);
        join(guest, name);
        assertIn(member, account, "account");
        assertIn(guest, name, "guest");
        Moderator boss = Moderator.signUp(server, "boss", CODE);

        boss.post("bans", "user", account, "reason", "cool down", "duration", "8s");
        boss.post("bans", "user", name, "reason", "cool down", "duration", "8s");

        for (Page page : new Page[] {member, guest}) {
            assertThat(heading(page)).hasText("You cannot come in");
            assertThat(page.locator("#door-words"))
                    .hasText(Pattern.compile("cool down\\. This ends on .* lets you in again by itself then\\.$"));
        }
        assertIn(member, account, "account");
        assertThat(guest.locator("#door-words")).hasText("You were banned, and that is over: you may come in again.");
        assertThat(guest.locator("#guest-name")).hasValue(name);
        guest.locator("#guest-name").press("Enter");
        assertIn(guest, name, "guest");
    }

    @Test
    void whoIsThereTooOftenHearsWhatToDo() {
        try (TestServer narrow = TestServer.with("parley.limits.connections-per-user", "1")) {
            Page one = chromium.open(narrow);
            join(one, "twin");
            assertIn(one, "twin", "guest");
            Page two = chromium.tab(one, narrow);

            assertThat(two.locator("#notice-words")).hasText(Pattern.compile("Close a tab or a window"));
            one.close();
            two.waitForCondition(() -> {
                if (button(two, "Connect again").isVisible()) {
                    button(two, "Connect again").click();
                }
                return "open".equals(two.locator("#status").getAttribute("data-state"));
            });
            assertThat(two.locator("#notice")).isHidden();
            two.close(); // the server waits for everybody
        }
    }

    @Test
    void whereOnlyAnotherSystemLetsPeopleInNoFormIsOffered() {
        try (TestServer theirs = TestServer.with(
                "parley.auth.guests", "false",
                "parley.auth.sign-up", "false",
                "parley.auth.jwt.issuer", "https://sso.example.org",
                "parley.auth.jwt.audience", "parley",
                "parley.auth.jwt.secret", "a secret of more than thirty-two bytes")) {
            Page page = chromium.open(theirs);

            assertThat(page.locator("#door-words")).containsText("from another system");
            assertThat(button(page, "Try again")).isFocused();
            assertThat(page.locator("#door form:visible")).hasCount(0);
        }
    }

    @Test
    void aServerThatCannotBeAskedIsSaidSoAndAskedAgain() {
        Page page = chromium.open(server);
        page.route(
                "**/api/ways",
                route -> route.fulfill(
                        new Route.FulfillOptions().setStatus(429).setHeaders(Map.of("Retry-After", "600"))));
        page.reload();
        assertThat(heading(page)).hasText("Parley cannot be reached");
        assertThat(page.locator("#door-words")).containsText("Try again in 10 minutes.");
        page.unroute("**/api/ways");

        button(page, "Try again").click();

        assertThat(heading(page)).hasText("Come on in");
        assertThat(page.locator("#notice")).isHidden();
    }

    // ---- the form itself

    @Test
    void onlyTheWaysThatAreOpenAreOffered() {
        try (TestServer closed = TestServer.with("parley.auth.guests", "true", "parley.auth.sign-up", "false")) {
            Page page = chromium.open(closed);

            assertThat(page.locator("#form-guest")).isVisible();
            assertThat(page.locator("#door-tabs")).isHidden();
            assertThat(page.locator("#form-signIn")).isHidden();
            assertThat(page.locator("#form-signUp")).isHidden();
        }
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = chromium.open(server);
        String name = server.newName("keys");
        assertThat(page.locator("#guest-name")).isFocused();

        page.keyboard().press("Shift+Tab");
        page.keyboard().press("End");
        assertThat(tab(page, "Sign up")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().type(name);
        page.keyboard().press("Tab");
        page.keyboard().type(PASSWORD);
        page.keyboard().press("Enter");

        assertIn(page, name, "account");
        assertThat(page.locator("#content")).isFocused();
        page.locator("#account-open").focus();
        page.keyboard().press("Enter");
        assertThat(button(page, "Change password")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("#account-open")).isFocused();
    }

    @Test
    void aPhoneShowsEverythingWithoutScrollingSideways() {
        Page page = chromium.open(server, 360, 640);
        assertThat(page.locator("#form-guest")).isVisible();
        assertFits(page);
        tab(page, "Sign up").click();
        page.locator("#form-signUp [type=submit]").click();
        assertFits(page);
        tab(page, "Join as a guest").click();
        join(page, "a-guest-whose-name-is-32-letters");
        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        assertFits(page);

        page.locator("#account-open").click();
        assertThat(button(page, "Sign out")).isVisible();
        assertFits(page);
    }

    // ---- steps

    private static void join(Page page, String name) {
        page.locator("#guest-name").fill(name);
        page.locator("#guest-name").press("Enter");
    }

    private static void signUp(Page page, String name) {
        tab(page, "Sign up").click();
        page.locator("#up-name").fill(name);
        page.locator("#up-password").fill(PASSWORD);
        page.locator("#up-password").press("Enter");
    }

    private static void signIn(Page page, String name, String password) {
        tab(page, "Sign in").click();
        page.locator("#in-name").fill(name);
        page.locator("#in-password").fill(password);
        page.locator("#in-password").press("Enter");
    }

    private static void signOut(Page page) {
        page.locator("#sign-out").click();
        page.locator("#account-leave")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out"))
                .click();
    }

    private static void enter(Page page, String room) {
        page.locator("#rooms [data-find]").click();
        page.locator("#directory-name").fill(room);
        page.locator("#directory-name").press("Enter");
        assertThat(page.locator("#heading-room")).hasText(room);
    }

    private static void say(Page page, String words) {
        page.locator("#content").fill(words);
        page.locator("#content").press("Enter");
        assertThat(page.locator(".message.own[data-state=read]").last()).containsText(words);
    }

    private static void assertIn(Page page, String name, String kind) {
        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        assertThat(page.locator("#self .self-name")).hasText(name);
        assertThat(page.locator("#self .self-kind")).hasText(kind);
        assertThat(page.locator("#chat")).isVisible();
    }

    private static void assertFits(Page page) {
        assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
        assertEquals(
                true,
                page.evaluate("[...document.querySelectorAll('#door, .card, dialog, .bar, #talk')]"
                        + ".every((each) => each.scrollWidth <= each.clientWidth)"));
    }

    private static Locator heading(Page page) {
        return page.locator("#door-title");
    }

    private static Locator tab(Page page, String name) {
        return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
