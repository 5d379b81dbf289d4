package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Readers that are slower than what is said, or do not read at all (sections 4 and 5). */
final class StallChecks {

    private static final String BODY = "x".repeat(3_000);
    private static final int WRITERS = 4;

    /** What the kernel takes for somebody who does not read, up to 4 MB, what the server keeps in memory, and more. */
    private static final int EACH = 600; // a client may split a message into two frames, and the burst counts frames

    /** Bytes a reader that does not read takes in. */
    private static final int NARROW = 8 * 1024;

    /** Bytes a slow one takes in: with less than a frame, loopback crawls once its window was closed. */
    private static final int MODERATE = 128 * 1024;

    private StallChecks() {}

    static List<Check> all() {
        return List.of(
                Check.alone("4", "who does not read is ended, and nobody else notices", StallChecks::stalled),
                Check.alone(
                        "4",
                        "who reads too slowly is told the gap, and reads the hole by history",
                        StallChecks::slow,
                        "message gap"),
                Check.alone(
                        "4",
                        "who asks for more answers than they read is ended, and nobody else notices",
                        StallChecks::greedy));
    }

    private static void stalled(Stage stage) throws Exception {
        String room = stage.name("stalled");
        List<ChatClient> writers = writers(stage, room);
        RawClient stalled = stage.narrow("stalled", Offer.BATCH, NARROW);
        String name = stalled.await(Wire.type("welcome")).getString("sender");
        stalled.text(Wire.request("join", room).build().toString());
        stalled.readUntil(Wire.type("history"));

        talk(writers, room, () -> {});

        assertAllSeen(writers, WRITERS * EACH);
        writers.get(0).seen().await(Wire.type("leave", room).and(Wire.from(name)));
        stalled.answerUntilEnd();
        assertEquals(WRITERS * EACH + 1, Wire.seq(writers.get(1).say(room, "unharmed")));
    }

    private static void slow(Stage stage) throws Exception {
        String room = stage.name("slow");
        List<ChatClient> writers = writers(stage, room);
        RawClient slow = stage.narrow("slow", Offer.BATCH, MODERATE);
        slow.text(Wire.request("join", room).build().toString());
        slow.readUntil(Wire.type("history"));
        int all = WRITERS * EACH;

        List<JsonObject> read = new ArrayList<>();
        talk(
                writers,
                room,
                () -> { // a frame, at most 64 KB, while a quarter of a megabyte is said
                    slow.text("{\"type\":\"ping\"}"); // it answers no pings of the socket
                    read.addAll(Wire.objects(slow.readUntil(RawClient.TEXT).text()));
                });
        writers.get(0).send(Wire.message(room, "last", "live again"));
        assertAllSeen(writers, all + 1);
        read.addAll(slow.readUntil(object -> Wire.seqOf(object) == all + 1 || covers(object, all + 1)));

        long position = 0;
        JsonObject gap = null;
        for (JsonObject object : read) {
            if (object.getString("type").equals("message")) {
                assertEquals(++position, Wire.seq(object));
            } else if (object.getString("type").equals("gap")) {
                gap = object;
                stage.marks().frame(object);
                assertEquals(room, object.getString("room"));
                assertEquals(position + 1, Wire.number(object, "from"));
                assertTrue(Wire.number(object, "to") >= Wire.number(object, "from"), object::toString);
                position = Wire.number(object, "to");
            }
        }
        assertEquals(all + 1, position, "each is received or in a gap, once");
        if (gap == null) {
            throw new AssertionError("it was told of no gap, and had " + read.size() + " objects");
        }
        long from = Wire.number(gap, "from");
        slow.text(Wire.request("history", room)
                .add("after", from - 1)
                .add("before", Wire.number(gap, "to") + 1)
                .add("limit", 3)
                .build()
                .toString());
        assertEquals(from, Wire.seqs(slow.await(Wire.type("history"))).get(0));
    }

    private static void greedy(Stage stage) throws Exception {
        String room = stage.name("greedy");
        ChatClient alice = stage.member("alice", room, Offer.SINGLE);
        for (int i = 0; i < 40; i++) {
            alice.ask(Wire.request("message", room).add("content", BODY));
        }
        alice.seen().await(40, Wire.type("message"));
        RawClient greedy = stage.narrow("greedy", Offer.BATCH, NARROW);
        String name = greedy.await(Wire.type("welcome")).getString("sender");
        greedy.text(Wire.request("join", room).build().toString());
        greedy.readUntil(Wire.type("history"));
        String history = Wire.request("history", room).add("limit", 200).build().toString();
        Thread asking = new Thread(() -> {
            try {
                for (int i = 0; i < 195; i++) { // as many as the burst allows: over 10 MB of answers
                    greedy.text(history);
                    Stage.pause(10); // else it asks for too many at once, which is busy
                }
                while (true) {
                    Stage.pause(500);
                    greedy.text("{\"type\":\"ping\"}"); // it is not silent, however long a busy server takes
                }
            } catch (IOException e) {
                // the end came
            }
        });
        asking.start();

        alice.seen().await(Wire.type("leave", room).and(Wire.from(name)));
        try {
            assertEquals(4513, greedy.awaitClose().code());
        } catch (EOFException | SocketException e) {
            // Who does not read may not get the word either.
        }
        greedy.close();
        asking.join(Seen.PATIENCE.toMillis());
        assertFalse(asking.isAlive());
        alice.say(room, "unharmed");
    }

    private static List<ChatClient> writers(Stage stage, String room) {
        List<ChatClient> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(stage.member("writer", room, i == 0 ? Offer.SINGLE : Offer.BATCH));
        }
        return writers;
    }

    /** All of them in turn, no faster than they read; now and then something else is done between. */
    private static void talk(List<ChatClient> writers, String room, Between between) throws IOException {
        int said = 0;
        for (int i = 0; i < EACH; i++) {
            for (ChatClient writer : writers) {
                writer.send(Wire.message(room, "m" + ++said, BODY));
            }
            if (i % 20 == 19) {
                int seq = said;
                writers.forEach(writer ->
                        writer.seen().await(Wire.type("message").and(m -> Wire.seq(m) == seq)));
                between.act();
            }
        }
    }

    private static void assertAllSeen(List<ChatClient> writers, int messages) {
        for (ChatClient writer : writers) {
            assertEquals(Wire.range(1, messages), Wire.seqs(writer.seen().await(messages, Wire.type("message"))));
            assertEquals(List.of(), writer.seen().all(Wire.type("gap")));
            assertEquals(List.of(), writer.seen().all(Wire.type("error")));
        }
    }

    @FunctionalInterface
    private interface Between {
        void act() throws IOException;
    }

    private static boolean covers(JsonObject object, long seq) {
        return Wire.type("gap").test(object) && Wire.number(object, "to") >= seq;
    }
}
