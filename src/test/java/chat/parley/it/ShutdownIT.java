package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a server: clients are told, served until they go, and lose nothing; and it does come to its end. */
@Timeout(120)
class ShutdownIT {

    @Test
    void clientsAreToldWhenToComeBackAndServedUntilThen() throws Exception {
        try (TestServer server = TestServer.with("parley.drain", "60s")) {
            ChatClient alice = server.connect("alice", Subprotocol.BATCH);
            ChatClient bob = server.connect("bob");
            alice.join("room");
            bob.join("room");
            // Each client makes the drain longer; these do not go by themselves.
            List<RawClient> idle = new ArrayList<>();
            for (int i = 0; i < 700; i++) {
                idle.add(server.raw("idle", Subprotocol.SINGLE));
            }
            Eventually.holds(
                    "all are there", () -> server.parley().connections().size() == 702);

            Thread stopping = stop(server);
            JsonObject reconnect = alice.seen().await(Wire.type("reconnect"));
            JsonObject ack = alice.say("room", "still served");
            RawClient.Response refused = RawClient.handshake(server.port(), "/chat");

            assertTrue(reconnect.getInt("afterMs") >= 0 && reconnect.getInt("afterMs") <= 60_000, reconnect::toString);
            assertEquals("ack", ack.getString("type"));
            assertEquals("still served", bob.seen().await(Wire.type("message")).getString("content"));
            assertEquals(503, refused.status());
            assertTrue(Integer.parseInt(refused.headers().get("retry-after")) > 0);
            Set<Integer> slots = new TreeSet<>();
            for (RawClient client : idle) {
                List<JsonObject> read = client.readUntil(Wire.type("reconnect"));
                slots.add(read.get(read.size() - 1).getInt("afterMs"));
                client.close();
            }
            assertTrue(slots.size() > 600, "every client has a slot of its own: " + slots.size());
            alice.close();
            bob.close();
            finished(stopping);
        }
    }

    @Test
    void whoStaysIsClosed1001() throws Exception {
        try (TestServer server = TestServer.with()) {
            ChatClient tyrus = server.connect("tyrus");
            RawClient raw = server.raw("raw", Subprotocol.SINGLE);
            raw.readUntil(Wire.type("welcome")); // who is not let in yet is told 1013
            tyrus.fence();

            finished(stop(server));

            assertEquals(new Seen.Close(1001, "server shutdown"), tyrus.seen().awaitClose());
            assertEquals(1001, raw.awaitClose().code());
            raw.awaitEnd();
            assertEquals(0, server.parley().connections().size());
        }
    }

    @Test
    void whatWasAcknowledgedBeforeTheEndIsDeliveredToEverybody() throws Exception {
        try (TestServer server = TestServer.with("parley.rooms.ring", "65536", "parley.rooms.ring-bytes", "64MB")) {
            List<ChatClient> members = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                members.add(server.connect("member", Subprotocol.values()[i % 3]));
                members.get(i).join("room");
            }
            AtomicInteger said = new AtomicInteger();
            Thread writing = new Thread(() -> writeToTheEnd(members, said), "writing");
            writing.start();
            Eventually.holds("something is said", () -> said.get() > 200);

            finished(stop(server));

            members.forEach(
                    member -> assertEquals(1001, member.seen().awaitClose().code()));
            writing.join(30_000);
            long acknowledged = members.get(0).seen().all(Wire.type("ack")).stream()
                    .filter(ack -> ack.containsKey("seq"))
                    .mapToLong(Wire::seq)
                    .max()
                    .orElseThrow();
            assertTrue(acknowledged > 200);
            for (ChatClient member : members) {
                Transcript transcript =
                        Transcript.ofRoom("room", member.seen().all()).check();
                assertEquals(List.of(), transcript.gaps());
                assertTrue(
                        transcript.position() >= acknowledged,
                        () -> member.name() + " has " + transcript.position() + " of " + acknowledged);
            }
        }
    }

    @Test
    void whoIsBehindWhenTheEndComesIsGivenTheRest() throws Exception {
        try (TestServer server = TestServer.with(
                "parley.rooms.ring", "65536", "parley.rooms.ring-bytes", "64MB", "parley.drain", "0s")) {
            ChatClient writer = server.connect("writer");
            writer.join("room");
            RawClient behind = joined(server.raw("behind", Subprotocol.SINGLE));
            for (int i = 0; i < 2_500; i++) {
                writer.send(Wire.message("room", "m" + i, "x".repeat(3_000)));
            }
            writer.seen().await(Wire.answer("m2499"));

            Thread stopping = stop(server);
            Eventually.holds(
                    "nothing is written any more",
                    () -> ours().stream().noneMatch(thread -> thread.getName().equals("parley-writer")));
            List<JsonObject> read = behind.readUntil(Wire.messageWith("m2499"));

            Transcript transcript = Transcript.ofRoom("room", read).behind(0).check();
            assertEquals(2_500, transcript.events());
            assertEquals(1001, behind.awaitClose().code());
            finished(stopping);
        }
    }

    @Test
    void aStalledReaderDoesNotHoldTheEnd() throws Exception {
        try (TestServer server = TestServer.with("parley.send.timeout", "5m", "parley.drain", "0s")) {
            ChatClient writer = server.connect("writer");
            writer.join("room");
            RawClient stalled = joined(
                    server.closing(RawClient.connectNarrow(server.port(), "/chat?name=stalled", Subprotocol.SINGLE)));
            for (int i = 0; i < 2_000; i++) {
                writer.send(Wire.message("room", "m" + i, "x".repeat(3_000)));
            }
            writer.seen().await(Wire.answer("m1999"));

            finished(stop(server));

            assertEquals(1001, writer.seen().awaitClose().code());
            stalled.awaitEnd();
        }
    }

    @Test
    void nothingIsLeftRunning() throws Exception {
        Set<Thread> before = ours();
        for (int i = 0; i < 3; i++) {
            try (TestServer server = TestServer.with("parley.drain", "0s")) {
                ChatClient alice = server.connect("alice");
                alice.join("room");
                alice.say("room", "x");
                server.raw("raw", Subprotocol.BATCH);
                assertFalse(ours().equals(before), "a server has threads");
                finished(stop(server));
            }
        }

        Eventually.holds(() -> "only what ran before: " + ours(), () -> before.containsAll(ours()));
    }

    /** In step with everybody: who closes 150 clients that are far behind on a busy machine has to cut some off. */
    private static void writeToTheEnd(List<ChatClient> members, AtomicInteger said) {
        ChatClient writer = members.get(0);
        try {
            for (int i = 0; i < 1_000_000; i++) {
                writer.send(Wire.message("room", "m" + i, "x"));
                said.incrementAndGet();
                if (i % 50 == 49) {
                    Predicate<JsonObject> last = Wire.messageWith("m" + i);
                    members.forEach(member -> member.seen().await(last));
                }
            }
        } catch (RuntimeException | AssertionError e) {
            // the end
        }
    }

    private static RawClient joined(RawClient client) throws Exception {
        client.text(Wire.request("join", "room").build().toString());
        client.readUntil(Wire.type("history"));
        return client;
    }

    private static Thread stop(TestServer server) {
        Thread stopping = new Thread(server::stop, "stopping");
        stopping.start();
        return stopping;
    }

    private static void finished(Thread stopping) throws InterruptedException {
        stopping.join(60_000);
        assertFalse(stopping.isAlive(), "the server does not come to its end");
    }

    /** All threads of all servers here. */
    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("parley-"))
                .collect(Collectors.toSet());
    }
}
