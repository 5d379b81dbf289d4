package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Comparing with the transcript finds exactly the events that are the same. */
class TranscriptTest {
    private static final int CAPACITY = 4096;

    private final Transcript transcript = new Transcript(CAPACITY);
    private final List<String> events = new ArrayList<>();

    @Test
    void anyRunOfEventsIsFoundHoweverItIsCut() {
        Random random = new Random(1);
        for (int round = 0; round < 5000; round++) {
            add("{\"seq\":" + events.size() + ",\"x\":\"" + "y".repeat(random.nextInt(300)) + "\"}");
            int from = events.size() - 1 - random.nextInt(Math.min(events.size(), 40));
            int to = from + 1 + random.nextInt(events.size() - from);

            ByteBuffer frame = frame(String.join(",", events.subList(from, to)));
            int count = transcript.match(frame, from);

            if (transcript.holds(from)) {
                assertEquals(to - from, count);
                assertFalse(frame.hasRemaining());
            } else {
                assertEquals(0, count);
            }
        }
        assertTrue(transcript.holds(events.size() - 1));
        assertFalse(transcript.holds(0), "it is bounded");
    }

    @Test
    void itStopsBeforeTheFirstDifference() {
        add("{\"a\":1}");
        add("{\"a\":2}");
        add("{\"a\":3}");

        ByteBuffer frame = frame("{\"a\":1},{\"a\":2},{\"a\":4}");

        assertEquals(2, transcript.match(frame, 0));
        assertEquals("{\"a\":4}", UTF_8.decode(frame).toString());
    }

    @Test
    void anEventThatGoesOnDifferentlyIsNotTheSame() {
        add("{\"a\":1}");
        assertEquals(0, transcript.match(frame("{\"a\":1}}"), 0));
        assertEquals(0, transcript.match(frame("{\"a\":1"), 0));
        assertEquals(1, transcript.match(frame("{\"a\":1},"), 0));
    }

    @Test
    void afterAHoleItHoldsWhatIsNew() {
        add("{\"a\":1}");
        ByteBuffer later = frame("{\"a\":9}");
        transcript.add(8, later, 0, later.limit(), new Stamp(0));

        assertFalse(transcript.holds(0));
        assertFalse(transcript.holds(7));
        assertTrue(transcript.isSame(8, later, 0, later.limit()));
    }

    private void add(String event) {
        ByteBuffer frame = frame(event);
        transcript.add(events.size(), frame, 0, frame.limit(), new Stamp(0));
        events.add(event);
    }

    private static ByteBuffer frame(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
