package chat.parley.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An admin with a browser, wherever they are. One thread. */
final class Moderator {

    private final ApiClient client;
    private final String[] headers;

    private Moderator(ApiClient client, String... headers) {
        this.client = client;
        this.headers = headers;
    }

    /** Signs up under the name of an admin, by the operator's code. */
    static Moderator signUp(TestServer server, String name, String code, String... headers) {
        ApiClient client = new ApiClient(server);
        String body = ApiClient.body("name", name, "password", "correct horse", "code", code);
        ApiClient.Answer answer = client.send("POST", "users", body, headers);
        if (answer.status() != 201) {
            throw new AssertionError(answer);
        }
        return new Moderator(client, headers);
    }

    /** Signs in after a restart. */
    static Moderator signIn(TestServer server, String name) {
        ApiClient client = new ApiClient(server);
        client.signIn(name, "correct horse");
        return new Moderator(client);
    }

    ApiClient client() {
        return client;
    }

    ApiClient.Answer post(String path, String... namesAndValues) {
        return send("POST", path, ApiClient.body(namesAndValues));
    }

    ApiClient.Answer lift(int id, String reason) {
        return send("POST", "bans/lift", "{\"id\":" + id + ",\"reason\":\"" + reason + "\"}");
    }

    ApiClient.Answer get(String path) {
        return send("GET", path, null);
    }

    ApiClient.Answer send(String method, String path, String body, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        all.addAll(Arrays.asList(more));
        return client.send(method, "admin/" + path, body, all.toArray(String[]::new));
    }

    static void awaitWelcome(RawClient client) {
        try {
            client.readUntil(Wire.type("welcome"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Seen.Close close(RawClient client) {
        try {
            return client.awaitClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
