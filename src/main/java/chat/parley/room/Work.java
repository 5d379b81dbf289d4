package chat.parley.room;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Something a {@link DeliveryThread} does when it is told that there may be something to do. However often it is
 * told, it waits in the queue once; what is published before it is told is seen when it runs.
 */
abstract class Work {

    private static final VarHandle WAITING;

    static {
        try {
            WAITING = MethodHandles.lookup().findVarHandle(Work.class, "waiting", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by WAITING
    private volatile boolean waiting;

    /** Whether the caller is the one that has to put it in the queue. */
    final boolean arm() {
        return !(boolean) WAITING.getVolatile(this) && WAITING.compareAndSet(this, false, true);
    }

    /** Whether it is in the queue and will be run. */
    final boolean isWaiting() {
        return (boolean) WAITING.getVolatile(this);
    }

    /** Called when it was taken from the queue, before {@link #run}: from now on it can be queued again. */
    final void disarm() {
        WAITING.setVolatile(this, false);
    }

    /**
     * The {@code System.nanoTime()} it does not want to be run before; 0 when it does not care. Asked on its delivery
     * thread when its turn has come; it stays in the queue until then, and is told nothing anew.
     */
    long notBefore() {
        return 0;
    }

    /** Does what there is to do, without blocking; on its delivery thread. */
    abstract void run();
}
