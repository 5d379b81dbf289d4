package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page speaks the language of the browser, on every screen, and loads no other. */
class PageLanguageIT {

    private static final String PASSWORD = "richtig gutes Pferd";

    /** English words that hardly a sentence does without, and that are no German ones. */
    private static final Set<String> ENGLISH = Set.of(
            "the",
            "you",
            "your",
            "this",
            "and",
            "with",
            "not",
            "are",
            "have",
            "has",
            "sign",
            "join",
            "room",
            "rooms",
            "people",
            "message",
            "messages",
            "again",
            "try",
            "send",
            "close",
            "back",
            "of",
            "to",
            "here",
            "account",
            "guest",
            "password",
            "connected",
            "connecting",
            "reconnecting",
            "by",
            "what",
            "nobody");

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-address", "0",
            "parley.presence.linger", "0s");

    @Test
    void theWholeWayInAndOutIsGerman() {
        Page page = chromium.open(server, "de-AT");
        String name = server.newName("gerda");
        assertThat(page.locator("#door-title")).hasText("Komm herein");
        assertThat(page).hasTitle("Komm herein · Parley");
        assertGerman(page);

        tab(page, "Neues Konto").click();
        page.locator("#up-name").fill("a b");
        page.locator("#up-password").fill(PASSWORD);
        page.locator("#up-password").press("Enter");
        assertThat(page.locator("#up-name")).hasAccessibleDescription(Pattern.compile("keine Leerzeichen"));
        assertGerman(page);
        page.locator("#up-name").fill("admin");
        page.locator("#up-password").press("Enter");
        assertThat(page.locator("#up-name")).hasAccessibleDescription(Pattern.compile("dem Haus vorbehalten"));
        assertGerman(page);
        page.locator("#up-name").fill(name.toUpperCase(Locale.ROOT));
        assertThat(page.locator("#up-name")).hasAccessibleDescription(Pattern.compile("Du heißt hier dann " + name));
        page.locator("#up-password").press("Enter");

        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        assertThat(page.locator("#status-word")).hasText("Verbunden");
        assertThat(page.locator("#self .self-kind")).hasText("Konto");
        for (String keys : List.of("Control+k", "Control+,", "Control+/")) {
            page.keyboard().press(keys);
            assertThat(page.locator("dialog[open]")).isVisible();
            assertGerman(page);
            page.keyboard().press("Escape");
        }
        for (String panel : List.of("Passwort ändern", "Konto löschen", "Abmelden")) {
            page.locator("#account-open").click();
            assertGerman(page);
            page.locator("#account")
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(panel))
                    .first()
                    .click();
            assertGerman(page);
            page.keyboard().press("Escape");
        }

        page.locator("#sign-out").click();
        page.locator("#account-leave [type=submit]").click();
        assertThat(page.locator("#door-words")).hasText("Du hast dich abgemeldet.");
        tab(page, "Anmelden").click();
        page.locator("#in-name").fill(name);
        page.locator("#in-password").fill("falsch geraten");
        page.locator("#in-password").press("Enter");
        assertThat(page.locator("#in-password")).hasAccessibleDescription(Pattern.compile("gehören nicht zusammen"));
        assertGerman(page);
    }

    @Test
    void onlyTheChosenLanguageIsLoaded() {
        for (String locale : List.of("de-CH", "en-GB")) {
            Page page = chromium.open(server, locale);
            String language = locale.substring(0, 2);
            assertThat(page.locator("html")).hasAttribute("lang", language);
            assertThat(page.locator("#guest-name")).isVisible();
            Object loaded = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)"
                    + ".filter((each) => each.includes('/words/')).map((each) => each.slice(-5)).join()");
            assertEquals(language + ".js", loaded);
        }
    }

    @Test
    void whoReadsNoneOfThemGetsEnglish() {
        Page page = chromium.open(server, "fr-FR");

        assertThat(page.locator("#door-title")).hasText("Come on in");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
    }

    private static Locator tab(Page page, String name) {
        return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
    }

    private static void assertGerman(Page page) {
        Set<String> seen = new TreeSet<>();
        String text = String.valueOf(page.evaluate("document.body.textContent + ' ' +"
                + " [...document.querySelectorAll('body *')].flatMap((each) => ['aria-label', 'placeholder', 'title', 'alt']"
                + ".map((name) => each.getAttribute(name) ?? '')).join(' ')"));
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            if (ENGLISH.contains(word)) {
                seen.add(word);
            }
        }
        assertEquals(Set.of(), seen);
    }
}
