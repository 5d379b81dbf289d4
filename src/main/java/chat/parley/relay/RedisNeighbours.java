package chat.parley.relay;

import chat.parley.protocol.RoomName;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Neighbours} by a Redis. Each server holds a lease there and writes down who is in its rooms; every change has
 * the next version of its room and is published with it, in one step. Whoever holds a lease takes the people of those
 * whose lease has ended out of their rooms, which is told like every other change.
 *
 * <p>It is one file because all of it happens on the scheduler's thread, which alone touches its fields: heartbeats,
 * reading, telling and hearing take turns there.
 */
final class RedisNeighbours implements Neighbours, RedisLine.Watcher {

    private static final Logger log = LoggerFactory.getLogger(RedisNeighbours.class);

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(5);

    /** A heart that was still for so long beyond its beat has slept. */
    private static final Duration SLEPT = Duration.ofSeconds(2);

    /**
     * After the Redis came back, or this server to it, who is not written down there is not taken for gone for so long: the
     * others come back too, and each may need this long to write itself down again.
     */
    private static final Duration SETTLING = Duration.ofSeconds(6);

    /** How long the others are remembered without a Redis: longer than a Sentinel takes by default to find a new one. */
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    /** How often everything is read and written again, which renews the life of its keys. */
    private static final Duration REFRESH = Duration.ofHours(1);

    /** Who comes and goes within so long is told of together. */
    private static final Duration GATHER = Duration.ofMillis(10);

    private static final Duration ANSWER = Duration.ofMillis(500);
    private static final int NAMES_A_CHANGE = 500;
    private static final int AT_ONCE = 64;
    private static final int ROOMS_A_BURIAL = 50;

    private final RedisLine line;
    private final RedisKeys keys;
    private final ScheduledExecutorService scheduler;
    private final Runnable tellLedger;
    private final OwnPeople own = new OwnPeople();
    private final List<Runnable> resumed = new ArrayList<>();
    private final Map<RoomName, Watched> watched = new HashMap<>();

    /** The rooms that are to be read. */
    private final Set<RoomName> toRead = new LinkedHashSet<>();

    /** The rooms of which something was refused. */
    private final Pauses<RoomName> refusedRooms = new Pauses<>();

    /** The dead whom the Redis refused to bury. */
    private final Pauses<String> refusedDead = new Pauses<>();

    private volatile Listener listener = (room, came, went) -> {};
    private volatile boolean departed;
    private @Nullable RedisLink link; // null while there is none that everything is subscribed to on
    private boolean isHeld; // whether the lease is held, and everything written down under it or about to be
    private boolean wasHeld;
    private boolean hasForgotten; // the others, since it is away
    private boolean toldRefused;
    private int reading;
    private int telling;
    private long beatAt = System.nanoTime();
    private long settledAt = System.nanoTime();
    private long awaySince = System.nanoTime();
    private long refreshedAt = System.nanoTime();

    private static final class Watched {
        private final NeighbourView view;
        private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        private int times;

        Watched(String me) {
            this.view = new NeighbourView(me);
        }

        void answer(boolean known) {
            waiting.forEach(each -> each.complete(known));
            waiting.clear();
        }
    }

    /**
     * By the Redis that a line leads to; started by the line.
     *
     * @param tellLedger has everything else written down again that this server says
     */
    RedisNeighbours(RedisLine line, RedisKeys keys, ScheduledExecutorService scheduler, Runnable tellLedger) {
        this.line = line;
        this.keys = keys;
        this.scheduler = scheduler;
        this.tellLedger = tellLedger;
    }

    @Override
    public void start(Listener hearing) {
        listener = hearing;
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onResumed(Runnable task) {
        resumed.add(task);
    }

    @Override
    public void enter(RoomName room, String name) {
        changed(room, name, true);
    }

    @Override
    public void leave(RoomName room, String name) {
        changed(room, name, false);
    }

    private void changed(RoomName room, String name, boolean isHere) {
        if (own.change(room, name, isHere)) {
            tellSoon();
        }
    }

    @Override
    public CompletionStage<Boolean> watch(RoomName room) {
        CompletableFuture<Boolean> known = new CompletableFuture<>();
        if (!line.later(() -> watch(room, known))) {
            known.complete(false);
        }
        line.atLatest(ANSWER, known);
        return known;
    }

    @Override
    public void unwatch(RoomName room) {
        line.later(() -> {
            Watched known = watched.get(room);
            if (known != null && --known.times == 0) {
                watched.remove(room);
                known.answer(false);
            }
        });
    }

    @Override
    public CompletionStage<Map<RoomName, Integer>> crowds(int most) {
        RedisLink current = line.link();
        CompletableFuture<Map<RoomName, Integer>> answer = new CompletableFuture<>();
        if (current == null) {
            answer.complete(Map.of());
        } else {
            current.run(Script.CROWDS, List.of(keys.crowd()), most)
                    .whenComplete((crowds, failure) -> answer.complete(
                            failure == null && crowds instanceof List<?> list ? crowds(list) : Map.of()));
        }
        return answer.completeOnTimeout(Map.of(), ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void depart(Duration linger) {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        if (!line.later(() -> depart(linger, told))) {
            return;
        }
        try {
            told.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().setCause(e).log("nobody could be told that this server ends");
        }
    }

    /** Hears of a change; on any thread. */
    void heard(RoomName room, Notice notice) {
        line.later(() -> {
            Watched known = watched.get(room);
            if (known != null) {
                pass(room, known.view.hear(notice));
            }
        });
    }

    // ---- the scheduler's thread: the link and the lease

    @Override
    public void back(RedisLink made) {
        link = made;
        settledAt = System.nanoTime() + SETTLING.toNanos();
        beatNow(made);
    }

    @Override
    public void away() {
        if (link != null) {
            link = null;
            awaySince = System.nanoTime();
            hasForgotten = false;
        }
        lose();
        stopReading();
    }

    private void stopReading() {
        reading = 0;
        telling = 0;
        toRead.clear();
        refusedRooms.clear();
        refusedDead.clear();
        watched.values().forEach(each -> {
            each.view.stopReading();
            each.answer(false);
        });
    }

    private void beat() {
        long now = System.nanoTime();
        boolean slept = now - beatAt > BEAT.plus(SLEPT).toNanos();
        beatAt = now;
        if (slept) {
            log.atDebug().log("this server slept, and tells and reads again who is where");
            settledAt = now + SETTLING.toNanos();
            lose();
            tellResumed();
        }
        RedisLink current = link;
        if (current != null) {
            beatNow(current);
        } else if (!hasForgotten && now - awaySince > REMEMBERED.toNanos()) {
            hasForgotten = true;
            watched.forEach((room, each) -> pass(room, each.view.forget()));
        }
    }

    private void lose() {
        isHeld = false;
        own.forgetUntold();
    }

    private void tellResumed() {
        resumed.forEach(Runnable::run);
    }

    private void beatNow(RedisLink current) {
        if (departed) {
            return;
        }
        answer(
                current,
                current.run(
                        Script.BEAT,
                        List.of(keys.leases(), keys.crowd(), keys.rooms(keys.server()), keys.links()),
                        keys.server(),
                        LEASE.toMillis(),
                        RedisKeys.LIFE.toSeconds(),
                        isHeld ? 0 : 1,
                        current.number()),
                answer -> beaten(current, (List<?>) answer),
                () -> {});
    }

    private void beaten(RedisLink current, List<?> answer) {
        long now = System.nanoTime();
        boolean lost = !isHeld || !answer.get(0).equals(1L);
        if (lost && answer.size() < 3) {
            beatNow(current); // it was held when that was asked
            return;
        }
        if (lost && wasHeld) {
            tellResumed();
        }
        isHeld = true;
        wasHeld = true;
        refusedRooms.due(now).forEach(this::read);
        List<String> unused = refusedDead.due(now); // the next answer names them anyway
        toldRefused &= !refusedRooms.isEmpty() || !refusedDead.isEmpty();
        if (lost || now - refreshedAt > REFRESH.toNanos()) {
            refreshedAt = now;
            Set<RoomName> all = new LinkedHashSet<>(own.rooms());
            all.addAll(watched.keySet());
            if (lost) {
                // Also those that nobody is in here any more, though that could not be told.
                ((List<?>) answer.get(2)).forEach(room -> all.add(new RoomName(text(room))));
            }
            all.forEach(this::read);
            tellLedger.run();
        }
        if (now - settledAt >= 0) {
            watched.forEach((room, each) -> {
                if (each.view.isDoubtful() && !each.view.isReading()) {
                    read(room);
                }
            });
            ((List<?>) answer.get(1)).forEach(dead -> {
                if (!refusedDead.isPausing(text(dead))) {
                    bury(current, text(dead));
                }
            });
        }
    }

    private void bury(RedisLink current, String dead) {
        answer(
                current,
                current.run(
                        Script.BURY,
                        List.of(keys.leases(), keys.rooms(dead), keys.crowd(), keys.links()),
                        dead,
                        keys.prefix(),
                        keys.prefix(),
                        ROOMS_A_BURIAL),
                left -> {
                    if (!left.equals(0L)) {
                        bury(current, dead);
                    }
                },
                () -> refusedDead.failed(dead, System.nanoTime()));
    }

    private void depart(Duration linger, CompletableFuture<Boolean> told) {
        tell();
        departed = true;
        RedisLink current = link;
        if (current == null) {
            told.complete(false);
            return;
        }
        current.run(Script.DEPART, List.of(keys.leases()), keys.server(), linger.toMillis())
                .whenComplete((answer, failure) -> told.complete(failure == null));
    }

    /** Goes on with an answer, or without one, on the scheduler's thread, if it is still of use. */
    private void answer(RedisLink asked, CompletionStage<Object> answer, Answered then, Runnable otherwise) {
        answer.whenComplete((value, failure) -> line.later(() -> {
            if (asked != link) {
                return;
            }
            if (failure == null) {
                then.go(value);
            } else {
                refused(asked, failure.getCause() == null ? failure : failure.getCause());
                otherwise.run();
            }
        }));
    }

    private interface Answered {
        void go(Object answer);
    }

    /**
     * Something was not done. It is tried again after a while, alone: the lease holds, and what is known of everything else
     * is right.
     */
    private void refused(RedisLink asked, Throwable failure) {
        if (failure instanceof RedisNoScriptException) {
            asked.load();
        } else if (!toldRefused && failure instanceof RedisCommandExecutionException) {
            toldRefused = true;
            log.atWarn()
                    .addKeyValue("why", failure.getMessage())
                    .log("the Redis refuses to keep who is where: people on other servers may not be shown");
        }
    }

    // ---- the scheduler's thread: telling who is here

    private void tellSoon() {
        try {
            Future<?> unused = scheduler.schedule(this::tell, GATHER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("who comes and goes is not told of any more");
        }
    }

    private void tell() {
        RedisLink current = link;
        if (current == null || !isHeld || departed) {
            own.forgetUntold(); // all is compared once the lease is held
            return;
        }
        while (telling < AT_ONCE) {
            OwnPeople.Telling next = own.next(NAMES_A_CHANGE);
            if (next == null) {
                return;
            }
            telling++;
            answer(
                    current,
                    run(current, next),
                    done -> {
                        telling--;
                        if (done.equals(0L)) {
                            lose();
                            beatNow(current);
                        } else {
                            tell();
                        }
                    },
                    () -> {
                        telling--;
                        refusedRooms.failed(next.room(), System.nanoTime());
                        tell();
                    });
        }
    }

    private CompletionStage<Object> run(RedisLink current, OwnPeople.Telling next) {
        RoomName room = next.room();
        List<Object> values = new ArrayList<>(List.of(
                keys.server(),
                room.value(),
                keys.prefix() + room.value(),
                keys.prefix(),
                RedisKeys.LIFE.toSeconds(),
                current.number()));
        values.addAll(next.changes());
        return current.run(
                Script.CHANGE,
                List.of(
                        keys.leases(),
                        keys.here(room),
                        keys.in(room),
                        keys.rooms(keys.server()),
                        keys.crowd(),
                        keys.links()),
                values.toArray());
    }

    // ---- the scheduler's thread: who is elsewhere

    private void watch(RoomName room, CompletableFuture<Boolean> known) {
        Watched seen = watched.computeIfAbsent(room, it -> new Watched(keys.server()));
        seen.times++;
        pass(room, new NeighbourView.Change(seen.view.names(), Set.of(), false));
        if (link == null) {
            known.complete(false);
            return;
        }
        seen.waiting.add(known);
        if (isHeld) {
            read(room);
        }
    }

    private void read(RoomName room) {
        Watched known = watched.get(room);
        if (known != null) {
            known.view.startReading();
        }
        toRead.add(room);
        readSome();
    }

    private void readSome() {
        RedisLink current = link;
        while (current != null && reading < AT_ONCE && !toRead.isEmpty()) {
            RoomName room = toRead.iterator().next();
            toRead.remove(room);
            Watched asking = watched.get(room);
            long number = asking == null ? 0 : asking.view.readings();
            reading++;
            answer(
                    current,
                    current.run(
                            Script.READ,
                            List.of(keys.here(room), keys.in(room), keys.rooms(keys.server())),
                            room.value(),
                            keys.prefix(),
                            RedisKeys.LIFE.toSeconds()),
                    answer -> {
                        reading--;
                        found(room, asking, number, (List<?>) answer);
                        readSome();
                    },
                    () -> {
                        reading--;
                        refusedRooms.failed(room, System.nanoTime());
                        if (asking != null) {
                            asking.answer(false); // what is heard waits until it can be read
                        }
                        readSome();
                    });
        }
    }

    private void found(RoomName room, @Nullable Watched asking, long number, List<?> answer) {
        Map<String, Collection<String>> people = new HashMap<>();
        for (int i = 1; i < answer.size(); i += 2) {
            List<String> names = new ArrayList<>();
            ((List<?>) answer.get(i + 1)).forEach(name -> names.add(text(name)));
            people.put(text(answer.get(i)), names);
        }
        if (own.compare(room, people.getOrDefault(keys.server(), List.of()))) {
            tell();
        }
        // Else it was watched since, or another reading was started: then another answer comes.
        if (asking != null && watched.get(room) == asking && asking.view.readings() == number) {
            boolean believing = System.nanoTime() - settledAt >= 0;
            pass(room, asking.view.read(number, Long.parseLong(text(answer.get(0))), people, believing));
            asking.answer(true);
        }
    }

    private void pass(RoomName room, NeighbourView.Change change) {
        if (!change.isNothing()) {
            listener.elsewhere(room, change.came(), change.went());
        }
        if (change.readAgain() && isHeld) {
            read(room);
        }
    }

    private static Map<RoomName, Integer> crowds(List<?> answer) {
        Map<RoomName, Integer> crowds = new LinkedHashMap<>();
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            crowds.put(new RoomName(text(answer.get(i))), (int) Double.parseDouble(text(answer.get(i + 1))));
        }
        return crowds;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
