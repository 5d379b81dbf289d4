package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
    @ValueSource(strings = {"/", "/main.js", "/nothing-here", "/chat"})
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
            strings = {"/nothing-here", "/view/", "/WEB-INF/web.xml", "/..%2fchat/parley/version.properties", "/chat"})
    void whatIsNotOfThePageIsNotServed(String path) throws Exception {
        int status = get(path).statusCode();

        assertTrue(status >= 400 && status < 500, () -> path + " answered " + status);
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
