package chat.parley.verify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That something was broken.
 *
 * @param beginMillis since the run began
 * @param endMillis when the command had ended; the fault is taken to end then
 * @param exitCode -1 when it could not be run or did not end
 * @param said the last line it wrote
 * @param recovery how long it took from its end until everything flowed; null when it did not before the next, or in time
 */
record Strike(
        long beginMillis,
        long endMillis,
        int exitCode,
        String said,
        @Nullable Duration recovery) {

    /** Whether the command itself says that it did not do what it was for. */
    boolean hasFailed() {
        return exitCode != 0;
    }

    Strike recoveredIn(@Nullable Duration time) {
        return new Strike(beginMillis, endMillis, exitCode, said, time);
    }
}
