package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The appending thread: takes everything that waits, commits it as one batch, and completes each append in order.
 *
 * <p>Promises: appends are carried out in the order they were taken; a stage completes after its batch was committed,
 * never before, on the writer thread, in the order of the appends; dependents must not block. The queue is bounded:
 * when it is full an append fails at once with {@link StoreException.Kind#BUSY}. When the store refuses a batch for one of
 * its messages, each is committed by itself. Any thread may append. Whoever makes it closes it.
 */
public final class GroupCommit implements GuestLedger, StoreTasks, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** Bounds one transaction, and with it how long its first append waits for the last one's row. */
    private static final int MAX_BATCH = 4_000;

    /** A store that takes longer for one batch is not fit for new clients. */
    private static final long HANGING_NANOS = Duration.ofSeconds(10).toNanos();

    /** Work beside the appends that may wait: rare and small, so more than this is a flood. */
    private static final int MAX_TASKS = 1_000;

    /** Carried out between two batches, each a transaction: some milliseconds that appends wait for them. */
    private static final int TASKS_A_ROUND = 8;

    private record Pending(Draft draft, CompletableFuture<Outcome> result) {}

    private final MessageStore store;
    private final BlockingQueue<Pending> queue;
    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(MAX_TASKS);
    private final Duration retention;
    private final Clock clock;
    private final GuestChanges guests = new GuestChanges();
    private final Outage outage = new Outage();
    private final Thread writer;
    private volatile boolean closing;

    /** {@code System.nanoTime()} when the writer went to the store; 0 while it is not there. */
    private volatile long atWorkSince;

    private volatile Consumer<Outcome> committed = outcome -> {};
    private volatile BiConsumer<RoomName, Long> expired = (room, first) -> {};
    private volatile Consumer<RoomName> retouched = room -> {};

    /**
     * A writer in front of a store; {@link #start} starts it.
     *
     * @param capacity how many appends may wait
     * @param retention after what time messages are deleted; zero for never
     */
    public GroupCommit(MessageStore store, int capacity, Duration retention, Clock clock) {
        this.store = store;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.retention = retention;
        this.clock = clock;
        this.writer = new Thread(this::run, "parley-writer");
        this.writer.setDaemon(true);
    }

    /** A writer that deletes nothing. */
    public GroupCommit(MessageStore store, int capacity) {
        this(store, capacity, Duration.ZERO, Clock.systemUTC());
    }

    /**
     * Starts the writer thread. What it is given hears on that thread and must not block.
     *
     * @param committed hears each outcome, in the order of the appends, before its stage completes
     * @param expired hears the lowest seq that is still there of a room that lost messages by their age
     * @param retouched hears of rooms where what somebody said reads otherwise now, because their account was deleted
     */
    public void start(Consumer<Outcome> committed, BiConsumer<RoomName, Long> expired, Consumer<RoomName> retouched) {
        this.committed = committed;
        this.expired = expired;
        this.retouched = retouched;
        writer.start();
    }

    /** Starts the writer thread; nobody hears what expires or is retouched. */
    public void start(Consumer<Outcome> committed) {
        start(committed, (room, first) -> {}, room -> {});
    }

    /** Whether the store took what it was last given, and is not at it for too long. Any thread. */
    public boolean isAvailable() {
        long since = atWorkSince;
        return !outage.isDown() && (since == 0 || System.nanoTime() - since < HANGING_NANOS);
    }

    /** Saves what became of guests since the writer ended. */
    public void saveGuests() {
        try {
            guests.save(store);
        } catch (StoreException e) {
            log.atWarn().addKeyValue("why", e.getMessage()).log("the last state of guests could not be saved");
        }
    }

    @Override
    public void keep(GuestSession guest) {
        guests.keep(guest);
    }

    @Override
    public void forget(String key) {
        guests.forget(key);
    }

    @Override
    public void end(String key) {
        guests.end(key);
    }

    @Override
    public CompletionStage<Boolean> saved() {
        return submit(() -> {
            guests.save(store);
            return true;
        });
    }

    /**
     * Asks for a message to be appended; returns at once.
     *
     * @return completes with the outcome once it is committed, or exceptionally with a {@link StoreException}
     */
    public CompletionStage<Outcome> append(Draft draft) {
        Pending pending = new Pending(draft, new CompletableFuture<>());
        if (closing) {
            fail(pending, new StoreException(StoreException.Kind.UNAVAILABLE, "the writer is closing"));
        } else if (!queue.offer(pending)) {
            fail(pending, new StoreException(StoreException.Kind.BUSY, "the append queue is full"));
        } else if (closing && !writer.isAlive() && queue.remove(pending)) {
            // Offered while close() ended the writer: nobody would ever take it.
            fail(pending, new StoreException(StoreException.Kind.UNAVAILABLE, "the writer is closed"));
        }
        return pending.result();
    }

    /** Work that writes to the store, between the batches: within some 50 ms when nothing is appended, else sooner. */
    @Override
    public <T> CompletionStage<T> submit(Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable pending = () -> carryOut(task, result);
        if (closing) {
            result.completeExceptionally(new StoreException(StoreException.Kind.UNAVAILABLE, "the writer is closing"));
        } else if (!tasks.offer(pending)) {
            result.completeExceptionally(new StoreException(StoreException.Kind.BUSY, "too much work waits"));
        } else if (closing && !writer.isAlive() && tasks.remove(pending)) {
            result.completeExceptionally(new StoreException(StoreException.Kind.UNAVAILABLE, "the writer is closed"));
        }
        return result;
    }

    /** Also refuses it, when the writer has ended and this is not its thread. */
    private <T> void carryOut(Task<T> task, CompletableFuture<T> result) {
        if (Thread.currentThread() != writer) {
            result.completeExceptionally(new StoreException(StoreException.Kind.UNAVAILABLE, "the writer is closed"));
            return;
        }
        T done;
        try {
            done = task.run();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.UNAVAILABLE) {
                outage.failed(e);
            }
            result.completeExceptionally(e);
            return;
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("work on the store broke");
            result.completeExceptionally(new StoreException(StoreException.Kind.UNAVAILABLE, "the store broke", e));
            return;
        }
        result.complete(done);
    }

    /**
     * Commits what waits, takes nothing more, and ends the writer; waits for that at most the given time.
     *
     * @return whether it has ended; else it is still in the store, which must not be closed then
     */
    public boolean close(Duration atMost) {
        closing = true;
        try {
            if (writer.getState() != Thread.State.NEW) {
                writer.join(Math.max(1, atMost.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Pending left = queue.poll(); left != null; left = queue.poll()) {
            fail(left, new StoreException(StoreException.Kind.UNAVAILABLE, "the writer is closed"));
        }
        for (Runnable left = tasks.poll(); left != null; left = tasks.poll()) {
            left.run();
        }
        return !writer.isAlive();
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    private void run() {
        Upkeep upkeep = new Upkeep(store, guests, outage, retention, clock, expired, retouched);
        List<Pending> batch = new ArrayList<>(MAX_BATCH);
        long interval = store.commitInterval().toNanos();
        long begun = System.nanoTime() - interval;
        while (true) {
            try {
                // The wait is short so that close() is seen; an append wakes it at once.
                Pending next = queue.poll(50, TimeUnit.MILLISECONDS);
                atWorkSince = System.nanoTime() | 1; // never 0
                if (next != null) {
                    batch.add(next);
                    awaitOthers(begun + interval);
                    begun = System.nanoTime();
                    queue.drainTo(batch, MAX_BATCH - 1);
                    commit(batch);
                }
                carryOutSome();
                upkeep.run();
                atWorkSince = 0;
                if (next == null && closing && tasks.isEmpty()) {
                    return;
                }
            } catch (InterruptedException e) {
                log.atWarn().log("the writer was interrupted and goes on");
            } finally {
                batch.clear();
            }
        }
    }

    private void carryOutSome() {
        for (int i = 0; i < TASKS_A_ROUND; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    /** Waits until then, unless it has been; not when it closes. */
    private void awaitOthers(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0 && !closing && !Thread.currentThread().isInterrupted();
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void commit(List<Pending> batch) {
        List<Outcome> outcomes;
        try {
            guests.save(store);
            outcomes = append(batch);
            outage.worked();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.REFUSED && batch.size() > 1) {
                batch.forEach(pending -> commit(List.of(pending)));
                return;
            }
            if (e.kind() == StoreException.Kind.REFUSED) {
                log.atError().addKeyValue("why", e.getMessage()).log("the store refused a message");
            } else {
                outage.failed(e);
            }
            batch.forEach(pending -> fail(pending, e));
            return;
        } catch (RuntimeException | Error e) {
            outage.failed(e);
            StoreException failure = new StoreException(StoreException.Kind.UNAVAILABLE, "the store broke", e);
            batch.forEach(pending -> fail(pending, failure));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            complete(batch.get(i), outcomes.get(i));
        }
    }

    private List<Outcome> append(List<Pending> batch) throws StoreException {
        List<Draft> drafts = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            drafts.add(pending.draft());
        }
        List<Outcome> outcomes = store.append(drafts);
        if (outcomes.size() != drafts.size()) {
            throw new IllegalStateException(outcomes.size() + " outcomes of " + drafts.size() + " drafts");
        }
        return outcomes;
    }

    private void complete(Pending pending, Outcome outcome) {
        try {
            committed.accept(outcome);
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("what was committed could not be passed on");
        }
        pending.result().complete(outcome);
    }

    private static void fail(Pending pending, StoreException cause) {
        pending.result().completeExceptionally(cause);
    }
}
