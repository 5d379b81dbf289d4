package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page, its files and the health checks, which stand on the pages on security and on operations. */
final class PageChecks {

    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    private PageChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("-", "the page is served below the context path, with its security headers", PageChecks::page),
                Check.of(
                        "-",
                        "every file the page names is there, in its type, by a relative address",
                        PageChecks::files),
                Check.of("-", "what is not of the page is 404 and shows nothing", PageChecks::notThere),
                Check.of("-", "health/live and health/ready say UP", PageChecks::health),
                Check.of("-", "nothing is echoed by TRACE", PageChecks::trace));
    }

    private static void page(Stage stage) {
        Browser.Answer page = stage.browser().get("").expect(200);
        assertTrue(page.header("Content-Type").startsWith("text/html"), page.header("Content-Type"));
        assertTrue(page.response().body().contains("<title>Parley</title>"));
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), policy);
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        assertEquals("DENY", page.header("X-Frame-Options"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
    }

    private static void files(Stage stage) {
        Set<String> names = new TreeSet<>();
        Matcher matcher =
                NAMED.matcher(stage.browser().get("").expect(200).response().body());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        assertTrue(names.stream().anyMatch(name -> name.endsWith(".js")), names::toString);
        assertTrue(names.stream().anyMatch(name -> name.endsWith(".css")), names::toString);
        for (String name : names) {
            assertFalse(name.startsWith("/") || name.contains(":"), name);
            Browser.Answer file = stage.browser().get(name).expect(200);
            String type = file.header("Content-Type");
            assertTrue(
                    name.endsWith(".js") ? type.startsWith("text/javascript") : !type.startsWith("text/html"),
                    () -> name + " is " + type);
            assertFalse(file.header("Content-Security-Policy").isEmpty(), name);
        }
    }

    private static void notThere(Stage stage) {
        for (String path :
                List.of("nothing", "assets/x/main.js", "WEB-INF/web.xml", "WEB-INF/classes/", "META-INF/MANIFEST.MF")) {
            Browser.Answer answer = stage.browser().get(path);
            assertEquals(404, answer.status(), path);
            assertFalse(answer.response().body().contains("Manifest-Version"), path);
        }
    }

    private static void health(Stage stage) {
        for (String path : List.of("health/live", "health/ready")) {
            Browser.Answer answer = stage.browser().get(path).expect(200);
            assertEquals("{\"status\":\"UP\"}", answer.response().body());
            assertTrue(answer.header("Content-Type").startsWith("application/json"));
        }
    }

    private static void trace(Stage stage) {
        for (String path : List.of("", "health/live", "api/session")) {
            Browser.Answer answer = stage.browser().send("TRACE", path, null, "X-Secret", "do not tell");
            assertTrue(answer.status() >= 400, () -> path + " " + answer.status());
            assertFalse(answer.response().body().contains("do not tell"), path);
        }
    }
}
