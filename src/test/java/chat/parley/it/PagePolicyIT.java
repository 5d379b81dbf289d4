package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds if the page ever lets something through: its policy stops it in a real browser. And the page has no way to. */
class PagePolicyIT {

    private static final Path WEBAPP = Path.of("webapp");

    /** All ways by which text becomes markup, and a text a script. */
    private static final Pattern TRUSTING = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|setHTML|parseFromString|createContextualFragment|srcdoc"
                    + "|document\\.write|\\beval\\(|\\bnew Function\\b|\\bimport\\((?!`\\./words/)");

    private static final String ELSEWHERE = "http://127.0.0.2:9/";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with();

    /** Each of them would run, or look different, without the policy. */
    private static final List<String> INJECTIONS = List.of(
            "<script>window.ran = true</script>",
            "<img src='/nothing-here' onerror='window.ran = true'>",
            "<svg onload='window.ran = true'></svg>",
            "<iframe src='/favicon.svg'></iframe>",
            "<script src='data:text/javascript,window.ran=true'></script>",
            "<style>body { --ran: yes }</style>",
            "<link rel='stylesheet' href='data:text/css,body{--ran:yes}'>");

    @Test
    void whatIsInjectedDoesNotRun() {
        Page page = chromium.open(server);
        for (String markup : INJECTIONS) {
            Object stopped = page.evaluate("""
                (markup) => new Promise((told) => {
                  document.addEventListener('securitypolicyviolation', () => told('stopped'), { once: true });
                  setTimeout(() => told('not stopped'), 20_000);
                  document.body.append(document.createRange().createContextualFragment(markup));
                })""", markup);
            assertEquals("stopped", stopped, markup);
        }

        assertEquals(null, page.evaluate("window.ran ?? null"));
        assertEquals("", page.evaluate("getComputedStyle(document.body).getPropertyValue('--ran')"));
        assertAllOfThePolicy(chromium.complaints());
    }

    @Test
    void aStyleAttributeIsNotTaken() {
        Page page = chromium.open(server);

        page.locator("#door").evaluate("(door) => door.setAttribute('style', 'color: rgb(1, 2, 3)')");

        assertFalse(page.locator("#door")
                .evaluate("(door) => getComputedStyle(door).color")
                .equals("rgb(1, 2, 3)"));
        assertAllOfThePolicy(chromium.complaints());
    }

    @Test
    void nothingIsFetchedFromOrSentToAnotherHost() {
        Page page = chromium.open(server);

        Object answer = page.evaluate("""
            (elsewhere) => Promise.all([
              fetch(elsewhere).then(() => 'asked', () => 'stopped'),
              new Promise((told) => {
                const image = new Image();
                image.onerror = () => told('stopped');
                image.src = `${elsewhere}x.png`;
              }),
            ]).then(String)""", ELSEWHERE);

        assertEquals("stopped,stopped", answer);
        assertAllOfThePolicy(chromium.complaints());
    }

    @Test
    void noTextBecomesMarkup() throws IOException {
        try (Stream<Path> files = Files.walk(WEBAPP)) {
            List<Path> scripts =
                    files.filter(file -> file.toString().endsWith(".js")).toList();
            assertTrue(scripts.size() > 30, scripts::toString);
            assertEquals(
                    List.of(), lines(scripts, line -> TRUSTING.matcher(line).find()));
        }
    }

    @Test
    void thePageItselfHasNeitherScriptsNorStylesInIt() throws IOException {
        Pattern inline = Pattern.compile("<script(?![^>]*\\bsrc=)|<style|\\sstyle=|\\son[a-z]+=|javascript:|https?://");

        assertEquals(
                List.of(),
                lines(
                        List.of(WEBAPP.resolve("index.html")),
                        line -> inline.matcher(line).find()));
    }

    @Test
    void whatSomebodySaysIsTextToThePage() {
        String room = server.newName("room");
        Visitor anna =
                Visitor.guest(chromium.open(server), server.newName("anna")).enter(room);
        ChatClient bert = server.connect("bert");
        bert.join(room);
        String hostile = "<img src=x onerror=window.ran=true><script>window.ran=true</script>"
                + "<a href=\"javascript:window.ran=true\">here</a> [here](javascript:window.ran=true) javascript:window.ran=true";

        bert.say(room, hostile);
        bert.say(room, "the end");

        anna.awaitNewest("the end");
        assertThat(anna.find("#log")).containsText("<script>window.ran=true</script>");
        assertThat(anna.find("#log :is(script, img, iframe, a[href^='javascript:'])"))
                .hasCount(0);
        assertEquals(null, anna.page().evaluate("window.ran ?? null"));
    }

    /** The page complained, and of nothing else. */
    private static void assertAllOfThePolicy(List<String> complaints) {
        assertTrue(!complaints.isEmpty(), "nothing was stopped");
        assertEquals(
                List.of(),
                complaints.stream()
                        .filter(each -> !each.contains("Content Security Policy")
                                && !each.contains("violates the document's")
                                && !each.contains(ELSEWHERE)
                                && !each.contains("/nothing-here"))
                        .toList());
    }

    private static List<String> lines(List<Path> files, Predicate<String> wanted) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                if (wanted.test(line)) {
                    found.add(file + ": " + line.strip());
                }
            }
        }
        return found;
    }
}
