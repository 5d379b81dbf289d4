package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyedRateTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Clock clock = new Clock();

    @Test
    void eachHasABurstOfTheirOwnAndIsThenToldWhenToComeBack() {
        KeyedRate rate = rate(2, 10, 100);

        for (int i = 0; i < 10; i++) {
            assertEquals(0, rate.take("one"));
        }

        assertEquals(501, rate.take("one"));
        assertEquals(0, rate.take("other"));
        clock.goOn(Duration.ofMillis(500));
        assertEquals(0, rate.take("one"));
        assertTrue(rate.take("one") > 0);
    }

    @Test
    void aRefusalCostsNothing() {
        KeyedRate rate = rate(1, 1, 100);
        rate.take("one");

        for (int i = 0; i < 1_000; i++) {
            assertTrue(rate.take("one") > 0);
        }

        clock.goOn(SECOND);
        assertEquals(0, rate.take("one"));
    }

    @Test
    void lookingLeavesTheTokenThere() {
        KeyedRate rate = rate(1, 1, 100);

        assertEquals(0, rate.look("one"));
        assertEquals(0, rate.take("one"));
        assertTrue(rate.look("one") > 0);
    }

    @Test
    void whatIsChargedBeyondTheBurstIsPaidBack() {
        KeyedRate rate = rate(1, 1, 100);

        rate.charge("one");
        rate.charge("one");
        rate.charge("one");

        clock.goOn(SECOND);
        assertTrue(rate.look("one") > 0);
    }

    @Test
    void zeroIsNoLimitAndRemembersNobody() {
        for (KeyedRate rate : new KeyedRate[] {rate(0, 10, 100), rate(1, 0, 100)}) {
            for (int i = 0; i < 10_000; i++) {
                assertEquals(0, rate.take("one"));
                rate.charge("one");
                assertEquals(0, rate.look("one"));
            }
            assertEquals(0, rate.size());
        }
    }

    @Test
    void whoIsIdleForAsLongAsABucketFillsIsForgotten() {
        KeyedRate rate = rate(10, 100, 1_000);
        for (int i = 0; i < 500; i++) {
            rate.take("early " + i);
        }

        clock.goOn(Duration.ofSeconds(11));
        rate.take("one");
        assertEquals(501, rate.size());
        clock.goOn(Duration.ofSeconds(11));
        rate.take("other");

        assertEquals(2, rate.size());
    }

    @Test
    void whoGoesOnIsNotForgotten() {
        KeyedRate rate = rate(1, 10, 1_000);
        for (int i = 0; i < 10; i++) {
            rate.take("one");
        }

        for (int second = 0; second < 100; second++) {
            clock.goOn(SECOND);
            assertEquals(0, rate.take("one"), "second " + second);
            assertTrue(rate.take("one") > 0, "second " + second);
        }
    }

    @Test
    void moreThanCanBeRememberedAreNotRemembered() {
        KeyedRate rate = rate(1, 1_000_000, 100);

        for (int i = 0; i < 10_000; i++) {
            rate.take("flood " + i);
        }

        assertTrue(rate.size() <= 200, "remembers " + rate.size());
    }

    private KeyedRate rate(int perSecond, int burst, int mostKeys) {
        return new KeyedRate(perSecond, SECOND, burst, mostKeys, clock);
    }

    private static final class Clock implements TimeMeter {

        private long nanos = 1;

        void goOn(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
