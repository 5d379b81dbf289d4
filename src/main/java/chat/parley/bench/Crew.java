package chat.parley.bench;

import chat.parley.bench.Timetable.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The selector threads of one measurement, for the thread that leads them through it. Every wait is bounded, and ends
 * at once when one of them, or a server of our own, has failed.
 */
final class Crew {
    // In a storm thousands wait behind each other, and nobody is served for a while.
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    // A server that is told to end goes on for a while with its clients.
    private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long CLOSE_MILLIS = 5000;
    private static final long LOOK_MILLIS = 50;

    private final Task task;
    private final Progress progress;
    private final Timetable timetable = new Timetable();
    private final List<Loop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Crew(Task task, Progress progress) {
        this.task = task;
        this.progress = progress;
    }

    Timetable timetable() {
        return timetable;
    }

    /** Starts the threads, which begin to connect. */
    void start() throws CannotMeasure {
        int run = ThreadLocalRandom.current().nextInt();
        Rooms rooms = new Rooms(task.crowd().rooms());
        for (int i = 0; i < task.crowd().threads(); i++) {
            try {
                loops.add(new Loop(task, run, timetable, rooms, i));
            } catch (IOException e) {
                throw new CannotMeasure("no selector: " + e.getMessage());
            }
            Thread thread = new Thread(loops.get(i), "bench-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Waits until all are connected, and in their rooms unless they join later; returns how many they are. */
    int awaitAll(String what) throws CannotMeasure, InterruptedException {
        int total = task.crowd().sockets();
        int ready = awaitReady(Stage.CONNECTING, what);
        if (ready < total) {
            throw new CannotMeasure("%d of %d had joined, and then nobody for %d s"
                    .formatted(ready, total, TimeUnit.NANOSECONDS.toSeconds(STUCK_NANOS)));
        }
        return ready;
    }

    /**
     * Waits until all members are where this stage wants them, or some of them closed, or nobody gets there any more;
     * returns how many got there.
     *
     * @param what they do, for the person who waits
     */
    int awaitReady(Stage stage, String what) throws CannotMeasure, InterruptedException {
        int total = task.crowd().sockets();
        progress.begin(what, total);
        int ready = 0;
        int closed = 0;
        long since = System.nanoTime();
        while (ready + closed < total && System.nanoTime() - since < STUCK_NANOS) {
            look();
            int before = ready;
            ready = (int) sum(loop -> loop.ready(stage));
            closed = (int) sum(loop -> loop.gone(stage));
            if (ready > before) {
                since = System.nanoTime();
                progress.at(ready);
            }
        }
        progress.end();
        return ready;
    }

    /** Waits until the server has closed every connection. */
    void awaitCut() throws CannotMeasure, InterruptedException {
        long since = System.nanoTime();
        int before = task.crowd().sockets();
        while (before > 0) {
            look();
            int live = (int) sum(Loop::live);
            if (live < before) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > CUT_NANOS) {
                throw new CannotMeasure("%d connections outlived their server".formatted(live));
            }
            before = live;
        }
    }

    void sleepUntil(long time) throws CannotMeasure, InterruptedException {
        long left = time - System.nanoTime();
        while (left > 0) {
            if (left > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
                look();
            } else {
                TimeUnit.NANOSECONDS.sleep(left);
            }
            left = time - System.nanoTime();
        }
    }

    /** Warms up and measures, from that time on; the members are sending. Returns what was used before and after. */
    Span measure(long begin) throws CannotMeasure, InterruptedException {
        progress.begin("measuring", TimeUnit.NANOSECONDS.toSeconds(timetable.to() - begin));
        sleepShowing(begin, timetable.from());
        Usage before = task.usage();
        sleepShowing(begin, timetable.to());
        Span span = new Span(before, task.usage());
        progress.end();
        return span;
    }

    /** Stops the sending, waits for what is under way, closes all, and returns what was counted. */
    Tally finish() throws CannotMeasure, InterruptedException {
        timetable.moveTo(Stage.DRAINING);
        awaitSettled();
        timetable.moveTo(Stage.CLOSING);
        Tally all = new Tally(task.peers().size());
        for (int i = 0; i < loops.size(); i++) {
            threads.get(i).join(CLOSE_MILLIS);
            if (threads.get(i).isAlive()) {
                throw new CannotMeasure("a thread of the load generator does not end");
            }
            all.add(loops.get(i).tally());
        }
        look();
        return all;
    }

    private void sleepShowing(long begin, long end) throws CannotMeasure, InterruptedException {
        long second = TimeUnit.SECONDS.toNanos(1);
        long shown = (System.nanoTime() - begin) / second;
        while (System.nanoTime() < end) {
            shown++;
            sleepUntil(Math.min(begin + shown * second, end));
            progress.at(shown);
        }
    }

    /** Until all say so twice, as what one hears last may be news to another; or until nothing arrives any more. */
    private void awaitSettled() throws CannotMeasure, InterruptedException {
        long since = System.nanoTime();
        long before = -1;
        int times = 0;
        while (times < 2 && System.nanoTime() - since < DRAIN_NANOS) {
            look();
            times = loops.stream().allMatch(Loop::isSettled) ? times + 1 : 0;
            long deliveries = sum(Loop::deliveries);
            if (deliveries > before) {
                since = System.nanoTime();
                before = deliveries;
            }
        }
    }

    private void look() throws CannotMeasure, InterruptedException {
        OwnServer own = task.peer().own();
        for (Loop loop : loops) {
            String failure = loop.failure();
            if (failure != null) {
                if (own != null) {
                    own.checkLastWords();
                }
                throw new CannotMeasure(failure);
            }
        }
        if (own != null) {
            own.check();
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private long sum(ToLongFunction<Loop> of) {
        return loops.stream().mapToLong(of).sum();
    }
}
