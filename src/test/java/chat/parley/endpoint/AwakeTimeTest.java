package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AwakeTimeTest {

    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1); // nanoTime may overflow

    private final AwakeTime time = new AwakeTime(START);

    @Test
    void itGoesOnAsTheClockDoes() {
        tick(100);
        tick(300);
        tick(700);

        assertEquals(700, millis());
    }

    @Test
    void aPauseIsHardlyAnyTime() {
        tick(100);
        tick(60_100);
        tick(60_200);

        assertEquals(100 + 500 + 100, millis());
    }

    private void tick(long millis) {
        time.tick(START + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(time.nanos());
    }
}
