package chat.parley.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One person's HTTP: keeps the cookie it is given, as a browser does, and brings it again. One thread at a time. */
final class Browser {

    static final String COOKIE = "parley_session";

    /** What a request was answered with. */
    record Answer(HttpResponse<String> response, Marks marks) {

        int status() {
            return response.statusCode();
        }

        JsonObject body() {
            return Wire.parse(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The answer, if it is this; fails if not. */
        Answer expect(int status) {
            if (status() != status) {
                throw new AssertionError("not " + status + ": " + this);
            }
            return this;
        }

        /** The problem, if it is this one in every field; fails if not. */
        JsonObject problem(int status, String code) {
            expect(status);
            JsonObject problem = body();
            if (!header("Content-Type").startsWith("application/problem+json")
                    || !code.equals(problem.getString("code", ""))
                    || !("urn:parley:problem:" + code).equals(problem.getString("type", ""))
                    || problem.getInt("status", 0) != status
                    || problem.getString("title", "").isBlank()
                    || problem.getString("detail", "").isBlank()) {
                throw new AssertionError("not the problem " + code + ": " + this);
            }
            marks.problem(code);
            return problem;
        }

        @Override
        public String toString() {
            return status() + " " + header("Content-Type") + " " + response.body();
        }
    }

    private final HttpClient http;
    private final URI base;
    private final Marks marks;
    private @Nullable String cookie;

    Browser(HttpClient http, URI base, Marks marks) {
        this.http = http;
        this.base = base;
        this.marks = marks;
    }

    /** A request below the base; headers are names and values in turn. Status 3xx is not followed. */
    Answer send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Seen.PATIENCE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        List<String> all = new ArrayList<>(List.of(headers));
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        if (cookie != null && !all.contains("Authorization")) {
            all.addAll(List.of("Cookie", COOKIE + "=" + cookie));
        }
        request.headers(all.toArray(String[]::new));
        try {
            return kept(new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()), marks));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, withOne(headers));
    }

    /** Posts a flat object of strings: keys and values in turn. */
    Answer post(String path, String... fields) {
        return send("POST", path, Wire.strings(fields));
    }

    /** Makes an account, which is signed in. */
    JsonObject signUp(String name, String password) {
        return post("api/users", "name", name, "password", password).expect(201).body();
    }

    /** Becomes a guest. */
    JsonObject guest(String name) {
        return post("api/session", "name", name).expect(200).body();
    }

    String ticket() {
        return post("api/tickets").expect(201).body().getString("ticket");
    }

    /** What the cookie holds now. */
    String cookie() {
        if (cookie == null) {
            throw new AssertionError("no cookie was given");
        }
        return cookie;
    }

    void useCookie(String value) {
        cookie = value;
    }

    private Answer kept(Answer answer) {
        marks.status(answer.status());
        for (String set : answer.response().headers().allValues("Set-Cookie")) {
            if (set.startsWith(COOKIE + "=")) {
                String value = set.substring(COOKIE.length() + 1).split(";", 2)[0];
                cookie = value.isEmpty() ? null : value;
            }
        }
        return answer;
    }

    /** The builder of the JDK takes no empty list of headers. */
    private static String[] withOne(String[] headers) {
        return headers.length > 0 ? headers : new String[] {"Accept", "*/*"};
    }
}
