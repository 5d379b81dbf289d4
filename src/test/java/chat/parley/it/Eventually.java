package chat.parley.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded waits for what no client is told. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Eventually() {}

    /** Waits until it is so, and fails when that takes too long. */
    static void holds(String what, BooleanSupplier condition) {
        holds(() -> what, condition);
    }

    /** Waits until it is so, and fails when that takes too long, with what is then the case. */
    static void holds(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so after " + PATIENCE.toSeconds() + " s: " + what.get());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
