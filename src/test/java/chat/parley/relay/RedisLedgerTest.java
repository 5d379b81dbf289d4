package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import chat.parley.store.CuttingProxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users take on all servers together, by a real Redis. */
@Timeout(120)
final class RedisLedgerTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String epoch = UUID.randomUUID().toString();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void connectionsOfAllServersAreCounted() throws Exception {
        Neighbour one = connected(Redis.url());
        Neighbour two = connected(Redis.url());

        assertEquals(2, connections(one, 2));
        assertEquals(5, connections(two, 3));
        assertEquals(4, connections(one, 1));
        assertEquals(3, connections(one, 0));
        assertEquals(1, Neighbour.get(one.ledger().connections("bert", 1)));
        assertEquals(0, connections(two, 0));
    }

    @Test
    void whatADeadServerSaidCountsNoMore() throws Exception {
        Neighbour one = connected(Redis.url());
        Neighbour two = connected(Redis.url());
        assertEquals(2, connections(one, 2));
        assertEquals(3, connections(two, 1));

        one.close();

        Neighbour.await(() -> "it still counts", () -> connections(two, 1) == 1);
    }

    @Test
    void aRedisThatStartedEmptyIsToldAgain() throws Exception {
        OwnRedis redis = OwnRedis.start();
        open.push(redis);
        Neighbour one = connected(redis.url());
        Neighbour two = connected(redis.url());
        assertEquals(2, connections(one, 2));
        assertEquals(3, connections(two, 1));

        redis.kill();
        assertEquals(1, connections(two, 1), "nobody knows of the other");
        redis.startAgain();

        Neighbour.await(() -> "it is not told again", () -> connections(two, 1) == 3);
    }

    @Test
    void whoLeftWhileTheRedisWasOutOfReachCountsNoMore() throws Exception {
        CuttingProxy line = new CuttingProxy(Redis.port());
        open.push(line);
        Neighbour one = connected("redis://" + line.address());
        Neighbour two = connected(Redis.url());
        assertEquals(2, connections(one, 2));
        assertEquals(3, connections(two, 1));

        line.goAway(true);
        assertEquals(0, connections(one, 0), "nobody can be told");
        line.goAway(false);

        assertEquals(1, Neighbour.get(two.ledger().connections("bert", 1)));
        Neighbour.await(() -> "it is not back", () -> bertOn(one) == 2);
        Neighbour.await(() -> "it still counts", () -> connections(two, 1) == 1);
    }

    @Test
    void whatArrivesOfALinkThatWasGivenUpIsTooLate() throws Exception {
        CuttingProxy line = new CuttingProxy(Redis.port());
        open.push(line);
        Neighbour one = connected(Redis.by(line.address()));
        Neighbour two = connected(Redis.url());
        assertEquals(2, connections(one, 2));
        assertEquals(3, connections(two, 1));

        line.leaveBehind();
        CompletionStage<Integer> late = one.ledger().connections("anna", 5);
        Neighbour.await(line::leftBehind, () -> line.leftBehind().contains(":anna"));
        assertEquals(5, Neighbour.get(late), "nobody answered");
        Neighbour.await(() -> "it has no other link", () -> connections(one, 0) == 1);
        line.catchUp();

        assertEquals(1, Neighbour.get(two.ledger().connections("bert", 1)), "which comes behind it");
        assertEquals(1, connections(two, 1));
    }

    @Test
    void whatIsTakenOnSeveralServersIsOwedTogetherAndComesBack() throws Exception {
        Neighbour one = connected(Redis.url());
        Neighbour two = connected(Redis.url());

        assertEquals(3, spent(one, "joins", 3, AT_ONCE));
        assertEquals(6, spent(two, "joins", 4, AT_ONCE), "some of the seven is back already, so it is rounded down");
        assertEquals(2, spent(two, "rooms", 2, AT_ONCE), "another kind");
        assertEquals(10, spent(one, "joins", 9, AT_ONCE), "nobody owes more than the most");
    }

    @Test
    void whatCameBackSinceItWasTakenIsNotOwed() throws Exception {
        Neighbour one = connected(Redis.url());

        assertEquals(1, spent(one, "joins", 3, Duration.ofSeconds(110)));
        assertEquals(0, spent(one, "rooms", 3, Duration.ofHours(1)));
        assertEquals(2, spent(one, "rooms", 2, AT_ONCE), "what came back does not count twice");
    }

    @Test
    void withoutARedisOnlyWhatIsHereCounts() throws Exception {
        Neighbour alone = new Neighbour("redis://127.0.0.1:" + OwnRedis.freePort(), epoch);
        open.push(alone);

        assertEquals(7, connections(alone, 7));
        assertEquals(0, spent(alone, "joins", 3, AT_ONCE));
    }

    private Neighbour connected(String url) throws Exception {
        Neighbour made = new Neighbour(url, epoch);
        open.push(made);
        Neighbour.await(() -> "no lease", () -> {
            try {
                made.watch(new RoomName("marks"));
                return true;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        return made;
    }

    private static int connections(Neighbour server, int here) {
        try {
            return Neighbour.get(server.ledger().connections("anna", here));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int bertOn(Neighbour server) {
        try {
            return Neighbour.get(server.ledger().connections("bert", 1));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** One comes back a minute, and ten can be owed. */
    private static long spent(Neighbour server, String what, long tokens, Duration ago) throws Exception {
        long owed = Neighbour.get(server.ledger().spent(what, "anna", tokens, ago, MINUTE, 10));
        assertTrue(owed >= 0);
        return owed;
    }
}
