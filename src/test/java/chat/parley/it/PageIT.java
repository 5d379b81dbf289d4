package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and what a browser is told of it. */
class PageIT {

    @RegisterExtension
    static final TestServer server = TestServer.with();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void thePageAndEverythingItNamesIsServed() throws Exception {
        HttpResponse<String> page = get("/");

        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
        List<String> named = Pattern.compile("(?:src|href)=\"([^\"#:]+)\"")
                .matcher(page.body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertTrue(named.stream().anyMatch(name -> name.endsWith(".js")), named::toString);
        for (String name : named) {
            HttpResponse<String> part = get("/" + name);
            assertEquals(200, part.statusCode(), name);
            if (name.endsWith(".js")) {
                assertTrue(part.headers().firstValue("Content-Type").orElse("").contains("javascript"), name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/0/main.js", "/nothing-here", "/chat"})
    void everyAnswerSaysWhatABrowserMayDo(String path) throws Exception {
        HttpResponse<String> response = get(path);

        String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(
                "nosniff",
                response.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals(
                "no-referrer", response.headers().firstValue("Referrer-Policy").orElse(""));
        assertTrue(response.headers().firstValue("Server").isEmpty(), "which server it is, is nobody's business");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing-here",
                "/view/",
                "/assets",
                "/assets/",
                "/assets/0/main.js",
                "/assets/..%2findex.html",
                "/WEB-INF/web.xml",
                "/..%2fchat/parley/version.properties",
                "/chat"
            })
    void whatIsNotOfThePageIsNotServed(String path) throws Exception {
        int status = get(path).statusCode();

        assertTrue(status >= 400 && status < 500, () -> path + " answered " + status);
    }

    @Test
    void theFilesAreKeptForEverAndThePageIsAskedForAgain() throws Exception {
        HttpResponse<String> page = get("/");
        String tag = page.headers().firstValue("ETag").orElseThrow();

        assertEquals("no-cache", page.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(304, get("/", "If-None-Match", tag).statusCode());
        assertEquals(200, get("/", "If-None-Match", "\"older\"").statusCode());
        String main = asset(page.body(), "main.js");
        assertEquals(
                "public, max-age=31536000, immutable",
                get(main).headers().firstValue("Cache-Control").orElse(""));
        String missing = get(main + "x").headers().firstValue("Cache-Control").orElse("");
        assertTrue(missing.contains("no-store"), missing);
    }

    @Test
    void aPageOfAnotherVersionFindsItsPicturesAndNoCode() throws Exception {
        String main = asset(get("/").body(), "main.js");
        String other = main.replaceFirst("[0-9a-f]{16}", "0123456789abcdef");

        HttpResponse<String> icon = get(other.replace("main.js", "favicon-unread.svg"));

        assertEquals(200, icon.statusCode());
        assertEquals("no-cache", header(icon, "Cache-Control"));
        assertEquals(get(main.replace("main.js", "favicon-unread.svg")).body(), icon.body());
        assertEquals(404, get(other).statusCode());
        assertEquals(404, get(other.replace("main.js", "colours.css")).statusCode());
        assertEquals(404, get(other.replace("main.js", "nothing.svg")).statusCode());
    }

    @Test
    void theClientAloneMayBeLoadedByPagesOfAnyOrigin() throws Exception {
        HttpResponse<String> client = get("/parley-client.js");
        String tag = client.headers().firstValue("ETag").orElseThrow();

        assertEquals(200, client.statusCode());
        assertEquals(
                "text/javascript;charset=utf-8", header(client, "Content-Type").toLowerCase(Locale.ROOT));
        assertEquals("no-cache", header(client, "Cache-Control"));
        assertEquals("*", header(client, "Access-Control-Allow-Origin"));
        assertEquals("cross-origin", header(client, "Cross-Origin-Resource-Policy"));
        assertFalse(Pattern.compile("(?m)^\\s*import\\b").matcher(client.body()).find(), "it stands alone");
        HttpResponse<String> same = get("/parley-client.js", "If-None-Match", tag);
        assertEquals(304, same.statusCode());
        assertEquals("*", header(same, "Access-Control-Allow-Origin"));
        assertFalse(tag.equals(header(get("/"), "ETag")), "it changes when it changes, not with the page");
        for (String other : List.of("/", asset(get("/").body(), "main.js"), "/api/ways", "/nothing-here")) {
            assertEquals("", header(get(other), "Access-Control-Allow-Origin"), other);
            assertEquals("same-origin", header(get(other), "Cross-Origin-Resource-Policy"), other);
        }
    }

    @Test
    void theFirstLoadIsSmall() throws Exception {
        long bytes = 0;
        String page = get("/").body();
        Set<String> names = Pattern.compile("(?:src|href)=\"([^\"#:]+)\"")
                .matcher(page)
                .results()
                .map(match -> "/" + match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        names.add("/");
        names.add(asset(page, "main.js").replace("main.js", "words/de.js")); // a reader needs one of those
        assertTrue(names.size() < 20, names::toString);
        for (String name : names) {
            HttpResponse<byte[]> part =
                    http.send(request(name, "Accept-Encoding", "gzip"), HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(200, part.statusCode(), name);
            assertEquals("gzip", part.headers().firstValue("Content-Encoding").orElse("identity"), name);
            assertArrayEquals(
                    get(name).body().getBytes(StandardCharsets.UTF_8),
                    new GZIPInputStream(new ByteArrayInputStream(part.body())).readAllBytes());
            bytes += part.body().length;
        }
        assertTrue(bytes < 150_000, bytes + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip;q=0", "br", "identity", "gzip;q=0.000"})
    void whoDoesNotTakeGzipGetsNone(String accepted) throws Exception {
        HttpResponse<String> page = get("/", "Accept-Encoding", accepted);

        assertEquals("", page.headers().firstValue("Content-Encoding").orElse(""));
        assertTrue(page.body().contains("<html"));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String asset(String page, String name) {
        return Pattern.compile("\"(assets/[0-9a-f]+/" + Pattern.quote(name) + ")\"")
                .matcher(page)
                .results()
                .map(match -> "/" + match.group(1))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return http.send(request(path, headers), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }
}
