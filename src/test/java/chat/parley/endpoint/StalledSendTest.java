package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a send has taken too long; times are seconds. */
class StalledSendTest {

    private static final long TIMEOUT = 10;

    private final StalledSend stalled = new StalledSend();

    @Test
    void noSendIsNeverOver() {
        for (int second = 0; second < 100; second++) {
            assertFalse(isOver(0, second, second));
        }
    }

    @Test
    void aSendIsOverAfterItsTimeout() {
        for (int second = 1; second <= 11; second++) {
            assertFalse(isOver(1, second, second), () -> "too soon");
        }
        assertTrue(isOver(1, 12, 12));
    }

    @Test
    void oneAfterTheOtherIsNoLongOne() {
        for (int second = 1; second < 100; second++) {
            assertFalse(isOver(second, second + 1, second));
        }
    }

    @Test
    void aPauseIsNoTimeOfASend() {
        assertFalse(isOver(1, 2, 2));

        assertFalse(isOver(1, 40, 3), "it stood still for 37 s");
        assertFalse(isOver(1, 45, 8));
        assertTrue(isOver(1, 49, 12), "and does not go on since");
    }

    @Test
    void aSendThatIsSeenForTheFirstTimeAfterAPauseHasItsTime() {
        assertFalse(isOver(1, 40, 3));
        assertTrue(isOver(1, 49, 12));
    }

    private boolean isOver(long since, long now, long awake) {
        return stalled.isOver(nanos(TIMEOUT), nanos(since), nanos(now), nanos(awake));
    }

    private static long nanos(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
