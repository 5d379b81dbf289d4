package chat.parley.store;

import java.util.concurrent.CompletionStage;

/** Has work done on the threads that may wait for the store. Any thread may ask; nothing here waits. */
public interface StoreTasks {

    /** A piece of work that may wait for a disk or a network. */
    interface Task<T> {
        /** Does it. */
        T run() throws StoreException;
    }

    /**
     * Has it done, soon.
     *
     * @return completes when it is done, or exceptionally with a {@link StoreException}: at once with {@link
     *     StoreException.Kind#BUSY} when too much waits. On a thread of the store: dependents must not block
     */
    <T> CompletionStage<T> submit(Task<T> task);
}
