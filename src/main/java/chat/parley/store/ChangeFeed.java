package chat.parley.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the {@link Journal}: has what other servers changed read anew, in the order in which it was committed, every
 * second and whenever somebody asks. Whoever is too far behind, or finds a change missing, reads everything anew.
 *
 * <p>Promises: what is read anew is read and put into memory on the writer's thread, so that it and what this server
 * changes itself have one order; one look is under way at a time, whatever number asks. Any thread may ask; nothing waits.
 * It ends with the scheduler it was given.
 */
public final class ChangeFeed {

    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A server that is further behind reads everything anew. */
    static final Duration KEPT = Duration.ofHours(1);

    private static final int CHANGES_A_LOOK = 500;

    /** Reads anew what changed, and puts it into memory. */
    @FunctionalInterface
    public interface Applier {
        /** The keys of what changed, each once, in the order of the changes. */
        void apply(Set<String> keys) throws StoreException;
    }

    /** Reads anew all that can change. */
    @FunctionalInterface
    public interface Restorer {
        /** Puts it into memory in the place of what is there. */
        void restore() throws StoreException;
    }

    private final Journal journal;
    private final boolean isShared;
    private final StoreTasks reader;
    private final StoreTasks writer;
    private final ScheduledExecutorService scheduler;
    private final Map<StoredChange.Kind, Applier> appliers = new EnumMap<>(StoredChange.Kind.class);
    private final List<Restorer> restorers = new ArrayList<>();
    private final SharedLook looks;

    /** The newest change that is in memory; of the look that is under way. */
    private volatile long applied;

    /**
     * A feed of a store; {@link #begin} and {@link #start} make it one.
     *
     * @param scheduler runs what has to happen later; nothing it is given blocks
     */
    public ChangeFeed(MessageStore store, StoreTasks reader, StoreTasks writer, ScheduledExecutorService scheduler) {
        this.journal = store.journal();
        this.isShared = store.isShared();
        this.reader = reader;
        this.writer = writer;
        this.scheduler = scheduler;
        this.looks = new SharedLook(this::look, scheduler);
    }

    /** Whether there is anything to follow: other servers over the store. */
    public boolean isShared() {
        return isShared;
    }

    /** Marks the place: what is read from the store after this needs no change from before. Waits for the store. */
    public void begin() throws StoreException {
        applied = journal.after(Long.MAX_VALUE, 1).last();
    }

    /** Says who is to hear of a kind of change; before the start, one a kind. */
    public void on(StoredChange.Kind kind, Applier applier) {
        appliers.put(kind, applier);
    }

    /** Says who reads everything anew, in this order; before the start. */
    public void onLoss(Restorer restorer) {
        restorers.add(restorer);
    }

    /**
     * From now on looks every second.
     *
     * @param changed is told, by the writer's thread, when this server committed something that others have to hear of
     */
    public void start(Runnable changed) {
        if (isShared) {
            journal.onOwn(changed);
            Future<?> unused = scheduler.scheduleWithFixedDelay(
                    this::hurry, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks soon: somebody says that there is something. */
    public void hurry() {
        CompletionStage<Boolean> unused = catchUp().exceptionally(failure -> {
            log.atDebug().setCause(failure).log("the changes of other servers could not be read");
            return false;
        });
    }

    /**
     * Completes when everything is in memory that was committed before this was called; fails with a {@link StoreException}
     * when the store does not say.
     */
    public CompletionStage<Boolean> catchUp() {
        return isShared ? looks.ask() : CompletableFuture.completedStage(true);
    }

    /** Deletes what nobody needs any more. Called now and then. */
    public void sweep() {
        if (isShared) {
            CompletionStage<Boolean> unused = writer.submit(() -> {
                        journal.forget(KEPT.toMillis());
                        return true;
                    })
                    .exceptionally(failure -> {
                        log.atDebug().setCause(failure).log("old changes could not be deleted");
                        return false;
                    });
        }
    }

    private CompletionStage<Boolean> look() {
        return reader.submit(() -> journal.after(applied, CHANGES_A_LOOK)).thenCompose(this::taken);
    }

    private CompletionStage<Boolean> taken(Journal.Changes changes) {
        if (changes.last() == applied) {
            return CompletableFuture.completedStage(true);
        }
        List<StoredChange> next = changes.next();
        if (changes.last() < applied || next.isEmpty() || next.get(0).id() != applied + 1) {
            return writer.submit(this::restore);
        }
        CompletionStage<Boolean> done = writer.submit(() -> apply(next));
        return next.size() < CHANGES_A_LOOK ? done : done.thenCompose(some -> look());
    }

    /** The writer's thread. */
    private boolean apply(List<StoredChange> changes) throws StoreException {
        Map<StoredChange.Kind, Set<String>> byKind = new EnumMap<>(StoredChange.Kind.class);
        changes.forEach(change -> byKind.computeIfAbsent(change.kind(), kind -> new LinkedHashSet<>())
                .add(change.key()));
        for (Map.Entry<StoredChange.Kind, Set<String>> each : byKind.entrySet()) {
            Applier applier = appliers.get(each.getKey());
            if (applier != null) {
                try {
                    applier.apply(each.getValue());
                } catch (RuntimeException e) {
                    // It would break again, and keep everything else from coming.
                    log.atError()
                            .setCause(e)
                            .addKeyValue("kind", each.getKey())
                            .log("a change could not be taken over");
                }
            }
        }
        applied = changes.get(changes.size() - 1).id();
        return true;
    }

    /** The writer's thread. */
    private boolean restore() throws StoreException {
        long last = journal.after(Long.MAX_VALUE, 1).last();
        log.info("too far behind the other servers: accounts, sessions, guests and bans are read anew");
        for (Restorer restorer : restorers) {
            restorer.restore();
        }
        applied = last;
        return true;
    }
}
