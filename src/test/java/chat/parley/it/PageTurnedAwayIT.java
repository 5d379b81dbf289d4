package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may not come in, or not stay, and what they are told by the page, in a real browser and by the real server. */
class PageTurnedAwayIT {

    private static final String CODE = "only-the-operator-knows";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.admins", "boss",
            "parley.admins.code", CODE,
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.presence.linger", "0s");

    @Test
    void whoIsKickedOrBannedWhileTalkingHearsWhyAndStaysOut() {
        Moderator boss = Moderator.signUp(server, "boss", CODE);
        String name = server.newName("loud");
        Visitor anna = Visitor.guest(chromium.open(server), name);
        anna.enter(server.newName("room")).say("buy this");

        boss.post("kick", "user", name, "reason", "Too loud.");
        assertThat(anna.find("#door-title")).isVisible();
        assertThat(anna.find("#door-words")).containsText("Too loud.");
        anna.find("#door-retry").click();
        anna.connected();

        boss.post("bans", "user", name, "reason", "Too much advertising.");
        assertThat(anna.find("#door-words")).containsText("Too much advertising.");
        anna.find("#door-retry").click();
        assertThat(anna.find("#door-words")).containsText("Too much advertising.");
        assertThat(anna.find("#chat")).isHidden();
    }

    @Test
    void whoFindsTheServerFullIsToldSoAndComesInWhenThereIsRoom() {
        chromium.expectOutages();
        try (TestServer small = TestServer.with("parley.limits.connections", "1", "parley.presence.linger", "0s")) {
            ChatClient first = small.connect("first");
            first.fence();
            Page page = chromium.open(small);
            page.locator("#guest-name").fill("second");
            page.locator("#guest-name").press("Enter");
            assertThat(page.locator("#status")).hasAttribute("data-state", "waiting");
            assertThat(page.locator("#notice")).isVisible();

            first.close();

            Visitor.at(page)
                    .connectedAgain()
                    .enter("room")
                    .say("there is room for one")
                    .close();
        }
    }
}
