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
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Chromium that is installed, without a window, driven by the Node.js that is installed. As a static extension it
 * lives as long as the class. After each test it closes what the test opened, and holds the page to its promises: no
 * error in the console, and nothing asked of another host.
 *
 * <p>Where one of the two is missing, the class is skipped and says why; with {@code CI=true} it fails. One thread.
 */
final class Chromium implements ExecutionCondition, AfterEachCallback, AfterAllCallback {

    private static final Optional<Path> BROWSER = onPath("chromium", "chromium-browser", "google-chrome");
    private static final Optional<Path> NODE = onPath("node");

    /** What Chromium itself writes when a request is refused: the page has words for it, and the console cannot be spared. */
    private static final String REFUSED = "Failed to load resource: the server responded with a status of 4";

    /** Longer than anything takes on a machine that is busy; what holds earlier is not waited for. */
    private static final double WAIT_MILLIS = 20_000;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;

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
        BrowserContext context = browser().newContext(new Browser.NewContextOptions().setViewportSize(width, height));
        contexts.add(context);
        context.setDefaultTimeout(WAIT_MILLIS);
        return watched(context.newPage(), server);
    }

    /** The page in a new browser whose reader reads a language first, as BCP 47 has it. */
    Page open(TestServer server, String locale) {
        BrowserContext context = browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setLocale(locale));
        contexts.add(context);
        context.setDefaultTimeout(WAIT_MILLIS);
        return watched(context.newPage(), server);
    }

    /** As {@link #open(TestServer, int, int)}, of a usual size. */
    Page open(TestServer server) {
        return open(server, 1280, 800);
    }

    /** Another tab of the same browser. */
    Page tab(Page page, TestServer server) {
        return watched(page.context().newPage(), server);
    }

    private Page watched(Page page, TestServer server) {
        URI uri = server.uri();
        page.onConsoleMessage(message -> {
            boolean isRefusal =
                    message.text().startsWith(REFUSED) && message.location().contains("/api/");
            if (message.type().equals("error") && !isRefusal) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> complaints.add(error));
        page.onRequest(request -> checkHost(uri, request.url()));
        page.onWebSocket(socket -> checkHost(uri, socket.url()));
        page.navigate(uri.toString());
        return page;
    }

    private void checkHost(URI own, String asked) {
        if (!own.getAuthority().equals(URI.create(asked).getAuthority())) {
            complaints.add("asked of another host: " + asked);
        }
    }

    private Browser browser() {
        if (browser == null) {
            PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS);
            playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of(
                            "PLAYWRIGHT_NODEJS_PATH",
                            NODE.orElseThrow().toString(),
                            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                            "1")));
            browser = playwright
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
        return browser;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> seen = List.copyOf(complaints);
        complaints.clear();
        assertEquals(List.of(), seen);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (playwright != null) {
            playwright.close();
        }
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
