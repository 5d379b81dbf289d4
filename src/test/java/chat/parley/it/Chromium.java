package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The Chromium that is installed, without a window, driven by the Node.js that is installed; one for all classes. As a
 * static extension it gives pages to the tests of a class. After each test it closes what the test opened, and holds
 * the page to its promises: no error in the console, and nothing asked of another host.
 *
 * <p>Where one of the two is missing, the class is skipped and says why; with {@code CI=true} it fails. One thread.
 */
final class Chromium implements ExecutionCondition, BeforeAllCallback, AfterEachCallback {

    private static final Optional<Path> BROWSER = onPath("chromium", "chromium-browser", "google-chrome");
    private static final Optional<Path> NODE = onPath("node");

    /** What Chromium itself writes when a request is refused: the page has words for it, and the console cannot be spared. */
    private static final String REFUSED = "Failed to load resource: the server responded with a status of 4";

    /** What Chromium itself writes while there is no server, or no network. */
    private static final List<String> OUTAGE = List.of("WebSocket connection to 'ws://", "Failed to load resource: ");

    /** Longer than anything takes on a machine that is busy; what holds earlier is not waited for. */
    private static final double WAIT_MILLIS = 20_000;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private boolean outages;
    private Running running;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (BROWSER.isPresent() && NODE.isPresent()) {
            return ConditionEvaluationResult.enabled("Chromium and Node.js are there");
        }
        String why = "the page is not tested: " + (BROWSER.isPresent() ? "Node.js" : "Chromium") + " is not installed";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(why);
        }
        System.out.println(context.getDisplayName() + ": " + why);
        return ConditionEvaluationResult.disabled(why);
    }

    /** The page of a server in a new browser that knows nobody; width and height in CSS pixels. */
    Page open(TestServer server, int width, int height) {
        return open(server.uri(), new Browser.NewContextOptions().setViewportSize(width, height));
    }

    /** The page in a new browser whose reader reads a language first, as BCP 47 has it. */
    Page open(TestServer server, String locale) {
        Browser.NewContextOptions options = new Browser.NewContextOptions();
        return open(server.uri(), options.setViewportSize(1280, 800).setLocale(locale));
    }

    /** As {@link #open(TestServer, int, int)}, of a usual size. */
    Page open(TestServer server) {
        return open(server, 1280, 800);
    }

    /** The page at an address in a new browser that is set up like this. */
    Page open(URI uri, Browser.NewContextOptions options) {
        Page page = blank(options);
        watch(page, uri);
        page.navigate(uri.toString());
        return page;
    }

    /** A page of a new browser that is nowhere yet: to be set up, and then brought to its {@link #watch place}. */
    Page blank(Browser.NewContextOptions options) {
        BrowserContext context = running.browser().newContext(options);
        contexts.add(context);
        context.setDefaultTimeout(WAIT_MILLIS);
        return context.newPage();
    }

    /** Another tab of the same browser. */
    Page tab(Page page, TestServer server) {
        Page tab = page.context().newPage();
        watch(tab, server.uri());
        tab.navigate(server.uri().toString());
        return tab;
    }

    /** In this test the network or the server goes away, which Chromium writes into the console. */
    void expectOutages() {
        outages = true;
    }

    /** Holds a page to its promises from now on. */
    void watch(Page page, URI uri) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !isOfChromium(message.text(), message.location())) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> complaints.add(error));
        page.onRequest(request -> checkHost(uri, request.url()));
        page.onWebSocket(socket -> checkHost(uri, socket.url()));
    }

    private boolean isOfChromium(String text, String location) {
        boolean isRefusal = text.startsWith(REFUSED) && location.contains("/api/");
        return isRefusal || (outages && OUTAGE.stream().anyMatch(text::startsWith));
    }

    private void checkHost(URI own, String asked) {
        if (!own.getAuthority().equals(URI.create(asked).getAuthority())) {
            complaints.add("asked of another host: " + asked);
        }
    }

    /** What was complained of until now, which then counts no more. */
    List<String> complaints() {
        List<String> seen = List.copyOf(complaints);
        complaints.clear();
        return seen;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(Chromium.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        outages = false;
        assertEquals(List.of(), complaints());
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The processes behind all pages; JUnit closes it at the end of a run, which may be that of one class. */
    private static final class Running implements AutoCloseable {

        private final Playwright playwright;
        private Browser browser;

        Running() {
            PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS);
            playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of(
                            "PLAYWRIGHT_NODEJS_PATH",
                            NODE.orElseThrow().toString(),
                            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                            "1")));
            browser = launch();
        }

        /** Another one, if a test broke the last. */
        Browser browser() {
            if (!browser.isConnected()) {
                browser = launch();
            }
            return browser;
        }

        private Browser launch() {
            return playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(BROWSER.orElseThrow())
                            .setArgs(List.of(
                                    "--no-sandbox", // as root, in a container, there is none to be had
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
        }

        @Override
        public void close() {
            playwright.close();
        }
    }
}
