package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The seam between what was missed and what is live (protocol, section 5, rule 3): members come, go and come back while
 * others write as fast as they can, and each of them reads one log without a hole, a double or a swap.
 */
class SeamIT {

    private static final String ROOM = "seam";
    private static final int READERS = 8;
    private static final int ROUNDS = 40;
    private static final int OUTSTANDING = 40;

    /** The id of every event by its seq, as whoever read it first saw it. */
    private final Map<Long, String> log = new ConcurrentHashMap<>();

    private final AtomicBoolean over = new AtomicBoolean();

    @ParameterizedTest
    @ValueSource(ints = {256, 4096})
    void nothingIsLostDoubledOrSwappedHoweverOftenOneComesBack(int ring) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 2);
        try (TestServer server = TestServer.with(
                "parley.rooms.ring",
                "" + ring,
                "parley.presence.linger",
                "0s",
                "parley.store.memory-messages",
                "200000")) {
            List<Future<Map<Long, String>>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                ChatClient writer = server.connect("writer", Subprotocol.BATCH);
                writers.add(threads.submit(() -> write(writer)));
            }
            List<Future<Reader>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Subprotocol subprotocol = Subprotocol.values()[i % 3];
                String name = server.newName("reader");
                readers.add(threads.submit(() -> new Reader(server, name, subprotocol).run()));
            }

            int recovered = 0;
            for (Future<Reader> reader : readers) {
                recovered += reader.get(90, TimeUnit.SECONDS).recovered;
            }
            over.set(true);

            assertTrue(recovered > READERS * ROUNDS / 2, "hardly anybody resumed: " + recovered);
            assertTrue(log.size() > 1_000, "hardly anything was read: " + log.size());
            for (Future<Map<Long, String>> writer : writers) {
                Map<Long, String> acknowledged = writer.get(60, TimeUnit.SECONDS);
                assertTrue(acknowledged.size() > 5, "hardly anything was written");
                acknowledged.forEach((seq, id) -> assertEquals(id, log.getOrDefault(seq, id), "at " + seq));
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** Writes until all readers are done, so many messages ahead; the ids by the seqs that were acknowledged. */
    private Map<Long, String> write(ChatClient writer) {
        Map<Long, String> acknowledged = new ConcurrentHashMap<>();
        String name = writer.name();
        writer.join(ROOM);
        for (int i = 0; !over.get(); i++) {
            String id = name + "-" + i;
            writer.send(Wire.message(ROOM, id, "x"));
            if (i % OUTSTANDING == 0) {
                acknowledged.put(Wire.seq(writer.seen().await(Wire.answer(id))), id);
                writer.seen().forget();
            }
        }
        return acknowledged;
    }

    /** Somebody who reads a while, goes in one of three ways and comes back where they were. */
    private final class Reader {

        private final TestServer server;
        private final String name;
        private final Subprotocol subprotocol;
        private int recovered;
        private long since; // of the membership that lasts

        Reader(TestServer server, String name, Subprotocol subprotocol) {
            this.server = server;
            this.name = name;
            this.subprotocol = subprotocol;
        }

        Reader run() {
            ChatClient client = server.connectAs(name, subprotocol);
            String secret = client.sessionSecret();
            String epoch = client.join(ROOM).getString("epoch");
            client.seen().await(5, Wire.type("message"));
            for (int round = 0; round < ROUNDS; round++) {
                long position;
                if (round % 3 == 0) {
                    client.get(Wire.request("leave", ROOM));
                    position = check(client);
                } else {
                    client.close();
                    client.seen().awaitClose();
                    position = check(client);
                    client = server.comeBack(name, secret, subprotocol);
                }
                // Now and then from long ago, so that the ring alone does not have it.
                since = round % 5 == 4 ? Math.max(0, position - 700) : position;
                client.resume(ROOM, since, epoch);
                client.seen().await(round % 5 * 20, Wire.type("message"));
            }
            client.close();
            check(client);
            return this;
        }

        /** Checks everything that was told between a join and the end of its membership, and says how far it came. */
        private long check(ChatClient client) {
            List<JsonObject> all = client.seen().all();
            client.seen().forget();
            Transcript transcript = Transcript.ofRoom(ROOM, all).check(since);
            recovered += transcript.recovered();
            for (JsonObject event : all) {
                if (Wire.type("message").test(event)) {
                    String id = event.getString("id");
                    String before = log.putIfAbsent(Wire.seq(event), id);
                    assertTrue(before == null || before.equals(id), () -> before + " elsewhere is here " + event);
                }
            }
            // Gone before its page came: then it is where it was.
            return transcript.position() < 0 ? since : transcript.position();
        }
    }
}
