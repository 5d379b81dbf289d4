package chat.parley.identity;

import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does everything at once on the thread that asks, or fails as it is told to. */
final class DirectTasks implements StoreTasks {

    /** What every task fails with, after it was done or before; null for nothing. */
    private StoreException failure;

    private boolean afterwards;

    void fail(StoreException failure, boolean afterwards) {
        this.failure = failure;
        this.afterwards = afterwards;
    }

    void work() {
        this.failure = null;
    }

    @Override
    public <T> CompletionStage<T> submit(Task<T> task) {
        try {
            if (failure != null && !afterwards) {
                throw failure;
            }
            T done = task.run();
            if (failure != null) {
                throw failure;
            }
            return CompletableFuture.completedFuture(done);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
