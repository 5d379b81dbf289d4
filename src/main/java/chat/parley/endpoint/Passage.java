package chat.parley.endpoint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of one connection pass, one at a time and in their order. While it is shut, or a frame waits for
 * something, what comes is held, within bounds, and passes before all that comes later. Frames are offered by one thread at
 * a time; any thread opens and shuts it.
 */
final class Passage {

    /** What passes. */
    interface Frame {

        /**
         * Asked when it is its turn: what has to be waited for, with whether it may be carried out then; a failure is a no.
         * Null when it may be carried out now.
         */
        @Nullable CompletionStage<Boolean> first();

        /** Does it. */
        void carryOut();

        /** Refuses it, since what it or one before it waited for came to nothing. */
        void putOff();
    }

    private record Held(Frame frame, int chars) {}

    private final int mostFrames;
    private final HoldingBudget budget;
    private final Executor executor;
    private final Object lock = new Object();

    @GuardedBy("lock") private final Queue<Held> held = new ArrayDeque<>(0);

    @GuardedBy("lock") private long heldChars;

    @GuardedBy("lock") private boolean isShut;

    @GuardedBy("lock") private boolean isPuttingOff;

    @GuardedBy("lock") private boolean isDiscarded;

    /**
     * An open one.
     *
     * @param budget of all passages together
     * @param executor carries out what was held behind a frame that waited
     */
    Passage(int mostFrames, HoldingBudget budget, Executor executor) {
        this.mostFrames = mostFrames;
        this.budget = budget;
        this.executor = executor;
    }

    /**
     * Carries a frame out, or holds it.
     *
     * @param mostChars what may be held of this connection, with this frame
     * @return false, and nothing, when more is held already than may be
     */
    boolean offer(Frame frame, int chars, long mostChars) {
        synchronized (lock) {
            if (isShut) {
                return hold(frame, chars, mostChars);
            }
        }
        CompletionStage<Boolean> first = frame.first();
        if (first == null) {
            frame.carryOut();
            return true;
        }
        synchronized (lock) {
            if (!hold(frame, chars, mostChars)) {
                return false;
            }
            isShut = true;
        }
        goOnAfter(first);
        return true;
    }

    @GuardedBy("lock") private boolean hold(Frame frame, int chars, long mostChars) {
        if (isDiscarded) {
            return true;
        }
        if (held.size() >= mostFrames || heldChars + chars > mostChars || !budget.take(chars)) {
            return false;
        }
        held.add(new Held(frame, chars));
        heldChars += chars;
        return true;
    }

    /** Shuts it, until whoever did it opens it or discards what is held. */
    void shut() {
        synchronized (lock) {
            isShut = true;
        }
    }

    /** Lets pass what is held, on the calling thread as far as nothing has to be waited for, then all that comes. */
    void open() {
        while (true) {
            Held next;
            boolean isPut;
            synchronized (lock) {
                next = held.peek();
                isPut = isPuttingOff;
                if (next == null) {
                    isShut = isDiscarded;
                    isPuttingOff = false;
                    return;
                }
            }
            CompletionStage<Boolean> first = isPut ? null : next.frame().first();
            if (first != null) {
                goOnAfter(first);
                return;
            }
            passNext();
        }
    }

    /** Nothing passes any more, and nothing is held. */
    void discard() {
        synchronized (lock) {
            isShut = true;
            isDiscarded = true;
            while (poll() != null) {
                // it gives back what it took
            }
        }
    }

    private void goOnAfter(CompletionStage<Boolean> first) {
        CompletionStage<Boolean> unused = first.whenCompleteAsync(
                (isSure, failure) -> {
                    synchronized (lock) {
                        isPuttingOff = !Boolean.TRUE.equals(isSure);
                    }
                    passNext();
                    open();
                },
                executor);
    }

    private void passNext() {
        Held next;
        boolean isPut;
        synchronized (lock) {
            next = poll();
            isPut = isPuttingOff;
        }
        if (next == null) {
            return; // discarded meanwhile
        }
        if (isPut) {
            next.frame().putOff();
        } else {
            next.frame().carryOut();
        }
    }

    @GuardedBy("lock") private @Nullable Held poll() {
        Held next = held.poll();
        if (next != null) {
            heldChars -= next.chars();
            budget.giveBack(next.chars());
        }
        return next;
    }
}
