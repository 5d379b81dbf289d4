package chat.parley.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A look at something, of which one is under way at a time, whatever number asks: whoever asks meanwhile gets the next one,
 * so that what they get was looked at after they asked. Any thread may ask; nothing waits.
 */
public final class SharedLook {

    private final Supplier<CompletionStage<Boolean>> look;
    private final Executor executor;
    private final Object lock = new Object();

    /** Who asked since the look that is under way began. */
    @GuardedBy("lock") private CompletableFuture<Boolean> waiting = new CompletableFuture<>();

    @GuardedBy("lock") private boolean isAsked;

    @GuardedBy("lock") private boolean isLooking;

    /**
     * Nobody looks yet.
     *
     * @param look begins one; does not block
     * @param executor begins the next one
     */
    public SharedLook(Supplier<CompletionStage<Boolean>> look, Executor executor) {
        this.look = look;
        this.executor = executor;
    }

    /** Completes, or fails, as a look that begins after this was called. */
    public CompletionStage<Boolean> ask() {
        CompletableFuture<Boolean> mine;
        synchronized (lock) {
            isAsked = true;
            mine = waiting;
        }
        lookIfAsked();
        return mine.copy();
    }

    private void lookIfAsked() {
        CompletableFuture<Boolean> asked;
        synchronized (lock) {
            if (isLooking || !isAsked) {
                return;
            }
            isLooking = true;
            isAsked = false;
            asked = waiting;
            waiting = new CompletableFuture<>();
        }
        begin().whenComplete((done, failure) -> {
            synchronized (lock) {
                isLooking = false;
            }
            if (failure == null) {
                asked.complete(done);
            } else {
                asked.completeExceptionally(failure);
            }
            // Not from here: of looks that are answered at once the stack would grow.
            try {
                executor.execute(this::lookIfAsked);
            } catch (RejectedExecutionException e) {
                failWaiting(e); // the server has stopped
            }
        });
    }

    private CompletionStage<Boolean> begin() {
        try {
            return look.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void failWaiting(RuntimeException failure) {
        CompletableFuture<Boolean> asked;
        synchronized (lock) {
            asked = waiting;
            waiting = new CompletableFuture<>();
            isAsked = false;
        }
        asked.completeExceptionally(failure);
    }
}
