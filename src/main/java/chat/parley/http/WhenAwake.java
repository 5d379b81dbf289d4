package chat.parley.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets nothing be done by a server that does not know what it missed while it slept. Nothing waits.
 *
 * @param waking null when something may be done now; else it completes with whether it may be done then
 * @param executor does what had to wait
 */
record WhenAwake(Supplier<@Nullable CompletionStage<Boolean>> waking, Executor executor) {

    /** Says when to come back, since nobody knows now whether it may be done. */
    static final Problem UNSURE =
            Problem.unavailable("The server does not know what happened while it was away; try again.", 1_000);

    /** Does one of the two, once: at once, or on the executor. */
    void act(Runnable act, Runnable refuse) {
        CompletionStage<Boolean> first = waking.get();
        if (first == null) {
            act.run();
            return;
        }
        CompletionStage<Boolean> unused = first.whenCompleteAsync(
                (isAwake, failure) -> (Boolean.TRUE.equals(isAwake) ? act : refuse).run(), executor);
    }
}
