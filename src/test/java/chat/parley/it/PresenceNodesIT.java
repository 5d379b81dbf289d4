package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.crash.ServerProcess;
import chat.parley.protocol.RoomName;
import chat.parley.relay.OwnRedis;
import chat.parley.room.Directory;
import chat.parley.store.Postgres;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is in a room, when its people are on several servers over one PostgreSQL and one Redis. */
@Timeout(180)
class PresenceNodesIT {

    @TempDir
    static Path folder;

    private static OwnRedis redis;
    private static Map<String, String> settings;
    private static TestServer one;
    private static TestServer two;

    @BeforeAll
    static void start() throws Exception {
        redis = OwnRedis.start();
        settings = new LinkedHashMap<>(Map.of(
                "parley.store.url", Postgres.NEW.schema(),
                "parley.relay.url", redis.url(),
                "parley.presence.linger", "2s",
                "parley.auth.secret-file", folder.resolve("secret").toString()));
        one = server();
        two = server();
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        redis.close();
    }

    @AfterEach
    void hangUp() {
        one.hangUp();
        two.hangUp();
    }

    @Test
    void everybodyIsShownWhereverTheyAre() {
        String room = one.newName("room");
        ChatClient anna = one.connect("anna");
        assertEquals(1, anna.join(room).getInt("count"));
        ChatClient bert = two.connect("bert");

        bert.join(room);
        Eventually.holds("the other is counted", () -> bert.members(room).getInt("count") == 2);
        JsonObject came = anna.seen().await(Wire.type("join", room).and(Wire.from(bert.name())));
        assertEquals(2, came.getInt("count"));
        assertEquals(List.of(anna.name(), bert.name()), Wire.names(anna.members(room)));
        assertEquals(List.of(anna.name(), bert.name()), Wire.names(bert.members(room)));
        bert.get(Wire.request("leave", room));

        JsonObject left = anna.seen().await(Wire.type("leave", room));
        assertEquals(bert.name(), left.getString("sender"));
        assertEquals(1, left.getInt("count"));
        assertEquals(left.getInt("version"), anna.members(room).getInt("version"));
    }

    @Test
    void whoIsOnBothIsOnePersonWhoLeavesWithTheLast() {
        String room = one.newName("room");
        ChatClient witness = one.connect("witness");
        ChatClient here = one.connect("twice");
        ChatClient there = two.comeBack(here.name(), here.sessionSecret(), Subprotocol.BATCH);
        ChatClient marker = two.connect("marker");
        witness.join(room);
        here.join(room);
        there.join(room);
        marker.join(room);
        witness.seen().await(Wire.type("join", room).and(Wire.from(marker.name())));
        assertEquals(3, witness.members(room).getInt("count"));

        here.get(Wire.request("leave", room));
        marker.get(Wire.request("leave", room)); // told behind it
        witness.seen().await(Wire.type("leave", room).and(Wire.from(marker.name())));
        assertEquals(2, witness.members(room).getInt("count"));
        there.get(Wire.request("leave", room));

        JsonObject left = witness.seen().await(Wire.type("leave", room).and(Wire.from(here.name())));
        assertEquals(1, left.getInt("count"));
        assertEquals(
                1,
                witness.seen()
                        .all(Wire.type("join", room).and(Wire.from(here.name())))
                        .size());
    }

    @Test
    void whoDropsFromOneAndComesBackToTheOtherWasNeverAway() {
        String room = one.newName("room");
        ChatClient witness = two.connect("witness");
        ChatClient anna = one.connect("anna");
        ChatClient marker = one.connect("marker");
        witness.join(room);
        anna.join(room);
        marker.join(room);
        witness.seen()
                .await(2, Wire.type("join", room).and(Wire.from(witness.name()).negate()));

        anna.close();
        ChatClient back = two.comeBack(anna.name(), anna.sessionSecret(), Subprotocol.SINGLE);
        back.join(room);
        marker.close(); // whose linger begins later, and so ends later

        JsonObject left = witness.seen().await(Wire.type("leave", room));
        assertEquals(marker.name(), left.getString("sender"), "the one who came back was said to leave");
        assertEquals(List.of(anna.name(), witness.name()), Wire.names(witness.members(room)));
    }

    @Test
    void typingIsShownOnTheOtherServer() {
        String room = one.newName("room");
        ChatClient anna = one.connect("anna");
        ChatClient bert = two.connect("bert");
        anna.join(room);
        bert.join(room);
        anna.seen().await(Wire.type("join", room).and(Wire.from(bert.name())));

        anna.send(Wire.request("typing", room).build().toString());

        assertEquals(anna.name(), bert.seen().await(Wire.type("typing", room)).getString("sender"));
    }

    @Test
    void roomsThatOnlyTheOtherServerHasAreListed() throws Exception {
        String room = one.newName("listed");
        one.connect("anna").join(room);
        one.connect("bert").join(room);

        Eventually.holds("the room is listed", () -> listed(two, room).equals(List.of(2)));
        two.connect("carl").join(room);

        Eventually.holds(
                "on both",
                () -> listed(two, room).equals(List.of(3)) && listed(one, room).equals(List.of(3)));
    }

    @Test
    void thePeopleOfAServerThatIsKilledGoAndWhoComesBackElsewhereNeverLeaves() throws Exception {
        String room = one.newName("room");
        ChatClient witness = one.connect("witness");
        witness.join(room);
        try (ServerProcess third = third()) {
            ChatClient anna = connect(thirdPort, "anna");
            ChatClient bert = connect(thirdPort, "bert");
            anna.join(room);
            bert.join(room);
            witness.seen()
                    .await(
                            2,
                            Wire.type("join", room)
                                    .and(Wire.from(witness.name()).negate()));
            String session = anna.sessionSecret();

            third.kill();
            ChatClient back = two.comeBack(anna.name(), session, Subprotocol.SINGLE);
            back.join(room);

            JsonObject left = witness.seen().await(Wire.type("leave", room));
            assertEquals(bert.name(), left.getString("sender"));
            assertEquals(2, left.getInt("count"));
            assertEquals(List.of(anna.name(), witness.name()), Wire.names(witness.members(room)));
            assertEquals(List.of(anna.name(), witness.name()), Wire.names(back.members(room)));
            assertEquals(1, witness.seen().all(Wire.type("leave", room)).size());
        }
    }

    @Test
    void manyWhoGoAtOnceAreToldOfInFewFrames() throws Exception {
        String room = one.newName("room");
        ChatClient witness = one.connect("witness");
        witness.join(room);
        int many = 250;
        try (ServerProcess third = third()) {
            List<ChatClient> crowd = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                crowd.add(connect(thirdPort, "crowd"));
                crowd.get(i).join(room);
            }
            witness.seen().await(Wire.type("members", room).and(told -> told.getInt("count") == many + 1));
            int frames = witness.seen().frames();

            third.kill();

            witness.seen().await(Wire.type("members", room).and(told -> told.getInt("count") == 1));
            int more = witness.seen().frames() - frames;
            assertTrue(more <= 3, () -> more + " frames");
            assertEquals(List.of(), witness.seen().all(Wire.type("leave", room)));
            assertEquals(List.of(witness.name()), Wire.names(witness.members(room)));
        }
    }

    @Test
    void countsAreExactAgainAfterARedisThatStartedEmptyAndNobodyWasAway() throws Exception {
        String room = one.newName("room");
        ChatClient anna = one.connect("anna");
        ChatClient bert = two.connect("bert");
        ChatClient carl = two.connect("carl");
        for (ChatClient each : List.of(anna, bert, carl)) {
            each.join(room);
        }
        anna.seen().await(2, Wire.type("join", room).and(Wire.from(anna.name()).negate()));

        redis.kill();
        carl.get(Wire.request("leave", room));
        ChatClient dora = two.connect("dora");
        dora.join(room);
        redis.startAgain();

        anna.seen().await(Wire.type("join", room).and(Wire.from(dora.name())));
        anna.seen().await(Wire.type("leave", room).and(Wire.from(carl.name())));
        List<String> there = List.of(anna.name(), bert.name(), dora.name());
        assertEquals(there, Wire.names(anna.members(room)));
        assertEquals(there, Wire.names(bert.members(room)));
        assertEquals(1, anna.seen().all(Wire.type("leave", room)).size());
        assertEquals(
                List.of(),
                bert.seen()
                        .all(Wire.type("leave", room).and(Wire.from(carl.name()).negate())));
        Eventually.holds("the directory is exact too", () -> listed(two, room).equals(List.of(3)));
    }

    @Test
    void whoIsSentAwayByAServerThatEndsAndComesToTheOtherNeverLeaves() {
        String room = one.newName("room");
        ChatClient witness = one.connect("witness");
        witness.join(room);
        ChatClient anna;
        ChatClient bert;
        try (TestServer third = server()) {
            anna = third.connect("anna-sent");
            bert = third.connect("bert-sent");
            anna.join(room);
            bert.join(room);
            witness.seen()
                    .await(
                            2,
                            Wire.type("join", room)
                                    .and(Wire.from(witness.name()).negate()));
            String session = anna.sessionSecret();
            third.stop();
            two.comeBack(anna.name(), session, Subprotocol.SINGLE).join(room);
        }

        JsonObject left = witness.seen().await(Wire.type("leave", room));
        assertEquals(bert.name(), left.getString("sender"));
        assertEquals(List.of(anna.name(), witness.name()), Wire.names(witness.members(room)));
        assertEquals(1, witness.seen().all(Wire.type("leave", room)).size());
    }

    private static List<Integer> listed(TestServer server, String room) {
        try {
            return server
                    .parley()
                    .directory()
                    .find(room, 10)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS)
                    .rooms()
                    .stream()
                    .filter(listed -> listed.room().equals(new RoomName(room)))
                    .map(Directory.Listed::count)
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int thirdPort;

    private ServerProcess third() throws Exception {
        thirdPort = ServerProcess.port();
        Map<String, String> all = new LinkedHashMap<>(settings);
        for (String limit :
                List.of("joins-per-minute", "handshakes", "handshakes-per-address", "guest-names-per-address")) {
            all.put("parley.limits." + limit, "0");
        }
        return ServerProcess.with(thirdPort, folder, all);
    }

    private static ChatClient connect(int port, String name) {
        return one.closing(ChatClient.connect(
                URI.create("ws://localhost:" + port + "/chat?name=" + one.newName(name)), Subprotocol.BATCH));
    }

    private static TestServer server() {
        List<String> all = new ArrayList<>();
        settings.forEach((key, value) -> all.addAll(List.of(key, value)));
        return TestServer.with(all.toArray(String[]::new));
    }
}
