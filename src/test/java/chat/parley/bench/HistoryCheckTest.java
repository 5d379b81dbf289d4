package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What each kind of wrong history counts as. The members ask for 3 events. */
class HistoryCheckTest {
    private final Tally tally = new Tally();
    private final HistoryCheck check = new HistoryCheck(3, new Rooms(2), tally);

    @Test
    void theNewestUpToTheHeadAreFine() throws Malformed {
        accept(20, history(1, 18, 19, 20));
        accept(20, history(1, 18, 19, 20));
        assertCounts(0, 0);
    }

    @Test
    void aShortLogHasAShortHistory() throws Malformed {
        accept(2, history(1, 1, 2));
        accept(20, history(19, 19, 20));
        accept(0, history(1));
        assertCounts(0, 0);
    }

    @Test
    void whatIsMissingIsLostEachTime() throws Malformed {
        accept(20, history(1, 19, 20));
        accept(20, history(1, 19, 20));
        assertCounts(2, 0);
    }

    @Test
    void anEmptyOneLosesAll() throws Malformed {
        accept(20, history(1));
        assertCounts(3, 0);
    }

    @Test
    void aHoleIsLost() throws Malformed {
        accept(20, history(1, 17, 18, 20));
        assertCounts(1, 0);
    }

    @Test
    void oneThatEndsBeforeTheHeadLosesTheRest() throws Malformed {
        accept(20, history(1, 17, 18, 19));
        assertCounts(1, 0);
    }

    @Test
    void aSwapIsOutOfOrder() throws Malformed {
        accept(20, history(1, 19, 18, 20));
        assertEquals(1, tally.outOfOrder);
    }

    @Test
    void aPageThatWouldNotFitAFrameMayBeShorter() throws Malformed {
        String large = "\"content\":\"" + "x".repeat(12_000) + "\",";
        accept(20, history(1, 19, 20).replace("{\"seq\"", "{" + large + "\"seq\""));
        assertCounts(0, 0);
    }

    @Test
    void oneOfAnotherRoomIsNone() {
        assertThrows(Malformed.class, () -> accept(20, history(1, 18, 19, 20).replace("bench-1", "bench-0")));
    }

    private void accept(long head, String json) throws Malformed {
        ByteBuffer frame = ByteBuffer.wrap(("[" + json + "]").getBytes(UTF_8));
        JsonObject history = new JsonObject();
        history.read(frame, 1, frame.limit() - 1);
        check.check(frame, history, 1, head);
    }

    private void assertCounts(long lost, long outOfOrder) {
        assertEquals(lost, tally.lost, "lost");
        assertEquals(outOfOrder, tally.outOfOrder, "out of order");
    }

    private static String history(long first, long... seqs) {
        return "{\"type\":\"history\",\"room\":\"bench-1\",\"first\":" + first + ",\"messages\":["
                + Arrays.stream(seqs).mapToObj(seq -> "{\"seq\":" + seq + "}").collect(Collectors.joining(","))
                + "]}";
    }
}
