package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void theBurstIsThereAtOnceAndThenAWaitIsTold() {
        RateLimit rate = new RateLimit(1, 200);

        for (int i = 0; i < 200; i++) {
            assertEquals(0, rate.take(1), "frame " + i);
        }
        long wait = rate.take(5);

        assertTrue(wait >= 1 && wait <= 5_001, "wait " + wait + " ms");
    }

    @Test
    void pagesCostMore() {
        RateLimit rate = new RateLimit(1, 10);

        assertEquals(0, rate.take(5));
        assertEquals(0, rate.take(5));
        assertTrue(rate.take(5) > 0);
    }

    @Test
    void withoutARateThereIsNoLimit() {
        RateLimit rate = new RateLimit(0, 10);

        for (int i = 0; i < 100_000; i++) {
            assertEquals(0, rate.take(5));
        }
    }

    @Test
    void withoutABurstThereIsNoLimitWhateverTheRate() {
        RateLimit rate = new RateLimit(1, 0);

        for (int i = 0; i < 100_000; i++) {
            assertEquals(0, rate.take(5));
        }
    }

    @Test
    void anyTenSecondsCount() {
        RateLimit rate = new RateLimit(1, 10);
        rate.refused(0);

        for (int i = 0; i < 100; i++) {
            assertFalse(rate.refused(9 * SECOND + i));
        }
        for (int i = 0; i < 99; i++) {
            assertFalse(rate.refused(11 * SECOND + i), "refusal " + i);
        }

        assertTrue(rate.refused(12 * SECOND));
    }

    @Test
    void twoHundredRefusalsWithinTenSecondsAreAFlood() {
        RateLimit rate = new RateLimit(1, 10);

        for (int i = 1; i < 200; i++) {
            assertFalse(rate.refused(7 + i * SECOND / 20), "refusal " + i);
        }

        assertTrue(rate.refused(7 + 10 * SECOND));
    }

    @Test
    void refusalsThatAreSpreadAreNone() {
        RateLimit rate = new RateLimit(1, 10);

        for (int i = 0; i < 1_000; i++) {
            assertFalse(rate.refused(i * SECOND / 10), "refusal " + i);
        }
    }
}
