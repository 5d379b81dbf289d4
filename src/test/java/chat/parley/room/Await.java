package chat.parley.room;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens on other threads: until it is so, or long enough that it never will be. */
final class Await {

    /** Thousands of times what anything here takes; so that a busy machine fails no test. */
    static final Duration AT_MOST = Duration.ofSeconds(30);

    private Await() {}

    /** Returns when the condition holds; fails with what was seen instead when it does not in time. */
    static void until(String what, BooleanSupplier condition, Supplier<?> seen) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + AT_MOST + ": " + what + "; seen: " + seen.get());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MICROSECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
