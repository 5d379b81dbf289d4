package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Somebody at a page: what they do there, and what they see. The one place that knows by which elements the talk is
 * shown, and that only what is near the screen need be in the document. One thread.
 */
final class Visitor implements AutoCloseable {

    /** Own and other messages, in whatever state. */
    private static final String MESSAGE = "#log .message";

    /** What is not in the log, or not known to be. */
    private static final String UNDER_WAY =
            ":is([data-state=waiting], [data-state=sent], [data-state=committed], [data-state=failed])";

    private final Page page;
    private CDPSession debugger; // while the page is stopped

    private Visitor(Page page) {
        this.page = page;
    }

    /** Comes in as a guest and waits for the chat. */
    static Visitor guest(Page page, String name) {
        return at(page).joinAsGuest(name);
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

    /** Closes the browser they are at, for tests whose server has to see everybody go. */
    @Override
    public void close() {
        page.context().close();
    }

    // ---- what they do

    /** Comes in at the door and waits for the chat. */
    Visitor joinAsGuest(String name) {
        find("#guest-name").fill(name);
        find("#guest-name").press("Enter");
        return connected();
    }

    /** Goes into a room and waits for what was said there. */
    Visitor enter(String room) {
        page.evaluate("(room) => { location.hash = encodeURIComponent(room); }", room);
        assertThat(find("#heading-room")).hasText(room);
        return joined();
    }

    /** Goes out of a room. */
    Visitor leave(String room) {
        room(room).hover();
        room(room).locator("button").first().click();
        assertThat(room(room)).hasCount(0);
        return this;
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
        return write(words).awaitRead(words);
    }

    /** Waits until the chat is there and connected. */
    Visitor connected() {
        assertThat(find("#status")).hasAttribute("data-state", "open");
        assertThat(find("#chat")).isVisible();
        return this;
    }

    /** Waits until they are connected, also when that takes some attempts. */
    Visitor connectedAgain() {
        assertThat(find("#status"))
                .hasAttribute("data-state", "open", new LocatorAssertions.HasAttributeOptions().setTimeout(60_000));
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

    /** Goes through the whole room and asks for what is missing, until nothing is. */
    Visitor loadHoles() {
        for (int asked = 0; asked < 100; asked++) {
            toNewest();
            while (find("#log .hole").count() == 0 && !isAtTop()) {
                up();
            }
            Object missing = page.evaluate("() => document.querySelector('#log .hole')?.textContent ?? null");
            if (missing == null) {
                return this;
            }
            // As a person does: once more, if nothing came of it.
            page.waitForFunction("""
                (missing) => {
                  const hole = document.querySelector('#log .hole');
                  if (hole === null || hole.textContent !== missing) return true;
                  hole.scrollIntoView({ block: 'center' });
                  hole.querySelector('button').click();
                  return false;
                }""", missing, new Page.WaitForFunctionOptions().setPollingInterval(300));
        }
        throw new AssertionError("there is always another hole");
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

    /** Stops the page in the middle of what it does, as when the lid is closed: no script runs, nothing is read. */
    Visitor freeze() {
        debugger = page.context().newCDPSession(page);
        AtomicBoolean paused = new AtomicBoolean();
        debugger.on("Debugger.paused", event -> paused.set(true));
        debugger.send("Debugger.enable");
        debugger.send("Debugger.pause");
        page.waitForCondition(paused::get);
        return this;
    }

    Visitor thaw() {
        debugger.send("Debugger.resume");
        debugger.detach();
        return this;
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

    /** The contents on the screen, from top to bottom. */
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
        return awaitNothingOnItsWay();
    }

    /** Waits until there is one message with this content, and it is in the log. */
    Visitor awaitRead(String content) {
        assertThat(message(content)).hasCount(1);
        assertThat(message(content).and(find(UNDER_WAY))).hasCount(0);
        return this;
    }

    /** Waits until everything they wrote is in the log. */
    Visitor awaitNothingOnItsWay() {
        assertThat(find(MESSAGE + UNDER_WAY)).hasCount(0);
        return this;
    }

    /** From now on it is remembered which states the connection was in. */
    Visitor rememberStates() {
        page.evaluate("""
            () => {
              const status = document.querySelector('#status');
              window.states = [status.dataset.state];
              new MutationObserver(() => window.states.push(status.dataset.state)).observe(status, { attributeFilter: ['data-state'] });
            }""");
        return this;
    }

    @SuppressWarnings("unchecked")
    List<String> states() {
        return (List<String>) page.evaluate("window.states");
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

    /** Does something upon which older messages come above what is in view, and answers by how much that moves, in CSS pixels. */
    double movedBy(Runnable act) {
        page.evaluate("""
            (message) => {
              const scroll = document.querySelector('#talk-scroll');
              const top = scroll.getBoundingClientRect().top;
              const highest = [...document.querySelectorAll(message)].find((each) => each.getBoundingClientRect().bottom > top);
              window.before = { key: highest.dataset.key, top: highest.getBoundingClientRect().top, height: scroll.scrollHeight };
            }""", MESSAGE);
        act.run();
        page.waitForFunction("() => document.querySelector('#talk-scroll').scrollHeight > window.before.height");
        frame();
        return ((Number) page.evaluate("""
            () => {
              const now = document.querySelector(`[data-key="${window.before.key}"]`);
              return now === null ? Infinity : now.getBoundingClientRect().top - window.before.top;
            }""")).doubleValue();
    }

    Visitor toTop() {
        find("#talk-scroll").evaluate("(scroll) => { scroll.scrollTop = 0; }");
        return frame();
    }

    /** Everything from the newest message to the beginning of the room, read by scrolling up; the contents, oldest first. */
    private List<String> readAll() {
        toNewest();
        Map<String, String> all = new LinkedHashMap<>();
        addAbove(all, rows());
        while (!isAtTop()) {
            up();
            addAbove(all, rows());
        }
        List<String> contents = new ArrayList<>(all.values());
        Collections.reverse(contents);
        return contents;
    }

    /** Half a screen up. */
    private void up() {
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
    }

    /** Contents by key, the newest first. */
    private static void addAbove(Map<String, String> all, List<Map<String, String>> rows) {
        if (!all.isEmpty() && rows.stream().noneMatch(row -> all.containsKey(row.get("key")))) {
            throw new AssertionError("scrolled past something to " + rows.get(rows.size() - 1));
        }
        for (int i = rows.size() - 1; i >= 0; i--) {
            all.putIfAbsent(rows.get(i).get("key"), rows.get(i).get("content"));
        }
    }

    /** Down to the newest message; where heights are guessed until something is drawn, in more than one step. */
    Visitor toNewest() {
        page.waitForFunction("""
            () => {
              const scroll = document.querySelector('#talk-scroll');
              const isThere = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 1;
              scroll.scrollTop = scroll.scrollHeight;
              return isThere;
            }""");
        return frame();
    }

    /** Holds that the whole room, read from the end to the beginning, is this. */
    Visitor assertReads(List<String> expected) {
        List<String> all = readAll();
        for (int i = 0; i < Math.max(all.size(), expected.size()); i++) {
            List<String> read = all.subList(Math.min(i, all.size()), Math.min(i + 3, all.size()));
            List<String> said = expected.subList(Math.min(i, expected.size()), Math.min(i + 3, expected.size()));
            if (read.isEmpty() || said.isEmpty() || !read.get(0).equals(said.get(0))) {
                throw new AssertionError("message " + i + ": said was " + said + ", read " + read + "; "
                        + expected.size() + " and " + all.size() + " in all");
            }
        }
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

    /** The messages on the screen: what else is in the document need not be next to them. */
    @SuppressWarnings("unchecked")
    private List<Map<String, String>> rows() {
        return (List<Map<String, String>>) page.evaluate("""
            (message) => {
              const screen = document.querySelector('#talk-scroll').getBoundingClientRect();
              return [...document.querySelectorAll(message)]
                .filter((each) => each.getBoundingClientRect().bottom > screen.top && each.getBoundingClientRect().top < screen.bottom)
                .map((each) => ({ key: each.dataset.key, content: each.querySelector('.message-content').textContent }));
            }""", MESSAGE);
    }
}
