package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A round through the page on a phone, and one by keyboard alone, in a real browser. That all screens fit: {@link PageScreensIT}. */
class PagePhoneIT {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "0s");

    @Test
    void onAPhoneRoomsAndPeopleAreInDrawers() {
        String room = server.newName("room");
        Visitor anna = Visitor.guest(chromium.open(server, 360, 640), server.newName("anna"));
        assertThat(anna.find("#rooms")).not().isInViewport();

        anna.find(".heading [data-drawer=rooms]").click();
        assertThat(anna.find(".heading [data-drawer=rooms]")).hasAttribute("aria-expanded", "true");
        assertThat(anna.find("#rooms")).isInViewport();
        anna.find("#rooms [data-find]").click();
        anna.find("#directory-name").fill(room);
        anna.find("#directory-name").press("Enter");
        assertThat(anna.find("#heading-room")).hasText(room);
        assertThat(anna.find("#rooms")).not().isInViewport();
        anna.say("from a phone");

        anna.find("[data-drawer=people]").click();
        assertThat(anna.find("#people .person")).hasCount(1);
        assertThat(anna.find("#people .person")).isInViewport();
        anna.page().keyboard().press("Escape");
        assertThat(anna.find("#people")).not().isInViewport();
        assertThat(anna.find("[data-drawer=people]")).isFocused();

        anna.find("[data-drawer=people]").click();
        anna.find("#people .drawer-close").click();
        assertThat(anna.find("#people")).not().isInViewport();
        assertThat(anna.find("[data-drawer=people]")).isFocused();
    }

    @Test
    void theKeyboardIsEnoughToComeInTalkMoveAndLeave() {
        Page page = chromium.open(server);
        Visitor anna = Visitor.at(page);
        String room = server.newName("keys");
        assertThat(anna.find("#guest-name")).isFocused();
        page.keyboard().type(server.newName("anna"));
        page.keyboard().press("Enter");
        anna.connected();
        assertThat(anna.find("#content")).isFocused();

        page.keyboard().type("by key");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("in two lines");
        page.keyboard().press("Enter");
        assertThat(anna.find("#log .message")).containsText(Pattern.compile("by key\\s*in two lines"));

        tabTo(page, "#rooms [data-find]", "Shift+Tab");
        page.keyboard().press("Enter");
        assertThat(anna.find("#directory-name")).isFocused();
        page.keyboard().type(room);
        page.keyboard().press("Enter");
        assertThat(anna.find("#heading-room")).hasText(room);

        tabTo(page, "#sign-out", "Shift+Tab");
        page.keyboard().press("Enter");
        assertThat(anna.find("#account")).isVisible();
        page.keyboard().press("Enter");
        assertThat(anna.find("#door-title")).isVisible();
    }

    /** Presses a key until it has brought the focus there. */
    private static void tabTo(Page page, String selector, String key) {
        for (int pressed = 0; pressed < 60; pressed++) {
            page.keyboard().press(key);
            if ((Boolean) page.evaluate("(selector) => document.activeElement.matches(selector)", selector)) {
                return;
            }
        }
        throw new AssertionError(selector + " is not reached");
    }
}
