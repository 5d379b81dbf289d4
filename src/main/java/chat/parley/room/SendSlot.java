package chat.parley.room;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a connection has something under way, and whether more is wanted after it.
 *
 * <pre>
 * IDLE --acquire--> SENDING --acquire (refused)--> WANTED
 *   ^-----release, complete-----+-----complete (says so)---+
 * </pre>
 *
 * <p>The wake-up rule: whoever has something to send publishes it, then acquires; a refused acquire leaves its mark
 * in the same variable that {@link #complete} reads, so that of the two one sees the other and nothing published
 * stays unsent. Only the delivery thread acquires and releases; any thread completes.
 */
final class SendSlot {

    private static final int IDLE = 0;
    private static final int SENDING = 1;
    private static final int WANTED = 2;

    private final AtomicInteger state = new AtomicInteger(IDLE);

    /**
     * Takes the slot, or says by false that it is taken and that {@link #complete} will tell its caller to come back.
     */
    boolean acquire() {
        while (true) {
            switch (state.get()) {
                case IDLE -> {
                    state.set(SENDING); // nobody else leaves IDLE
                    return true;
                }
                case SENDING -> {
                    if (state.compareAndSet(SENDING, WANTED)) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
    }

    /** Gives an acquired slot back unused. */
    void release() {
        state.set(IDLE);
    }

    /** Gives the slot back after a send; true when somebody was refused meanwhile and has to be woken. */
    boolean complete() {
        return state.getAndSet(IDLE) == WANTED;
    }

    boolean isIdle() {
        return state.get() == IDLE;
    }
}
