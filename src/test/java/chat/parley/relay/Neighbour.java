package chat.parley.relay;

import chat.parley.protocol.RoomName;
import chat.parley.store.ScheduleLog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A server's relay with what a test hears by it of the other servers. Whoever makes it closes it. */
final class Neighbour implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final ScheduleLog scheduler = new ScheduleLog();
    private final Map<RoomName, Set<String>> elsewhere = new ConcurrentHashMap<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final RedisRelay relay;

    Neighbour(String url, String epoch) {
        this.relay = new RedisRelay(url, epoch, scheduler);
        neighbours().start(this::hear);
        neighbours().onResumed(resumed::incrementAndGet);
        relay.start(new Hearing());
    }

    private void hear(RoomName room, Collection<String> came, Collection<String> went) {
        changes.incrementAndGet();
        came.forEach(name -> told.add("+" + name));
        went.forEach(name -> told.add("-" + name));
        elsewhere.compute(room, (it, before) -> {
            Set<String> names = new HashSet<>(before == null ? Set.of() : before);
            names.addAll(came);
            names.removeAll(went);
            return names;
        });
    }

    Neighbours neighbours() {
        return relay.neighbours();
    }

    Ledger ledger() {
        return relay.ledger();
    }

    /** Who is elsewhere. */
    Set<String> elsewhere(RoomName room) {
        return elsewhere.getOrDefault(room, Set.of());
    }

    /** Each that came or went, in order: {@code +name} or {@code -name}. */
    List<String> told() {
        return told;
    }

    /** How often somebody came or went, however many at once. */
    int changes() {
        return changes.get();
    }

    int resumed() {
        return resumed.get();
    }

    /** What it does again and again, how often. */
    List<Duration> periods() {
        return scheduler.periods();
    }

    /** Begins to hear of a room, and waits until it knows who is there. */
    void watch(RoomName room) throws Exception {
        while (!get(relay.subscribe(room)) || !get(neighbours().watch(room))) {
            relay.unsubscribe(room);
            neighbours().unwatch(room);
            Thread.sleep(20);
        }
    }

    void awaitElsewhere(RoomName room, Set<String> names) {
        await(() -> elsewhere(room) + " and not " + names, () -> elsewhere(room).equals(names));
    }

    /** Has its scheduler stand still, as if the process slept. */
    void sleep(long millis) throws Exception {
        scheduler
                .submit(() -> {
                    Thread.sleep(millis);
                    return true;
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends without a word, as a process that is killed. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        relay.close();
    }

    static void await(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what.get());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
