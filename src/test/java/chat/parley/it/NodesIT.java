package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.relay.Redis;
import chat.parley.store.CuttingProxy;
import chat.parley.store.Postgres;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers over one PostgreSQL and one Redis: a room is one room, whatever becomes of the Redis. */
@Timeout(120)
class NodesIT {

    @TempDir
    static Path folder;

    private static CuttingProxy redis;
    private static TestServer one;
    private static TestServer two;

    @BeforeAll
    static void start() throws Exception {
        redis = new CuttingProxy(Redis.port());
        String database = Postgres.NEW.schema();
        one = node(database);
        two = node(database);
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        redis.close();
    }

    @AfterEach
    void hangUp() throws Exception {
        redis.standStill(false);
        redis.goAway(false);
        one.hangUp();
        two.hangUp();
    }

    @Test
    void whatIsSaidOnOneIsHeardOnTheOther() {
        String room = one.newName("room");
        ChatClient anna = one.connect("anna");
        ChatClient bert = two.connect("bert");
        anna.join(room);
        bert.join(room);

        anna.say(room, "from one");
        awaitContents(bert, room, 1);
        bert.say(room, "from two");

        assertEquals(List.of("from one", "from two"), contents(awaitContents(anna, room, 2)));
        assertEquals(List.of("from one", "from two"), contents(awaitContents(bert, room, 2)));
    }

    @Test
    void everybodySeesOneOrder() throws Exception {
        assertOneOrder(500);
    }

    @Test
    void withoutARelayItIsTheSameOrder() throws Exception {
        redis.goAway(true);

        assertOneOrder(100);
    }

    @Test
    void withOneThatStandsStillAsWell() throws Exception {
        redis.standStill(true);

        assertOneOrder(100);
    }

    @Test
    void whoComesFromTheOtherServerIsAnsweredByWhatTheStoreHas() throws Exception {
        String room = one.newName("room");
        ChatClient anna = one.connect("anna");
        ChatClient bert = two.connect("bert");
        String epoch = anna.join(room).getString("epoch");
        bert.join(room);
        redis.goAway(true);
        for (int i = 1; i <= 10; i++) {
            long seq = anna.say(room, "message " + i).getJsonNumber("seq").longValue();

            // So soon that the other server has not looked yet.
            ChatClient back = two.connect("carl");
            JsonObject ack = back.resume(room, seq, epoch);

            assertTrue(ack.getBoolean("recovered"), ack::toString);
            assertTrue(ack.getJsonNumber("head").longValue() >= seq, ack::toString);
        }
    }

    @Test
    void whoHasSeenMoreThanThereIsIsToldSo() {
        String room = one.newName("room");
        ChatClient anna = one.connect("anna");
        String epoch = anna.join(room).getString("epoch");
        anna.say(room, "only this");

        JsonObject ack = two.connect("bert").resume(room, 1_000, epoch);
        JsonObject known = one.connect("carl").resume(room, 1_000, epoch);

        for (JsonObject each : List.of(ack, known)) {
            assertEquals(1, each.getInt("head"));
            assertTrue(!each.getBoolean("recovered"), each::toString);
        }
    }

    /** Four talk at the same time, two on each server; all of them see the same, in the order of the numbers. */
    private static void assertOneOrder(int each) throws Exception {
        String room = one.newName("room");
        List<ChatClient> people = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            people.add((i % 2 == 0 ? one : two).connect("person"));
            people.get(i).join(room);
        }
        ExecutorService threads = Executors.newFixedThreadPool(people.size());
        try {
            List<Callable<Void>> talks = new ArrayList<>();
            for (ChatClient person : people) {
                talks.add(() -> {
                    for (int i = 1; i <= each; i++) {
                        person.say(room, person.name() + " " + i);
                    }
                    return null;
                });
            }
            for (Future<Void> talk : threads.invokeAll(talks)) {
                talk.get();
            }
        } finally {
            threads.shutdownNow();
        }

        int all = people.size() * each;
        List<String> order = contents(awaitContents(people.get(0), room, all));
        for (ChatClient person : people) {
            List<JsonObject> seen = awaitContents(person, room, all);
            assertEquals(
                    LongStream.rangeClosed(1, all).boxed().toList(),
                    seen.stream()
                            .map(event -> event.getJsonNumber("seq").longValue())
                            .toList());
            assertEquals(order, contents(seen));
            assertEquals(List.of(), person.seen().all(Wire.type("gap")));
        }
    }

    private static List<JsonObject> awaitContents(ChatClient client, String room, int count) {
        return client.seen()
                .await(
                        count,
                        Wire.type("message")
                                .and(event -> event.getString("room").equals(room)));
    }

    private static List<String> contents(List<JsonObject> events) {
        return events.stream().map(event -> event.getString("content")).toList();
    }

    private static TestServer node(String database) {
        return TestServer.with(
                "parley.store.url", database,
                "parley.relay.url", Redis.by(redis.address()),
                "parley.auth.secret-file", folder.resolve("secret").toString());
    }
}
