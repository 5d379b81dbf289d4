package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client in a page of another site: what client.md shows is run as it stands there. */
class EmbeddedClientIT {

    private static final HttpServer site = site();

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.origins", origin(site));

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @Test
    void theExampleOfTheDocumentationTalksWithThePage() throws Exception {
        String example = example("html");
        assertTrue(example.lines().count() <= 25, example);
        Page page = chromium.open(server);
        String name = server.newName("anna");
        page.locator("#guest-name").fill(name);
        page.locator("#guest-name").press("Enter");
        assertThat(page.locator("#status")).hasAttribute("data-state", "open");
        say(page, "before anybody came");

        Page embedding = embed(page, example);
        assertThat(embedding.locator("#talk li")).hasText(name + ": before anybody came");
        embedding.locator("#words").fill("<b>from elsewhere</b>");
        embedding.locator("#words").press("Enter");

        assertThat(page.locator(".message", new Page.LocatorOptions().setHasText("carol")))
                .containsText("<b>from elsewhere</b>");
        say(page, "heard");
        assertThat(embedding.locator("#talk li"))
                .hasText(new String[] {name + ": before anybody came", "carol: <b>from elsewhere</b>", name + ": heard"
                });
        assertThat(embedding).hasTitle("open");
        assertEquals(List.of(), complaints);
    }

    @Test
    void aUserOfAnotherSiteComesByATicketForEachAttempt() throws Exception {
        Page page = chromium.open(server);
        String name = server.newName("ticketed");
        ApiClient.Answer session = new ApiClient(server).comeAsGuest(name);
        String script = String.join(
                "\n",
                "import { ParleyClient } from 'https://chat.example.org/parley-client.js';",
                "const tokenOfMyUser = async () => '" + session.token() + "';",
                example("js"),
                "chat.addEventListener('welcome', ({ detail }) => (document.title += ` ${detail.sender}`));",
                "chat.start();",
                "window.again = () => { chat.stop(); chat.start(); };");

        Page embedding = embed(page, "<!doctype html><script type=\"module\">" + script + "</script>");

        assertThat(embedding).hasTitle(name);
        embedding.evaluate("again()");
        assertThat(embedding).hasTitle(name + " " + name);
        assertEquals(List.of(), complaints);
    }

    @Test
    void aPageThatIsNotListedLoadsItAndDoesNotGetIn() throws Exception {
        HttpServer foreign = site();
        try {
            Page page = chromium.open(server);
            Page embedding = embed(page, example("html"), foreign);

            assertThat(embedding).hasTitle(Pattern.compile("waiting|connecting"));
            assertThat(embedding.locator("#talk li")).hasCount(0);
            assertTrue(complaints.stream().allMatch(each -> each.contains("/chat?name=carol")), complaints::toString);
        } finally {
            foreign.stop(0);
        }
    }

    private Page embed(Page page, String html) throws IOException {
        return embed(page, html, site);
    }

    /** The page of another site, in a browser of its own: that it asks another host is what it is for. */
    private Page embed(Page page, String html, HttpServer where) throws IOException {
        String authority = server.uri().getAuthority();
        byte[] body = html.replace("https://chat.example.org", "http://" + authority)
                .replace("wss://chat.example.org", "ws://" + authority)
                .getBytes(StandardCharsets.UTF_8);
        String path = "/" + contexts.size();
        where.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        BrowserContext context = page.context().browser().newContext();
        contexts.add(context);
        context.setDefaultTimeout(20_000);
        Page embedding = context.newPage();
        embedding.onConsoleMessage(message -> {
            boolean isIcon = message.location().contains("favicon.ico");
            if (message.type().equals("error") && !isIcon) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        embedding.onPageError(complaints::add);
        embedding.navigate(origin(where) + path);
        where.removeContext(path);
        return embedding;
    }

    private static void say(Page page, String words) {
        page.locator("#content").fill(words);
        page.locator("#content").press("Enter");
        assertThat(page.locator(".message.own[data-state=read]").last()).containsText(words);
    }

    /** The first example of a language in client.md. */
    private static String example(String language) throws IOException {
        String text = Files.readString(Path.of("src/site/markdown/client.md"));
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertTrue(matcher.find(), "client.md has no example in " + language);
        return matcher.group(1);
    }

    private static HttpServer site() {
        try {
            HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            site.start();
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String origin(HttpServer site) {
        return "http://localhost:" + site.getAddress().getPort();
    }

    @AfterEach
    void close() {
        contexts.forEach(BrowserContext::close);
    }

    @AfterAll
    static void stop() {
        site.stop(0);
    }
}
