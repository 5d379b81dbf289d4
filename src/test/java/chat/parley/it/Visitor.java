package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody at a page: what they do there, and what they see. The one place that knows by which elements the talk is
 * shown, and that only what is near the screen need be in the document. One thread.
 */
final class Visitor {

    /** Own and other messages, in whatever state. */
    private static final String MESSAGE = "#log .message";

    private final Page page;

    private Visitor(Page page) {
        this.page = page;
    }

    /** Comes in as a guest and waits for the chat. */
    static Visitor guest(Page page, String name) {
        page.locator("#guest-name").fill(name);
        page.locator("#guest-name").press("Enter");
        return at(page).connected();
    }

    /** Somebody whose page this is already. */
    static Visitor at(Page page) {
        return new Visitor(page);
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    // ---- what they do

    /** Goes into a room and waits for what was said there. */
    Visitor enter(String room) {
        page.evaluate("(room) => { location.hash = encodeURIComponent(room); }", room);
        assertThat(find("#heading-room")).hasText(room);
        return joined();
    }

    /** Writes, without waiting for what becomes of it. */
    Visitor write(String words) {
        find("#content").fill(words);
        find("#content").press("Enter");
        assertThat(find("#content")).hasValue("");
        return this;
    }

    /** Says something and waits until it is in the log. */
    Visitor say(String words) {
        write(words);
        assertThat(message(words)).hasAttribute("data-state", "read");
        return this;
    }

    /** Waits until the chat is there and connected. */
    Visitor connected() {
        assertThat(find("#status")).hasAttribute("data-state", "open");
        assertThat(find("#chat")).isVisible();
        return this;
    }

    /** Waits until the talk of the room in view is there. */
    private Visitor joined() {
        page.waitForCondition(() -> find("#older").isVisible()
                || find("#log-start").innerText().contains("#")
                || find(MESSAGE).count() > 0
                || find("#log-start").innerText().contains("Nobody"));
        return this;
    }

    Visitor retry(String content) {
        message(content).getByRole(AriaRole.BUTTON).first().click();
        return this;
    }

    Visitor discard(String content) {
        message(content).getByRole(AriaRole.BUTTON).last().click();
        return this;
    }

    /** Puts another tab before this one, as far as the page can tell: a browser without a window shows all of them. */
    Visitor hide() {
        return visibility("hidden");
    }

    Visitor look() {
        return visibility("visible");
    }

    private Visitor visibility(String state) {
        page.evaluate("""
            (state) => {
              Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
              document.dispatchEvent(new Event('visibilitychange'));
            }""", state);
        return this;
    }

    /** The browser stops the page, as it does when the lid is closed: no script runs, nothing is read. */
    Visitor freeze() {
        lifecycle("frozen");
        return this;
    }

    Visitor thaw() {
        lifecycle("active");
        return this;
    }

    private void lifecycle(String state) {
        CDPSession session = page.context().newCDPSession(page);
        JsonObject how = new JsonObject();
        how.addProperty("state", state);
        session.send("Page.setWebLifecycleState", how);
        session.detach();
    }

    // ---- what they see

    /** The messages with exactly this content. */
    Locator message(String content) {
        return find(MESSAGE)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(content, new Page.GetByTextOptions().setExact(true))));
    }

    /** The rows of the room with its number of unread messages in it. */
    Locator room(String name) {
        return find("#room-list .room").filter(new Locator.FilterOptions().setHasText(name));
    }

    /** The contents in the document now, from top to bottom. */
    List<String> inView() {
        return rows().stream().map(row -> row.get("content")).toList();
    }

    /** Waits until this is the newest message in view. */
    Visitor awaitNewest(String content) {
        assertThat(find(MESSAGE).last()).containsText(content);
        return this;
    }

    /** Waits until so many messages are there, all of them in the log. */
    Visitor awaitSettled(int messages) {
        assertThat(find(MESSAGE)).hasCount(messages);
        assertThat(find(MESSAGE + "[data-state=read]")).hasCount(messages);
        return this;
    }

    /** The content of the highest message that is wholly in view. */
    String highest() {
        return (String) page.evaluate("""
            (message) => {
              const top = document.querySelector('#talk-scroll').getBoundingClientRect().top;
              const highest = [...document.querySelectorAll(message)].find((each) => each.getBoundingClientRect().top >= top);
              return highest.querySelector('.message-content').textContent;
            }""", MESSAGE);
    }

    /** Of all that can be scrolled, in CSS pixels. */
    double height() {
        return ((Number) find("#talk-scroll").evaluate("(scroll) => scroll.scrollHeight")).doubleValue();
    }

    /** Scrolls to the top, waits for older messages to come above it, and answers by how much what stood there has moved. */
    double movedByOlder() {
        page.evaluate("""
            (message) => {
              document.querySelector('#talk-scroll').scrollTop = 0;
              const highest = document.querySelector(message);
              window.highest = { key: highest.dataset.key, top: highest.getBoundingClientRect().top };
            }""", MESSAGE);
        page.waitForFunction(
                "(message) => document.querySelector(message).dataset.key !== window.highest.key", MESSAGE);
        frame();
        return ((Number) page.evaluate("""
            () => {
              const now = document.querySelector(`[data-key="${window.highest.key}"]`);
              return now.getBoundingClientRect().top - window.highest.top;
            }""")).doubleValue();
    }

    /** Everything from the newest message to the beginning of the room, read by scrolling up; the contents, oldest first. */
    List<String> readAll() {
        toNewest();
        List<Map<String, String>> all = new ArrayList<>(rows());
        while (!isAtTop()) {
            String highest = all.isEmpty() ? "" : all.get(0).get("key");
            page.evaluate("""
                () => {
                  const scroll = document.querySelector('#talk-scroll');
                  scroll.scrollTop -= scroll.clientHeight / 2;
                }""");
            frame();
            // What is older comes by itself near the top, and pushes down what is in view.
            page.waitForFunction("""
                () => {
                  const scroll = document.querySelector('#talk-scroll');
                  return scroll.scrollTop > 0 || document.querySelector('#older').hidden;
                }""");
            frame();
            List<Map<String, String>> window = rows();
            int known = indexOf(window, highest);
            if (known < 0 && !all.isEmpty()) {
                throw new AssertionError("scrolled past what was there: " + window + " before " + all.get(0));
            }
            all.addAll(0, known < 0 ? window : window.subList(0, known));
        }
        return all.stream().map(row -> row.get("content")).toList();
    }

    /** Down to the newest message. */
    Visitor toNewest() {
        page.evaluate("""
            () => {
              const scroll = document.querySelector('#talk-scroll');
              scroll.scrollTop = scroll.scrollHeight;
            }""");
        frame();
        return this;
    }

    /** Lets the page draw what it has. */
    Visitor frame() {
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        return this;
    }

    private boolean isAtTop() {
        return (Boolean) page.evaluate("""
            () => document.querySelector('#talk-scroll').scrollTop <= 0 && document.querySelector('#older').hidden""");
    }

    private static int indexOf(List<Map<String, String>> rows, String key) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).get("key").equals(key)) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, String>> rows() {
        return (List<Map<String, String>>) page.evaluate("""
            (message) => Array.from(document.querySelectorAll(message), (each) => ({
              key: each.dataset.key,
              content: each.querySelector('.message-content').textContent,
            }))""", MESSAGE);
    }
}
