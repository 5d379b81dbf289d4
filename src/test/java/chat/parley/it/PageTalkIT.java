package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing and reading on the page, in a real browser: markup, hostile content, completion, emoji, typing, people. */
class PageTalkIT {

    private static final String FIREFIGHTER = "👩🏽‍🚒";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "0s");

    // ---- what was said

    @Test
    void whatIsMarkedIsShownSo() {
        Page page = chromium.open(server);
        String me = join(page, "anna");

        Locator said = say(page, "**bold** _so_ ~~not~~ `x*y*` snake_case @" + me + " @bert in #dev");

        assertThat(said.locator("strong")).hasText("bold");
        assertThat(said.locator("em")).hasText("so");
        assertThat(said.locator("del")).hasText("not");
        assertThat(said.locator("code")).hasText("x*y*");
        assertThat(said.locator(".mention")).hasText(new String[] {"@" + me, "@bert"});
        assertThat(said.locator(".mention.me")).hasText("@" + me);
        assertThat(said).containsText("snake_case");
        said.locator("a", new Locator.LocatorOptions().setHasText("#dev")).click();
        assertThat(page.locator("#heading-room")).hasText("dev");
    }

    @Test
    void codeOverLinesAndQuotesStandByThemselves() {
        Page page = chromium.open(server);
        join(page, "code");
        Locator field = page.locator("#content");
        field.fill("> a *quote*\n```js\nlet a = '<b>';\n```\ndone");
        field.press("Enter");

        Locator said = newest(page);
        assertThat(said.locator("blockquote")).hasText("a quote");
        assertThat(said.locator("pre code")).hasText("let a = '<b>';");
        assertThat(said.locator("pre .language")).hasText("js");
    }

    @Test
    void linksLeadToTheWebAndSayWhere() {
        Page page = chromium.open(server);
        join(page, "link");

        Locator said = say(
                page,
                "(https://example.org/a_(b)). [news](https://example.org/n) [bank.example](https://evil.example/)"
                        + " [x](javascript:alert(1)) javascript:alert(1) data:text/html,x https://bank.example@evil.example");

        Locator links = said.locator("a");
        assertThat(links).hasText(new String[] {
            "https://example.org/a_(b)", "news (example.org)", "https://evil.example/",
        });
        for (Locator link : links.all()) {
            assertThat(link).hasAttribute("href", Pattern.compile("^https://"));
            assertThat(link).hasAttribute("rel", "noopener noreferrer nofollow");
            assertThat(link).hasAttribute("target", "_blank");
        }
    }

    // ---- what somebody means badly

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>window.hit = 1</script>",
                "<img src=x onerror=\"window.hit = 1\">",
                "<svg/onload=window.hit=1>",
                "**<b onmouseover=window.hit=1>x</b>** `<i>` <a href=javascript:window.hit=1>x</a>",
                "&lt;script&gt;&#60;script&#62;",
                "{{constructor.constructor('window.hit=1')()}} ${window.hit=1}",
            })
    void nothingTypedIsEverHtml(String content) {
        Page page = chromium.open(server);
        join(page, "evil");

        say(page, content.replaceAll("[*`]", ""));
        page.locator("#content").fill(content);
        page.locator("#content").press("Enter");

        assertThat(page.locator(".message.own[data-state=read]")).hasCount(2);
        assertEquals(
                List.of(),
                page.evaluate("[...document.querySelectorAll('.message-content *')].map((each) => each.localName)"
                        + ".filter((each) => !/^(strong|em|del|code|pre|blockquote|a|span)$/.test(each))"));
        assertEquals(true, page.evaluate("window.hit === undefined"));
    }

    @Test
    void directionsDoNotLeakOutOfAMessage() {
        Page page = chromium.open(server);
        join(page, "bidi");

        Locator said = say(page, "\u202e\u2066\u202dturned https://example.org/abc");
        say(page, "after");

        assertEquals(
                "\u202c\u2069\u202c",
                said.evaluate("(each) => each.textContent.slice(-3)"),
                "what was opened is closed");
        assertThat(said.locator("a")).hasAttribute("dir", "ltr");
        assertEquals("isolate", said.locator("a").evaluate("(each) => getComputedStyle(each).unicodeBidi"));
        assertEquals("plaintext", said.evaluate("(each) => getComputedStyle(each).unicodeBidi"));
    }

    @Test
    void muchOfAnythingDoesNotBreakTheLayout() {
        Page page = chromium.open(server, 360, 640);
        join(page, "much");

        for (String content : List.of(
                "😀".repeat(700),
                "W".repeat(3072),
                "Z" + "\u0300\u0301\u0302".repeat(400) + "algo",
                "*".repeat(3000) + "`[".repeat(30),
                "```\n" + "x".repeat(2000) + "\n```")) {
            page.locator("#content").fill(content);
            page.locator("#content").press("Enter");

            // The next above may be more than a screen away, and not in the document then.
            Locator said = page.locator("#log > .message").last();
            assertThat(said).containsText(content.replace("`", "").strip().substring(0, 2));
            assertThat(said).hasAttribute("data-state", "read");
            assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
            assertEquals(
                    true,
                    page.evaluate(
                            "[document.querySelector('#talk-scroll'), ...document.querySelectorAll('.message-content')]"
                                    + ".every((each) => each.scrollWidth <= each.clientWidth)"));
        }
    }

    @Test
    void aFewEmojiAreLargeAndStayWhole() {
        Page page = chromium.open(server);
        join(page, "few");

        assertThat(say(page, FIREFIGHTER + " 👍🏽").locator(".emoji-only")).hasText(FIREFIGHTER + " 👍🏽");
        assertThat(say(page, FIREFIGHTER + " ok").locator(".emoji-only")).hasCount(0);
    }

    // ---- writing

    @Test
    void aNameIsCompletedByKeyboard() {
        Page anna = chromium.open(server);
        Page bert = chromium.open(server);
        String room = server.newName("room");
        join(anna, "anna");
        String name = join(bert, "bert");
        enter(anna, room);
        enter(bert, room);
        assertThat(anna.locator(".person")).hasCount(2);
        Locator field = anna.locator("#content");

        field.pressSequentially("hi @be");
        Locator option = anna.getByRole(AriaRole.OPTION);
        assertThat(option).hasCount(1);
        assertThat(option).hasAttribute("aria-selected", "true");
        assertThat(field).hasAttribute("aria-activedescendant", Pattern.compile("suggestion-0"));
        field.press("Escape");
        assertThat(option).hasCount(0);
        field.press("Backspace");
        field.pressSequentially("e");
        assertThat(option).hasCount(0);
        field.pressSequentially(" @b");
        assertThat(option).hasCount(1);
        field.press("Enter");

        assertThat(field).hasValue("hi @be @" + name + " ");
        assertThat(anna.locator(".message")).hasCount(0);
        field.press("Enter");
        assertThat(newest(bert).locator(".mention.me")).hasText("@" + name);
    }

    @Test
    void emojiAreFoundByShortcodeAndInTheirDialogByKeyboard() {
        Page page = chromium.open(server);
        join(page, "emo");
        Locator field = page.locator("#content");

        field.pressSequentially(":tad");
        assertThat(page.getByRole(AriaRole.OPTION).first()).containsText("party popper");
        field.press("Tab");
        assertThat(field).hasValue("🎉 ");
        field.pressSequentially(":+1:");
        assertThat(field).hasValue("🎉 👍");
        field.press("Tab");
        assertThat(page.locator("#emoji-open")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#emoji-search")).isFocused();
        assertThat(page.locator(".emoji-section").first()).containsText("Used last");
        page.keyboard().type("cat face");
        assertThat(page.locator(".emoji-cells button").first()).hasAccessibleName("cat face");
        page.keyboard().press("ArrowDown");
        assertThat(page.locator(".emoji-cells button").first()).isFocused();
        page.keyboard().press("Enter");

        assertThat(field).isFocused();
        assertThat(field).hasValue("🎉 👍🐱");
        page.locator("#emoji-open").click();
        page.keyboard().press("Escape");
        assertThat(page.locator("#emoji-picker")).isHidden();
    }

    @Test
    void marksAreSetByKeyboardAndTakenBackByUndo() {
        Page page = chromium.open(server);
        join(page, "mark");
        Locator field = page.locator("#content");
        field.pressSequentially("so bold");
        for (int each = 0; each < 4; each++) {
            field.press("Shift+ArrowLeft");
        }

        field.press("ControlOrMeta+b");
        assertThat(field).hasValue("so **bold**");
        field.press("ControlOrMeta+b");
        assertThat(field).hasValue("so bold");
        field.press("ControlOrMeta+i");
        assertThat(field).hasValue("so _bold_");
        field.press("ControlOrMeta+z");
        assertThat(field).hasValue("so bold");
    }

    @Test
    void aMessageThatIsTooLongStaysAndSaysByHowMuch() {
        Page page = chromium.open(server);
        join(page, "long");
        Locator field = page.locator("#content");

        field.fill("ä".repeat(1537));

        assertThat(page.locator("#content-left")).hasText("Too long by 2 bytes");
        assertThat(page.locator("#composer-said")).hasText("Too long by 2 bytes");
        assertThat(page.locator("#send")).isDisabled();
        field.press("Enter");
        assertThat(field).hasValue("ä".repeat(1537));
        field.press("Backspace");
        field.press("Enter");
        assertThat(field).hasValue("");
    }

    // ---- the others

    @Test
    void whoTypesIsSeenByTheOtherUntilTheMessageComes() {
        Page anna = chromium.open(server);
        Page bert = chromium.open(server);
        String room = server.newName("room");
        String name = join(anna, "anna");
        join(bert, "bert");
        enter(anna, room);
        enter(bert, room);
        assertThat(anna.locator(".person")).hasCount(2);

        anna.locator("#content").pressSequentially("well");

        assertThat(bert.locator("#typing")).containsText(name);
        assertThat(bert.locator("#typing")).containsText("is typing…");
        assertThat(anna.locator("#typing")).hasText("");
        anna.locator("#content").press("Enter");
        assertThat(newest(bert)).hasText("well");
        assertThat(bert.locator("#typing")).hasText("");
        anna.locator("#content").press("x");
        assertThat(bert.locator("#typing")).hasText(""); // it is not three seconds later
        anna.waitForCondition(() -> {
            anna.locator("#content").press("x");
            return !bert.locator("#typing").innerText().isEmpty();
        });
        anna.locator("#content").fill("");
        assertThat(bert.locator("#typing")).hasText("");
    }

    @Test
    void whoeverIsChosenAmongThePeopleIsCalled() {
        Page anna = chromium.open(server);
        Page bert = chromium.open(server);
        String room = server.newName("room");
        String me = join(anna, "anna");
        String name = join(bert, "bert");
        enter(anna, room);
        enter(bert, room);

        Locator people = anna.locator(".person");
        assertThat(people).hasCount(2);
        assertThat(people.first()).containsText(me);
        people.first().locator("button").focus();
        anna.keyboard().press("ArrowDown");
        anna.keyboard().press("Enter");

        assertThat(anna.locator("#content")).hasValue("@" + name + " ");
        assertThat(anna.locator("#content")).isFocused();
    }

    // ---- steps

    private static String join(Page page, String name) {
        String whole = server.newName(name);
        page.locator("#guest-name").fill(whole);
        page.locator("#guest-name").press("Enter");
        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        assertThat(page.locator(".person .you").first()).isAttached();
        enter(page, server.newName("own"));
        return whole;
    }

    private static void enter(Page page, String room) {
        page.evaluate("(room) => { location.hash = room; }", room);
        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page.locator("#log-start")).not().hasText("One moment…");
    }

    private static Locator say(Page page, String words) {
        int before = page.locator(".message.own[data-state=read]").count();
        page.locator("#content").fill(words);
        page.locator("#content").press("Enter");
        assertThat(page.locator(".message.own[data-state=read]")).hasCount(before + 1);
        return page.locator(".message.own .message-content").nth(before);
    }

    private static Locator newest(Page page) {
        return page.locator(".message .message-content").last();
    }
}
