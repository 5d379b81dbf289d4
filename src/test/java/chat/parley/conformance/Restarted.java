package chat.parley.conformance;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one end of the server, while people were connected and one of them wrote without a pause, and what was
 * there when it had come back.
 *
 * @param room where it was
 * @param writer as whom, with the secret, it was written
 * @param secret of the writer's session
 * @param account the browser of somebody with an account
 * @param epoch of the log before
 * @param reader everything the reader saw, who stayed until the end
 * @param closes how readers in two forms were closed
 * @param acknowledged the seqs that were acknowledged, by id
 * @param unanswered ids of messages that were sent and not answered
 * @param ready the answer of {@code health/ready} to who comes while the server ends
 * @param shaken the answer of a handshake after that
 */
record Restarted(
        String room,
        String writer,
        String secret,
        Browser account,
        String epoch,
        List<JsonObject> reader,
        List<Seen.Close> closes,
        Map<String, Long> acknowledged,
        List<String> unanswered,
        Answer ready,
        Answer shaken,
        long talkedOn) {

    private static final int MOST = 900; // messages: below the burst
    private static final int OUTSTANDING = 20;

    /** For a server that closes its port: who was let in at that moment may still be answered. Much less than the drain. */
    private static final int UNDER_WAY_MILLIS = 100;

    static Restarted by(Stage stage, Target.Stop how) throws Exception {
        String room = stage.name("restarted");
        ChatClient writer = stage.member("writer", room, Offer.SINGLE);
        ChatClient reader = stage.member("reader", room, Offer.BATCH);
        String epoch = writer.get(Wire.request("join", room)).getString("epoch");
        Browser account = stage.browser();
        account.signUp(stage.name("resident"), Stage.PASSWORD);
        AtomicInteger sent = new AtomicInteger();
        Thread writing = new Thread(() -> writeToTheEnd(writer, room, sent), "writing");
        writing.start();
        writer.seen().await(100, Wire.type("ack").and(ack -> ack.containsKey("seq")));

        CompletableFuture<@Nullable Void> restart = CompletableFuture.runAsync(() -> {
            try {
                stage.target().restart(how);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Answer ready = how == Target.Stop.KILL ? Answer.NONE : whileItEnds(stage, restart);
        Answer shaken =
                how == Target.Stop.KILL ? Answer.NONE : Answer.to(stage.target().base(), "chat");
        try {
            restart.get(3, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError("it did not come back", e);
        }
        writing.join(Seen.PATIENCE.toMillis());
        List<Seen.Close> closes =
                List.of(writer.seen().awaitClose(), reader.seen().awaitClose());
        Map<String, Long> acknowledged = new LinkedHashMap<>();
        writer.seen()
                .all(Wire.type("ack").and(ack -> ack.containsKey("seq")))
                .forEach(ack -> acknowledged.put(ack.getString("id"), Wire.seq(ack)));
        List<String> unanswered = new ArrayList<>();
        for (int i = 0; i < sent.get(); i++) {
            if (!acknowledged.containsKey("m" + i)) {
                unanswered.add("m" + i);
            }
        }
        return new Restarted(
                room,
                writer.name(),
                writer.secret(),
                account,
                epoch,
                reader.seen().all(),
                closes,
                acknowledged,
                unanswered,
                ready,
                shaken,
                acknowledgedAfterReconnect(writer));
    }

    /** What is said once an answer has shown that the end began, to who comes only then. */
    private static Answer whileItEnds(Stage stage, CompletableFuture<?> restart) {
        while (!restart.isDone()) {
            if (!isReady(stage).status().equals("200")) {
                Stage.pause(UNDER_WAY_MILLIS);
                return isReady(stage);
            }
            Stage.pause(10);
        }
        return Answer.NONE;
    }

    private static Answer isReady(Stage stage) {
        return Answer.to(stage.target().base(), "health/ready");
    }

    private static long acknowledgedAfterReconnect(ChatClient writer) {
        List<JsonObject> all = writer.seen().all();
        return all.stream()
                .dropWhile(Wire.type("reconnect").negate())
                .filter(Wire.type("ack"))
                .count();
    }

    private static void writeToTheEnd(ChatClient writer, String room, AtomicInteger sent) {
        try {
            for (int i = 0; i < MOST; i++) {
                writer.send(Wire.message(room, "m" + i, "content " + i));
                sent.set(i + 1);
                if (i >= OUTSTANDING) {
                    writer.seen().await(Wire.answer("m" + (i - OUTSTANDING)));
                }
                Stage.pause(4);
            }
        } catch (AssertionError e) {
            // the end
        }
    }
}
