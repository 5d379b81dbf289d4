package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** More passwords than can be hashed: who is too many is told so, and everything else goes on. */
class AttackedHashesIT {

    /** More than run and wait. */
    private static final int CROWD = 120;

    @Test
    void aCrowdThatSignsInIsBusyAndNobodyElseWaits() {
        try (TestServer server = TestServer.with(
                "parley.auth.argon2.memory", "32MB",
                "parley.auth.argon2.iterations", "6",
                "parley.auth.attempts-per-address", "0",
                "parley.drain", "0s")) {
            ChatClient alice = server.connect("alice");
            alice.join("calm");
            HttpClient http = HttpClient.newHttpClient();
            AtomicReference<HttpResponse<String>> busy = new AtomicReference<>();
            List<CompletableFuture<?>> crowd = new ArrayList<>();

            for (int i = 0; i < CROWD; i++) {
                crowd.add(http.sendAsync(signIn(server, "nobody" + i), HttpResponse.BodyHandlers.ofString())
                        .thenAccept(response -> {
                            if (response.statusCode() == 503) {
                                busy.compareAndSet(null, response);
                            }
                        }));
            }
            Eventually.holds("somebody is too many", () -> busy.get() != null);

            assertTrue(busy.get().body().contains("\"busy\""), busy.get()::body);
            assertEquals("1", busy.get().headers().firstValue("Retry-After").orElse(""));
            ApiClient other = new ApiClient(server);
            assertEquals(200, other.comeAsGuest("bert").status(), "a guest needs no hash");
            assertEquals(200, other.who().status());
            assertTrue(other.ticket().length() > 20);
            assertEquals(1, alice.say("calm", "still here").getInt("seq"));
            server.connect("carol").fence();
            assertTrue(crowd.stream().anyMatch(one -> !one.isDone()), "the hashes were still under way");
            crowd.forEach(one -> one.cancel(true));
        }
    }

    private static HttpRequest signIn(TestServer server, String name) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ApiClient.body("name", name, "password", "wrong guess")))
                .build();
    }
}
