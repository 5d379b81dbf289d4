package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.relay.Redis;
import chat.parley.store.CuttingProxy;
import chat.parley.store.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user may do on two servers together; and what on each alone, while there is no Redis. */
@Timeout(120)
class LimitsNodesIT {

    private static final String NAME = "Limited";
    private static final String PASSWORD = "correct horse";

    @TempDir
    static Path folder;

    private static CuttingProxy redis;
    private static TestServer one;
    private static TestServer two;
    private static ApiClient onOne;
    private static ApiClient onTwo;

    @BeforeAll
    static void start() throws Exception {
        redis = new CuttingProxy(Redis.port());
        String database = Postgres.NEW.schema();
        one = server(database);
        onOne = new ApiClient(one);
        assertEquals(201, onOne.signUp(NAME, PASSWORD).status());
        two = server(database); // knows the account
        onTwo = new ApiClient(two);
        assertEquals(200, onTwo.signIn(NAME, PASSWORD).status());
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        redis.close();
    }

    @AfterEach
    void hangUp() throws Exception {
        redis.goAway(false);
        one.hangUp();
        two.hangUp();
        Eventually.holds("all are gone", () -> connections() == 0);
    }

    @Test
    void aConnectionTooManyIsClosedAgain() {
        awaitBothCount();
        List<ChatClient> four =
                List.of(connect(one, onOne), connect(two, onTwo), connect(two, onTwo), connect(one, onOne));
        four.forEach(ChatClient::welcome);

        // Who is welcomed is counted a moment later, and who is one too many is closed seconds later.
        Eventually.holds("all four are counted", () -> connections() == 4);
        Eventually.holds("one of four is closed", () -> connections() == 3);
        ChatClient closed =
                four.stream().filter(each -> !staysOpen(each)).findFirst().orElseThrow();
        assertEquals(4410, closed.seen().awaitClose().code());

        four.stream().filter(each -> each != closed).findFirst().orElseThrow().close();
        Eventually.holds("there is room for another", () -> {
            ChatClient another = connect(one, onOne);
            another.welcome();
            return staysOpen(another);
        });
    }

    @Test
    void withoutARedisEachServerHasLimitsOfItsOwn() throws Exception {
        redis.goAway(true);

        for (int i = 0; i < 3; i++) {
            connect(one, onOne).fence();
            connect(two, onTwo).fence();
        }

        assertEquals(4410, connect(one, onOne).seen().awaitClose().code());
    }

    @Test
    void whoHasSpentEverythingOnOneHasLittleOnTheOther() throws Exception {
        awaitBothCount();
        long start = System.nanoTime();
        String room = one.newName("loud");
        ChatClient first = connect(one, onOne);
        first.join(room);
        saySome(first, room, 100);
        ChatClient second = connect(two, onTwo);
        second.join(room);
        for (int i = 0; i < 20; i++) {
            saySome(second, room, 1);
            Thread.sleep(50); // for it takes a moment until the others hear of it
        }

        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        int said = one.connect("witness").join(room).getInt("head");
        second.seen().await(Wire.error("rate_limited"));
        // A burst of 20 on the first; a few on the second before it heard of that; one a second comes back on each.
        assertTrue(said >= 20 && said <= 20 + 10 + 2 * seconds, () -> said + " were said in " + seconds + " s");
    }

    private static int connections() {
        return one.parley().connections().size() + two.parley().connections().size();
    }

    private static boolean staysOpen(ChatClient client) {
        try {
            client.fence();
            client.fence();
            return true;
        } catch (AssertionError | IllegalStateException e) {
            return false; // before or while it is asked
        }
    }

    /** Both have the Redis, and hold their leases: who is on one is seen on the other. */
    private static void awaitBothCount() {
        String room = one.newName("both");
        ChatClient here = one.connect("here");
        ChatClient there = two.connect("there");
        here.join(room);
        there.join(room);
        here.seen().await(Wire.type("join", room).and(Wire.from(there.name())));
        here.close();
        there.close();
    }

    private static void saySome(ChatClient client, String room, int count) {
        for (int i = 0; i < count; i++) {
            client.send(
                    Wire.request("message", room).add("content", "x").build().toString());
        }
        client.get(Wire.request("members", "fence"));
    }

    private static ChatClient connect(TestServer server, ApiClient browser) {
        return server.connectTo("?ticket=" + browser.ticket(), Subprotocol.SINGLE);
    }

    private static TestServer server(String database) {
        return TestServer.with(
                "parley.store.url", database,
                "parley.relay.url", Redis.by(redis.address()),
                "parley.limits.connections-per-user", "3",
                "parley.limits.messages-per-second", "1",
                "parley.limits.burst", "20",
                "parley.limits.user-rate", "1",
                "parley.auth.argon2.memory", "64KB",
                "parley.auth.argon2.iterations", "1",
                "parley.auth.secret-file", folder.resolve("secret").toString());
    }
}
