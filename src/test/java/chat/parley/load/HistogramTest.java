package chat.parley.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The histogram's figures against those of the values themselves. */
class HistogramTest {
    @Test
    void percentilesAreWithinOneHundredth() {
        Histogram histogram = new Histogram();
        int count = 100_000;
        for (int i = 1; i <= count; i++) {
            histogram.record(i * 1000L);
        }

        for (double percent : new double[] {0.1, 50, 90, 99, 99.9}) {
            double exact = count * percent * 10;
            assertTrue(histogram.percentile(percent) >= exact, "rounded up");
            assertTrue(histogram.percentile(percent) <= exact * 1.01, "within a hundredth");
        }
        assertEquals(count * 1000L, histogram.percentile(100));
        assertEquals(count * 1000L, histogram.max());
    }

    @Test
    void everyPowerOfTwoLandsInAStepThatHoldsIt() {
        for (int bits = 0; bits < 42; bits++) {
            for (long value = Math.max(0, (1L << bits) - 1); value <= (1L << bits) + 1; value++) {
                Histogram histogram = new Histogram();
                histogram.record(value);
                histogram.record(Long.MAX_VALUE);
                assertTrue(histogram.percentile(50) >= value, () -> "at 2^ around " + histogram.percentile(50));
                assertTrue(histogram.percentile(50) <= value + value / 100 + 1);
            }
        }
    }

    @Test
    void mergedOnesCountTogether() {
        Histogram one = new Histogram();
        Histogram other = new Histogram();
        one.record(5);
        other.record(70);

        one.add(other);

        assertEquals(2, one.count());
        assertEquals(5, one.percentile(50));
        assertEquals(70, one.percentile(100));
    }

    @Test
    void anEmptyOneIsAllZero() {
        assertEquals(0, new Histogram().percentile(99));
        assertEquals(0, new Histogram().max());
    }
}
