package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A room with very many messages, in a real browser: what is in the document, what one sees of it, and that it stays
 * where one reads. No test asks how long something takes; how long the page was busy at a stretch is written to {@code
 * target/page-large-room.txt}.
 */
class PageLargeRoomIT {

    private static final int MANY = 100_000;

    /** Looks at every frame: is the log without a break, does it fill the screen, how much of it is in the document? */
    private static final String WATCH = """
            (() => {
              window.watch = { frames: 0, most: 0, broken: [], blank: 0, longest: 0 };
              new PerformanceObserver((list) => {
                for (const { duration } of list.getEntries()) watch.longest = Math.max(watch.longest, duration);
              }).observe({ entryTypes: ['longtask'] });
              const scroller = document.querySelector('#talk-scroll');
              const log = document.querySelector('#log');
              const look = () => {
                requestAnimationFrame(look);
                watch.frames++;
                watch.most = Math.max(watch.most, log.children.length);
                let above = null;
                const edge = scroller.getBoundingClientRect();
                for (const row of log.children) {
                  const box = row.getBoundingClientRect();
                  if (row.matches('.space')) {
                    above = null;
                    if (box.height > 0 && box.bottom > edge.top + 1 && box.top < edge.bottom - 1) watch.blank++;
                  }
                  if (!row.matches('.message')) continue;
                  const seq = Number(row.dataset.item);
                  if (above !== null && seq !== above + 1) watch.broken.push([above, seq]);
                  if (!row.textContent.includes(`number ${seq} `)) watch.broken.push([seq, row.textContent.slice(0, 40)]);
                  above = seq;
                }
              };
              look();
            })()
            """;

    /** Goes to the oldest message there is, waits for older ones, and answers how far what was on the screen moved. */
    private static final String OLDER = """
            async () => {
              const scroller = document.querySelector('#talk-scroll');
              const log = document.querySelector('#log');
              const above = () => Number(log.firstElementChild.dataset.to);
              scroller.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true, cancelable: true }));
              const edge = scroller.getBoundingClientRect().top;
              const row = [...log.querySelectorAll('.message')].find((each) => each.getBoundingClientRect().top > edge);
              const [top, before] = [row.getBoundingClientRect().top, above()];
              let moved = 0;
              while (above() < before + 100) {
                await new Promise(requestAnimationFrame);
                moved = Math.max(moved, Math.abs(row.getBoundingClientRect().top - top));
              }
              return moved;
            }
            """;

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with("parley.store.url", "jdbc:sqlite:" + folder.resolve("parley.db"));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void aRoomOfVeryManyMessagesIsReadBackInPlace() throws IOException {
        try (Feeder feeder = Feeder.in(server, "large")) {
            feeder.say(MANY);
        }
        Page page = reader("large");
        assertThat(row(page, MANY)).isVisible();

        for (int i = 0; i < 40; i++) {
            double moved = ((Number) page.evaluate(OLDER)).doubleValue();
            assertTrue(moved <= 2, "older messages moved what was read by " + moved + " px");
        }
        page.mouse().move(600, 400);
        for (int i = 0; i < 40; i++) {
            page.mouse().wheel(0, i % 4 == 3 ? -900 : 700);
            page.evaluate("() => new Promise(requestAnimationFrame)");
        }
        assertTrue(number(page, "Number(document.querySelector('#log').firstElementChild.dataset.to)") < MANY);
        assertTrue(number(page, "Number(document.querySelector('.message').dataset.item)") < MANY - 5000);
        page.locator("#talk-scroll").press("End");
        assertThat(row(page, MANY)).isVisible();

        assertWhole(page);
        report(page, "read back from " + MANY + " messages");
    }

    @Test
    void whatOneTypesArrivesWholeWhileVeryMuchIsSaid() throws IOException, InterruptedException {
        try (Feeder feeder = Feeder.in(server, "busy")) {
            feeder.say(5000);
            Page page = reader("busy");
            for (int i = 0; i < 10; i++) {
                page.evaluate(OLDER);
            }

            feeder.start(200);
            type(page);
            assertThat(page.locator("#newest")).containsText("new messages");
            page.locator("#newest").click();
            type(page);
            int said = feeder.stop();

            assertThat(row(page, said)).isVisible();
            assertTrue(said > 5000, "it said something meanwhile");
            assertWhole(page);
            report(page, "200 messages a second");
        }
    }

    // ---- steps

    private static void type(Page page) {
        String text = "the quick brown fox jumps over the lazy dog ".repeat(2);
        page.locator("#content").fill("");
        page.locator("#content").pressSequentially(text, new Locator.PressSequentiallyOptions().setDelay(20));
        assertThat(page.locator("#content")).hasValue(text);
    }

    private Page reader(String room) {
        Page page = chromium.open(server);
        page.evaluate("room => { location.hash = room; }", room);
        page.locator("#guest-name").fill(server.newName("reader"));
        page.locator("#guest-name").press("Enter");
        assertThat(page.locator("#heading-room")).hasText(room);
        assertThat(page.getByRole(AriaRole.LOG).locator(".message").first()).isVisible();
        page.evaluate(WATCH);
        return page;
    }

    private static Locator row(Page page, int seq) {
        return page.locator(".message[data-item='" + seq + "']");
    }

    /** Whatever was looked at was in order, whole, and never more than a little of the room. */
    private static void assertWhole(Page page) {
        Map<?, ?> watch = (Map<?, ?>) page.evaluate("watch");
        assertEquals("[]", String.valueOf(watch.get("broken")));
        assertEquals(0, ((Number) watch.get("blank")).intValue(), "frames with nothing where a message should be");
        assertTrue(((Number) watch.get("most")).intValue() < 300, watch.toString());
        assertTrue(((Number) watch.get("frames")).intValue() > 10, watch.toString());
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private static void report(Page page, String what) throws IOException {
        String line = what + ": " + page.evaluate("JSON.stringify(watch)");
        System.out.println(line);
        Path file = Path.of(System.getProperty("project.build.directory", "target"), "page-large-room.txt");
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
