package chat.parley.it;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A browser's half of the HTTP interface, without its page: keeps the session cookie it is given. One thread. */
final class ApiClient {

    static final String COOKIE = "parley_session";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer; the body is null when there is none. */
    record Answer(int status, HttpResponse<String> response, JsonObject body) {

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String code() {
            return body.getString("code");
        }

        String token() {
            return body.getString("token");
        }
    }

    private final URI base;
    private String cookie = "";

    ApiClient(TestServer server) {
        this.base = server.uri().resolve("/api/");
    }

    /** The cookie as it is sent; empty for none. */
    String cookie() {
        return cookie;
    }

    void useCookie(String other) {
        cookie = other;
    }

    Answer signUp(String name, String password) {
        return send("POST", "users", body("name", name, "password", password));
    }

    Answer signIn(String name, String password) {
        return send("POST", "session", body("name", name, "password", password));
    }

    Answer comeAsGuest(String name) {
        return send("POST", "session", body("name", name));
    }

    Answer who(String... headers) {
        return send("GET", "session", null, headers);
    }

    /** A ticket of the session there is. */
    String ticket() {
        return send("POST", "tickets", "{}").body().getString("ticket");
    }

    /** Sends with the cookie, if there is one; a header that is given replaces the usual one, an empty one omits it. */
    Answer send(String method, String path, String body, String... headers) {
        HttpResponse<String> response = exchange(method, path, body, headers);
        return new Answer(
                response.statusCode(),
                response,
                response.body().isEmpty() ? null : Wire.objects(response.body()).get(0));
    }

    /** The same where the answer need not be JSON. */
    HttpResponse<String> raw(String method, String path, String... headers) {
        return exchange(method, path, null, headers);
    }

    private HttpResponse<String> exchange(String method, String path, String body, String... headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (body != null) {
            all.put("Content-Type", "application/json");
        }
        if (!cookie.isEmpty()) {
            all.put("Cookie", COOKIE + "=" + cookie);
        }
        for (String header : headers) {
            int colon = header.indexOf(':');
            all.put(header.substring(0, colon), header.substring(colon + 1).trim());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            keepCookie(response);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static String body(String... namesAndValues) {
        var builder = Wire.request("x");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build().toString();
    }

    private void keepCookie(HttpResponse<?> response) {
        List<String> set = response.headers().allValues("Set-Cookie");
        if (!set.isEmpty()) {
            cookie = set.get(0).split(";", 2)[0].substring(COOKIE.length() + 1);
        }
    }
}
