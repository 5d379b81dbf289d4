package chat.parley.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One measurement, from the first connection to the last close. Every wait in it is bounded. */
final class Run {
    private static final int WS_PORT = 80;
    // Files a Java process has open beside its connections.
    private static final int OTHER_FILES = 100;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_MILLIS = 5000;
    private static final long LOOK_MILLIS = 50;

    private final Options options;
    private final Consumer<String> progress;
    private final Timetable timetable = new Timetable();
    private final List<Loop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param progress is told where the run is, in lines */
    Run(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Measures, once. */
    Report measure() throws CannotMeasure, InterruptedException {
        checkLimits();
        Usage atStart = Usage.now(options.serverPid());
        start();
        awaitMembers();
        double joinSeconds = (System.nanoTime() - atStart.nanos()) / 1e9;
        progress.accept("%d joined in %.1f s; warming up for %d s, measuring for %d s"
                .formatted(options.sockets(), joinSeconds, options.warmup(), options.seconds()));

        timetable.startSending(
                System.nanoTime(),
                TimeUnit.SECONDS.toNanos(options.warmup()),
                TimeUnit.SECONDS.toNanos(options.seconds()));
        sleepUntil(timetable.from());
        Usage before = Usage.now(options.serverPid());
        sleepUntil(timetable.to());
        Usage after = Usage.now(options.serverPid());

        timetable.moveTo(Timetable.Stage.DRAINING);
        awaitSettled();
        timetable.moveTo(Timetable.Stage.CLOSING);
        return new Report(options, awaitTally(), joinSeconds, atStart, before, after);
    }

    private void checkLimits() throws CannotMeasure {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < options.sockets() + OTHER_FILES) {
            throw new CannotMeasure("%d connections need more open files than the %d allowed here (see ulimit -n)"
                    .formatted(options.sockets(), system.getMaxFileDescriptorCount()));
        }
        if (options.serverPid() > 0 && ProcessHandle.of(options.serverPid()).isEmpty()) {
            throw new CannotMeasure("--server-pid: there is no process " + options.serverPid());
        }
    }

    private void start() throws CannotMeasure {
        int port = options.url().getPort() < 0 ? WS_PORT : options.url().getPort();
        InetSocketAddress server = new InetSocketAddress(options.url().getHost(), port);
        if (server.isUnresolved()) {
            throw new CannotMeasure("unknown host: " + options.url().getHost());
        }
        int run = ThreadLocalRandom.current().nextInt();
        Rooms rooms = new Rooms(options.rooms());
        for (int i = 0; i < options.threads(); i++) {
            try {
                loops.add(new Loop(options, run, timetable, rooms, server, i));
            } catch (IOException e) {
                throw new CannotMeasure("no selector: " + e.getMessage());
            }
            Thread thread = new Thread(loops.get(i), "load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void awaitMembers() throws CannotMeasure, InterruptedException {
        int last = 0;
        long since = System.nanoTime();
        while (last < options.sockets()) {
            look();
            int joined = loops.stream().mapToInt(Loop::joined).sum();
            if (joined > last) {
                last = joined;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STUCK_NANOS) {
                throw new CannotMeasure(
                        "%d of %d had joined, and then nobody for 10 s".formatted(joined, options.sockets()));
            }
        }
    }

    private void sleepUntil(long time) throws CannotMeasure, InterruptedException {
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

    /** Until all say so twice: what one hears last may be news to another. */
    private void awaitSettled() throws CannotMeasure, InterruptedException {
        long since = System.nanoTime();
        int times = 0;
        while (times < 2 && System.nanoTime() - since < DRAIN_NANOS) {
            look();
            times = loops.stream().allMatch(Loop::isSettled) ? times + 1 : 0;
        }
    }

    private Tally awaitTally() throws CannotMeasure, InterruptedException {
        Tally all = new Tally();
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

    private void look() throws CannotMeasure, InterruptedException {
        for (Loop loop : loops) {
            if (loop.failure() != null) {
                throw new CannotMeasure(loop.failure());
            }
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
}
