package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A member that does not read falls behind, and nobody but that member notices. */
class FallingBehindIT {

    private static final String BODY = "x".repeat(3_000);

    /** As many as fill the ring and what the kernel takes for somebody who does not read, up to 4 MB. */
    private static final int MANY = 1_600;

    /** The lively members have all seen a message before so many more are sent: none of them falls off the ring. */
    private static final int OUTSTANDING = 60;

    @Test
    void stalledReadersFallOffTheRingAndAreToldWhatTheyMissed() throws Exception {
        try (TestServer server = TestServer.with("parley.rooms.ring", "256", "parley.send.timeout", "5m")) {
            List<ChatClient> lively = lively(server, 100);
            List<RawClient> stalled = List.of(stalled(server, Subprotocol.SINGLE), stalled(server, Subprotocol.BATCH));

            write(lively, MANY);

            List<List<JsonObject>> read = new ArrayList<>();
            for (RawClient reader : stalled) {
                read.add(reader.readUntil(Wire.type("gap").and(gap -> gap.getInt("to") == MANY)));
            }
            lively.get(0).send(Wire.message("room", "last", "live again"));
            for (int i = 0; i < stalled.size(); i++) {
                read.get(i).addAll(stalled.get(i).readUntil(Wire.messageWith("last")));
                Transcript transcript =
                        Transcript.ofRoom("room", read.get(i)).behind(0).check();
                long missed = transcript.gaps().stream()
                        .mapToLong(gap -> gap.getInt("to") - gap.getInt("from") + 1)
                        .sum();
                assertEquals(MANY + 1, transcript.position());
                assertEquals(MANY + 1, missed + transcript.events(), "each seq is received or in a gap, once");
                assertTrue(missed > 256, "what is in the ring is no gap: " + missed);
            }
            for (ChatClient member : lively) {
                member.seen().await(MANY + 1, Wire.type("message"));
                assertEquals(
                        List.of(),
                        Transcript.ofRoom("room", member.seen().all()).check().gaps());
            }
        }
    }

    @Test
    void theHoleOfAGapCanBeReadByHistory() throws Exception {
        try (TestServer server = TestServer.with("parley.rooms.ring", "256", "parley.send.timeout", "5m")) {
            List<ChatClient> lively = lively(server, 1);
            RawClient stalled = stalled(server, Subprotocol.BATCH);
            write(lively, MANY);
            List<JsonObject> read = stalled.readUntil(Wire.type("gap"));
            JsonObject gap = read.get(read.size() - 1);

            stalled.text(Wire.request("history", "room")
                    .add("after", gap.getInt("from") - 1)
                    .add("before", gap.getInt("to") + 1)
                    .add("limit", 5)
                    .build()
                    .toString());

            JsonObject page = last(stalled.readUntil(Wire.type("history")));
            assertEquals(Wire.range(gap.getInt("from"), gap.getInt("from") + 4), Wire.seqs(page));
        }
    }

    @Test
    void aWriteThatDoesNotFinishInTimeEndsTheConnectionAndNoOther() throws Exception {
        try (TestServer server = TestServer.with("parley.send.timeout", "1s", "parley.presence.linger", "0s");
                LogWatch log = new LogWatch("chat.parley.endpoint")) {
            List<ChatClient> lively = lively(server, 5);
            RawClient stalled = stalled(server, Subprotocol.SINGLE);
            lively.get(0).seen().await(6, Wire.type("join"));

            write(lively, MANY);

            lively.get(0).seen().await(Wire.type("leave"));
            Eventually.holds(
                    "it is counted out", () -> server.parley().connections().size() == 5);
            log.await(line -> line.contains("connection closed") && line.contains("code=\"4513\""));
            stalled.awaitEnd();
            lively.get(4).say("room", "all here");
            for (ChatClient member : lively) {
                member.seen().await(MANY + 1, Wire.type("message"));
                assertEquals(
                        MANY + 1,
                        Transcript.ofRoom("room", member.seen().all()).check().position());
            }
        }
    }

    @Test
    void whoAsksForMoreAnswersThanItReadsIsEnded() throws Exception {
        try (TestServer server = TestServer.with("parley.limits.reply-bytes", "64KB", "parley.send.timeout", "5m");
                LogWatch log = new LogWatch("chat.parley.endpoint")) {
            ChatClient alice = lively(server, 1).get(0);
            write(List.of(alice), 30);
            RawClient greedy = stalled(server, Subprotocol.BATCH);

            Thread asking = new Thread(() -> askForEver(greedy), "asking");
            asking.start();

            log.await(line -> line.contains("connection closed") && line.contains("code=\"4513\""));
            asking.join(30_000);
            assertFalse(asking.isAlive(), "its end came, and the socket went on");
            Eventually.holds(
                    "it is counted out", () -> server.parley().connections().size() == 1);
            alice.say("room", "unharmed");
        }
    }

    /** Asks, and reads nothing, until the server has enough of it. */
    private static void askForEver(RawClient greedy) {
        String history =
                Wire.request("history", "room").add("limit", 200).build().toString();
        try {
            for (int i = 0; i < 1_000_000; i++) {
                greedy.text(history);
            }
        } catch (UncheckedIOException e) {
            // the end
        }
    }

    private static List<ChatClient> lively(TestServer server, int count) {
        List<ChatClient> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(server.connect("lively", i % 2 == 0 ? Subprotocol.BATCH : Subprotocol.SINGLE));
            members.get(i).join("room");
            members.get(i).seen().keepNoContent();
        }
        return members;
    }

    private static RawClient stalled(TestServer server, Subprotocol subprotocol) throws Exception {
        RawClient stalled = server.closing(
                RawClient.connectNarrow(server.port(), "/chat?name=" + server.newName("stalled"), subprotocol));
        stalled.text(Wire.request("join", "room").build().toString());
        stalled.readUntil(Wire.type("history"));
        return stalled;
    }

    /** Has the first member say so many things, no faster than all of them read. */
    private static void write(List<ChatClient> members, int messages) {
        for (int i = 1; i <= messages; i++) {
            members.get(0).send(Wire.message("room", "m" + i, BODY));
            if (i % OUTSTANDING == 0 || i == messages) {
                String id = "m" + i;
                for (ChatClient member : members) {
                    member.seen().await(Wire.messageWith(id));
                }
            }
        }
    }

    private static JsonObject last(List<JsonObject> objects) {
        return objects.get(objects.size() - 1);
    }
}
