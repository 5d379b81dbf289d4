package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import chat.parley.store.CuttingProxy;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in which room on other servers, by a real Redis: whatever becomes of it, everybody's view is exact again. */
@Timeout(120)
final class RedisNeighboursTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final RoomName KITCHEN = new RoomName("küche");

    private final String epoch = UUID.randomUUID().toString();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void whoWasThereBeforeIsKnownOnceARoomIsWatched() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        one.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        one.neighbours().enter(LOBBY, "Jörg");
        one.neighbours().enter(KITCHEN, "carl");

        awaitCrowd(two, Map.of(LOBBY, 2, KITCHEN, 1));
        two.watch(LOBBY);

        assertEquals(Set.of("anna", "Jörg"), two.elsewhere(LOBBY));
    }

    @Test
    void comingAndGoingIsHeardOf() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        one.watch(LOBBY);
        two.watch(LOBBY);

        one.neighbours().enter(LOBBY, "anna");
        two.neighbours().enter(LOBBY, "bert");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        one.awaitElsewhere(LOBBY, Set.of("bert"));
        one.neighbours().leave(LOBBY, "anna");

        two.awaitElsewhere(LOBBY, Set.of());
        assertEquals(Set.of("bert"), one.elsewhere(LOBBY));
        assertEquals(List.of("+anna", "-anna"), two.told());
    }

    @Test
    void whoIsOnTwoServersGoesWithTheLastAndIsCountedOnce() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        Neighbour three = neighbour(Redis.url());
        three.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.neighbours().enter(LOBBY, "anna");
        two.neighbours().enter(LOBBY, "mark");
        three.awaitElsewhere(LOBBY, Set.of("anna", "mark"));
        awaitCrowd(three, Map.of(LOBBY, 2));

        one.neighbours().leave(LOBBY, "anna");
        one.neighbours().enter(LOBBY, "bert");
        three.awaitElsewhere(LOBBY, Set.of("anna", "bert", "mark"));
        two.neighbours().leave(LOBBY, "anna");
        three.awaitElsewhere(LOBBY, Set.of("bert", "mark"));

        assertEquals(1, three.told().stream().filter("-anna"::equals).count());
        awaitCrowd(three, Map.of(LOBBY, 2));
    }

    @Test
    void whenItIsQuietEverybodyKnowsExactlyWhoIsWhere() throws Exception {
        List<Neighbour> servers = new ArrayList<>();
        List<Map<RoomName, Set<String>>> here = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            servers.add(neighbour(Redis.url()));
            here.add(new HashMap<>(Map.of(LOBBY, new HashSet<>(), KITCHEN, new HashSet<>())));
            servers.get(i).watch(LOBBY);
            servers.get(i).watch(KITCHEN);
        }
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            int server = random.nextInt(3);
            RoomName room = random.nextBoolean() ? LOBBY : KITCHEN;
            String name = "user-" + random.nextInt(40);
            Neighbours neighbours = servers.get(server).neighbours();
            if (here.get(server).get(room).add(name)) {
                neighbours.enter(room, name);
            } else {
                here.get(server).get(room).remove(name);
                neighbours.leave(room, name);
            }
            if (i % 1_000 == 0) {
                Thread.sleep(15); // so that it is told in many pieces
            }
        }

        Map<RoomName, Integer> counts = new HashMap<>();
        for (RoomName room : List.of(LOBBY, KITCHEN)) {
            Set<String> all = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                all.addAll(here.get(i).get(room));
                Set<String> others = new HashSet<>(here.get((i + 1) % 3).get(room));
                others.addAll(here.get((i + 2) % 3).get(room));
                servers.get(i).awaitElsewhere(room, others);
            }
            counts.put(room, all.size());
        }
        awaitCrowd(servers.get(0), counts);
    }

    @Test
    void aThousandAtOnceAreFewChanges() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        two.watch(LOBBY);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            names.add("user-" + i);
            one.neighbours().enter(LOBBY, "user-" + i);
        }
        two.awaitElsewhere(LOBBY, names);

        names.forEach(name -> one.neighbours().leave(LOBBY, name));

        two.awaitElsewhere(LOBBY, Set.of());
        assertTrue(two.changes() <= 20, two.changes() + " changes");
    }

    @Test
    void thePeopleOfAServerThatDiesGoAndWhoCameBackElsewhereDoesNot() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        Neighbour three = neighbour(Redis.url());
        three.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        one.neighbours().enter(LOBBY, "bert");
        three.awaitElsewhere(LOBBY, Set.of("anna", "bert"));

        one.close();
        two.neighbours().enter(LOBBY, "anna");

        three.awaitElsewhere(LOBBY, Set.of("anna"));
        assertEquals(
                List.of("-bert"),
                three.told().stream().filter(told -> told.startsWith("-")).toList());
        awaitCrowd(three, Map.of(LOBBY, 1));
    }

    @Test
    void whoWasAloneOnAServerThatDiesAndCameBackElsewhereKeepsNobodyElseHere() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        Neighbour three = neighbour(Redis.url());
        for (int i = 0; i < 20; i++) {
            three.watch(new RoomName("room-" + i));
            one.neighbours().enter(new RoomName("room-" + i), i % 2 == 0 ? "anna" : "bert");
        }
        for (int i = 0; i < 20; i++) {
            three.awaitElsewhere(new RoomName("room-" + i), Set.of(i % 2 == 0 ? "anna" : "bert"));
        }

        one.close();
        Map<RoomName, Integer> left = new HashMap<>();
        for (int i = 0; i < 20; i += 2) {
            two.neighbours().enter(new RoomName("room-" + i), "anna");
            left.put(new RoomName("room-" + i), 1);
        }

        for (int i = 0; i < 20; i++) {
            three.awaitElsewhere(new RoomName("room-" + i), i % 2 == 0 ? Set.of("anna") : Set.of());
        }
        awaitCrowd(three, left);
    }

    @Test
    void whatADeadServerLeftIsTakenAway() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        for (int i = 0; i < 300; i++) {
            one.neighbours().enter(new RoomName("room-" + i), "anna");
        }
        two.neighbours().enter(LOBBY, "bert");
        Neighbour.await(() -> crowds(two) + "", () -> crowds(two).size() == 301);

        one.close();

        awaitCrowd(two, Map.of(LOBBY, 1));
        try (RedisClient client = RedisClient.create(Redis.url())) {
            List<String> left = client.connect().sync().keys("parley:" + epoch + ":*");
            assertEquals(6, left.size(), left::toString); // leases, links, crowd; and of the lobby
        }
    }

    @Test
    void whoComesBackElsewhereWithinTheLingerOfAServerThatEndsNeverWasAway() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        one.neighbours().enter(LOBBY, "bert");
        two.awaitElsewhere(LOBBY, Set.of("anna", "bert"));

        one.neighbours().depart(Duration.ofSeconds(2));
        one.close();
        Neighbour three = neighbour(Redis.url());
        three.neighbours().enter(LOBBY, "anna");

        two.awaitElsewhere(LOBBY, Set.of("anna"));
        assertEquals(
                List.of("-bert"),
                two.told().stream().filter(told -> told.startsWith("-")).toList());
    }

    @Test
    void afterARedisThatStartedEmptyEverybodyIsThereAgainAndNobodyWasAway() throws Exception {
        OwnRedis redis = redis();
        Neighbour one = neighbour(redis.url());
        Neighbour two = neighbour(redis.url());
        one.watch(LOBBY);
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        one.neighbours().enter(LOBBY, "bert");
        two.neighbours().enter(LOBBY, "carl");
        two.awaitElsewhere(LOBBY, Set.of("anna", "bert"));
        one.awaitElsewhere(LOBBY, Set.of("carl"));

        redis.kill();
        one.neighbours().enter(LOBBY, "dora");
        one.neighbours().leave(LOBBY, "bert");
        redis.startAgain();

        two.awaitElsewhere(LOBBY, Set.of("anna", "dora"));
        awaitCrowd(two, Map.of(LOBBY, 3));
        assertEquals(Set.of("carl"), one.elsewhere(LOBBY));
        assertEquals(
                List.of("+anna", "+bert", "+dora", "-bert"),
                two.told().stream().sorted().toList());
        assertEquals(List.of("+carl"), one.told());
        assertTrue(two.resumed() >= 1);
    }

    @Test
    void oneThatWasCutOffLearnsWhatItMissed() throws Exception {
        CuttingProxy proxy = new CuttingProxy(Redis.port());
        open.push(proxy);
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.by(proxy.address()));
        one.watch(LOBBY);
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.neighbours().enter(LOBBY, "bert");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        one.awaitElsewhere(LOBBY, Set.of("bert"));

        proxy.goAway(true);
        one.neighbours().leave(LOBBY, "anna");
        one.neighbours().enter(LOBBY, "carl");
        two.neighbours().leave(LOBBY, "bert");
        two.neighbours().enter(LOBBY, "dora");
        proxy.goAway(false);

        two.awaitElsewhere(LOBBY, Set.of("carl"));
        one.awaitElsewhere(LOBBY, Set.of("dora"));
        assertTrue(two.resumed() >= 1);
        assertEquals(0, one.resumed());
    }

    @Test
    void whoLeftARoomThatNobodyHereKnowsAnyMoreWhileItWasCutOffIsGone() throws Exception {
        CuttingProxy proxy = new CuttingProxy(Redis.port());
        open.push(proxy);
        Neighbour one = neighbour(Redis.by(proxy.address()));
        Neighbour two = neighbour(Redis.url());
        two.watch(KITCHEN);
        one.neighbours().enter(KITCHEN, "anna");
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(KITCHEN, Set.of("anna"));

        proxy.goAway(true);
        one.neighbours().leave(KITCHEN, "anna");
        proxy.goAway(false);

        two.awaitElsewhere(KITCHEN, Set.of());
        awaitCrowd(two, Map.of(LOBBY, 1));
    }

    @Test
    void aRedisThatStandsStillForLongerThanALeaseSendsNobodyAway() throws Exception {
        CuttingProxy proxy = new CuttingProxy(Redis.port());
        open.push(proxy);
        Neighbour one = neighbour(Redis.by(proxy.address()));
        Neighbour two = neighbour(Redis.by(proxy.address()));
        one.watch(LOBBY);
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.neighbours().enter(LOBBY, "bert");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        one.awaitElsewhere(LOBBY, Set.of("bert"));

        proxy.standStill(true);
        Thread.sleep(8_000); // longer than a lease
        proxy.standStill(false);
        one.neighbours().enter(LOBBY, "carl");
        two.neighbours().enter(LOBBY, "dora");

        two.awaitElsewhere(LOBBY, Set.of("anna", "carl"));
        one.awaitElsewhere(LOBBY, Set.of("bert", "dora"));
        assertEquals(List.of("+bert", "+dora"), one.told());
        assertEquals(List.of("+anna", "+carl"), two.told());
    }

    @Test
    void whatArrivesOfALinkThatWasGivenUpIsTooLate() throws Exception {
        CuttingProxy proxy = new CuttingProxy(Redis.port());
        open.push(proxy);
        Neighbour one = neighbour(Redis.by(proxy.address()));
        Neighbour two = neighbour(Redis.url());
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of("anna"));

        proxy.leaveBehind();
        one.neighbours().leave(LOBBY, "anna");
        Neighbour.await(proxy::leftBehind, () -> proxy.leftBehind().contains("-anna"));
        Neighbour.await(() -> "it has no other link", () -> one.resumed() >= 1);
        two.awaitElsewhere(LOBBY, Set.of());
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        proxy.catchUp();
        one.neighbours().enter(LOBBY, "bert");

        two.awaitElsewhere(LOBBY, Set.of("anna", "bert"));
        awaitCrowd(two, Map.of(LOBBY, 2));
    }

    @Test
    void oneThatSleptIsTakenForDeadAndComesBack() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        one.watch(LOBBY);
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        two.neighbours().enter(LOBBY, "bert");

        one.sleep(9_000);

        two.awaitElsewhere(LOBBY, Set.of("anna"));
        one.awaitElsewhere(LOBBY, Set.of("bert"));
        Neighbour.await(() -> "nobody was told", () -> one.resumed() >= 1);
        assertEquals(List.of("+anna", "-anna", "+anna"), two.told());
    }

    /** The bound for people of a server that was killed: what is left of its lease, and a beat of another that buries it. */
    @Test
    void aLeaseAndABeatAreOverWithinTenSeconds() throws Exception {
        Neighbour one = neighbour(Redis.url());
        one.watch(LOBBY);
        Duration longest = one.periods().stream().max(Duration::compareTo).orElseThrow();

        try (RedisClient client = RedisClient.create(Redis.url())) {
            var redis = client.connect().sync();
            String key = new RedisKeys("parley:" + epoch + ":", "any").leases();
            double ends = redis.zrangeWithScores(key, 0, -1).get(0).getScore();
            List<String> time = redis.time(); // seconds and microseconds, after that
            long now = Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;

            assertTrue(ends - now + longest.toMillis() < 10_000, () -> ends + " - " + now + " + " + longest);
        }
    }

    @Test
    void aRedisThatForgotTheScriptsIsToldThemAgain() throws Exception {
        OwnRedis redis = redis();
        Neighbour one = neighbour(redis.url());
        Neighbour two = neighbour(redis.url());
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of("anna"));

        try (RedisClient client = RedisClient.create(redis.url())) {
            client.connect().sync().scriptFlush();
        }
        one.neighbours().enter(LOBBY, "bert");

        two.awaitElsewhere(LOBBY, Set.of("anna", "bert"));
    }

    @Test
    void whatIsRefusedOfOneRoomIsTriedAgainAndConcernsNoOther() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        two.watch(LOBBY);
        two.watch(KITCHEN);
        try (RedisClient client = RedisClient.create(Redis.url())) {
            String key = new RedisKeys("parley:" + epoch + ":", "any").here(KITCHEN);
            client.connect().sync().set(key, "of another kind");
            one.neighbours().enter(KITCHEN, "anna");
            for (int i = 0; i < 30; i++) { // over some beats
                one.neighbours().enter(LOBBY, "user-" + i);
                Thread.sleep(100);
            }
            Neighbour.await(
                    () -> "the lobby is not told of", () -> two.elsewhere(LOBBY).size() == 30);
            client.connect().sync().del(key);
        }

        two.awaitElsewhere(KITCHEN, Set.of("anna"));
        assertEquals(0, one.resumed());
        assertEquals(0, two.resumed());
    }

    @Test
    void aRoomThatIsWatchedAnewIsToldOfEverybody() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour two = neighbour(Redis.url());
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        int before = two.told().size();

        two.watch(LOBBY);
        two.neighbours().unwatch(LOBBY);

        assertEquals(List.of("+anna"), two.told().subList(before, two.told().size()));
        one.neighbours().enter(LOBBY, "bert");
        two.awaitElsewhere(LOBBY, Set.of("anna", "bert"));
    }

    @Test
    void theServersOfAnotherLogAreNoNeighbours() throws Exception {
        Neighbour one = neighbour(Redis.url());
        Neighbour stranger = new Neighbour(Redis.url(), UUID.randomUUID().toString());
        open.push(stranger);
        one.watch(LOBBY);
        stranger.watch(LOBBY);
        stranger.neighbours().enter(LOBBY, "anna");
        awaitCrowd(stranger, Map.of(LOBBY, 1));

        assertEquals(Map.of(), crowds(one));
        assertEquals(List.of(), one.told());
    }

    @Test
    void withoutARedisNothingWaits() throws Exception {
        Neighbour alone = neighbour("redis://127.0.0.1:" + OwnRedis.freePort());

        alone.neighbours().enter(LOBBY, "anna");
        assertFalse(Neighbour.get(alone.neighbours().watch(LOBBY)));
        assertEquals(Map.of(), crowds(alone));
        alone.neighbours().depart(Duration.ofSeconds(5));
    }

    private Neighbour neighbour(String url) {
        Neighbour made = new Neighbour(url, epoch);
        open.push(made);
        return made;
    }

    private OwnRedis redis() throws Exception {
        OwnRedis made = OwnRedis.start();
        open.push(made);
        return made;
    }

    private static void awaitCrowd(Neighbour server, Map<RoomName, Integer> counts) {
        Neighbour.await(
                () -> crowds(server) + " and not " + counts,
                () -> crowds(server).equals(counts));
    }

    private static Map<RoomName, Integer> crowds(Neighbour server) {
        try {
            return Neighbour.get(server.neighbours().crowds(1_000));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
