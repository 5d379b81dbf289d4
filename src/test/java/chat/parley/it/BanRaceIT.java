package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bans that are made while those they hit are coming in. */
class BanRaceIT {

    private static final String CODE = "only-the-operator-knows";
    private static final int THREADS = 4;
    private static final int ROUNDS = 10;

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.admins", "boss",
            "parley.admins.code", CODE,
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-address", "0",
            "parley.limits.connections-per-user", "0");

    @Test
    void nobodySlipsInWhileTheBanIsMade() throws Exception {
        Moderator boss = Moderator.signUp(server, "boss", CODE);
        for (int round = 0; round < ROUNDS; round++) {
            String name = server.newName("quick");
            ApiClient browser = new ApiClient(server);
            browser.signUp(name, "correct horse");
            String cookie = "Cookie: " + ApiClient.COOKIE + "=" + browser.cookie();
            AtomicInteger came = new AtomicInteger();
            AtomicBoolean banned = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> {
                    while (!banned.get()) {
                        server.closing(RawClient.connect(server.port(), "/chat", Subprotocol.SINGLE, cookie));
                        came.incrementAndGet();
                    }
                }));
            }
            Eventually.holds("they come in", () -> came.get() > 2 * THREADS);

            assertEquals(201, boss.post("bans", "user", name, "reason", "spam").status());

            banned.set(true);
            for (Future<?> each : all) {
                each.get(30, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertTrue(came.get() > 0);
            Eventually.holds(
                    "all of them are out",
                    () -> server.parley().connections().visits().stream()
                            .noneMatch(visit ->
                                    visit.pass().identity().name().value().equals(name)));
            server.hangUp();
        }
    }
}
