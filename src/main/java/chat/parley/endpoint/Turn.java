package chat.parley.endpoint;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who goes on after an asynchronous call: the caller, when the completion came before the call returned, else the
 * completion. Exactly one of {@link #hasCompleted()} and {@link #completed()} says true. So a chain of calls needs no
 * recursion.
 */
final class Turn {

    private static final int CALLING = 0;
    private static final int RETURNED = 1;
    private static final int COMPLETED = 2;

    private final AtomicInteger state = new AtomicInteger();

    /** Called before the asynchronous call. */
    void begin() {
        state.set(CALLING);
    }

    /** Called when the call has returned: whether the caller goes on. */
    boolean hasCompleted() {
        return !state.compareAndSet(CALLING, RETURNED);
    }

    /** Called by the completion: whether the completion goes on. */
    boolean completed() {
        return !state.compareAndSet(CALLING, COMPLETED);
    }
}
