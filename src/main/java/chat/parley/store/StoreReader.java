package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reading threads: few, and none of them ever waits for the writer. Stages complete on a reading thread;
 * dependents must not block. The queue is bounded: when it is full a read fails at once with {@link
 * StoreException.Kind#BUSY}. Any thread may ask. Whoever makes it closes it.
 */
public final class StoreReader implements StoreTasks, AutoCloseable {

    private static final int THREADS = 2;
    private static final int QUEUE = 10_000;

    private final MessageStore store;
    private final ThreadPoolExecutor readers;

    /** Readers of a store. */
    public StoreReader(MessageStore store) {
        this.store = store;
        AtomicInteger number = new AtomicInteger();
        this.readers =
                new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "parley-reader-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** See {@link MessageStore#state}. */
    public CompletionStage<RoomState> state(RoomName room, int newest) {
        return submit(() -> store.state(room, newest));
    }

    /** See {@link MessageStore#read}. */
    public CompletionStage<Page> read(RoomName room, Range range) {
        return submit(() -> store.read(room, range));
    }

    /** See {@link MessageStore#heads}. */
    public CompletionStage<Map<RoomName, LogEnds>> heads(Collection<RoomName> rooms) {
        return submit(() -> store.heads(rooms));
    }

    /** See {@link MessageStore#rooms}. */
    public CompletionStage<List<RoomName>> rooms(int limit) {
        return submit(() -> store.rooms(limit));
    }

    /** Ends the threads; waits at most two seconds for reads under way. */
    @Override
    public void close() {
        readers.shutdown();
        try {
            if (!readers.awaitTermination(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS)) {
                readers.shutdownNow();
            }
        } catch (InterruptedException e) {
            readers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public <T> CompletionStage<T> submit(Task<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            readers.execute(() -> {
                try {
                    result.complete(read.run());
                } catch (StoreException e) {
                    result.completeExceptionally(e);
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(
                            new StoreException(StoreException.Kind.UNAVAILABLE, "the store broke", e));
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new StoreException(StoreException.Kind.BUSY, "too many reads wait", e));
        }
        return result;
    }
}
