package chat.parley.load;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.protocol.RoomName;
import chat.parley.store.Author;
import chat.parley.store.Draft;
import chat.parley.store.GroupCommit;
import chat.parley.store.MessageStore;
import chat.parley.store.Postgres;
import chat.parley.store.Range;
import chat.parley.store.Stores;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the store without sockets: {@code AppendLoad <url> <seconds> <rate>}; as URL {@code postgres} is a PostgreSQL that it
 * starts. With rate 0 it appends as fast as the
 * store takes (1000 senders, 10 rooms, 64 bytes, 8000 outstanding), else so many a second; meanwhile pages at the far end of a
 * room are read. Prints appends a second, the time of an append and of a page.
 */
final class AppendLoad {

    private static final int ROOMS = 10;
    private static final int SENDERS = 1_000;
    private static final int OUTSTANDING = 8_000;
    private static final int SAMPLES = 5_000_000;

    private AppendLoad() {}

    public static void main(String[] arguments) throws Exception {
        Settings.Store settings = SettingsLoader.of(Map.of(
                        "parley.store.url", arguments[0].equals("postgres") ? Postgres.NEW.schema() : arguments[0]))
                .store();
        int seconds = Integer.parseInt(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        long opening = System.nanoTime();
        try (MessageStore store = Stores.open(settings, Clock.systemUTC());
                GroupCommit commits = new GroupCommit(store, settings.queue())) {
            System.out.printf("opened in %.0f ms%n", (System.nanoTime() - opening) / 1e6);
            commits.start(outcome -> {});
            append(commits, Math.max(1, seconds / 3), rate, new long[SAMPLES]);
            Thread reader = new Thread(() -> readPages(store), "pages");
            reader.setDaemon(true);
            if (rate > 0) {
                reader.start();
            }
            long[] micros = new long[SAMPLES];
            long cpu = writerCpu();
            long begin = System.nanoTime();
            int count = append(commits, seconds, rate, micros);
            double took = (System.nanoTime() - begin) / 1e9;
            reader.interrupt();
            Arrays.sort(micros, 0, Math.min(count, SAMPLES));
            System.out.printf(
                    "%,.0f appends/s, p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                    count / took, at(micros, count, 0.5), at(micros, count, 0.99), at(micros, count, 1));
            System.out.printf("the writer needs %.1f us an append%n", (writerCpu() - cpu) / 1e3 / count);
            System.out.printf(
                    "room-0 has %,d messages%n", store.state(room(0), 0).head());
        }
    }

    private static int append(GroupCommit commits, int seconds, int rate, long[] micros) throws Exception {
        Semaphore free = new Semaphore(OUTSTANDING);
        AtomicInteger done = new AtomicInteger();
        AtomicLong failed = new AtomicLong();
        String content = "x".repeat(64);
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        int sent = 0;
        while (System.nanoTime() < end) {
            long intended = rate == 0 ? 0 : begin + (long) (sent * (1e9 / rate));
            if (intended > System.nanoTime()) {
                Thread.sleep(0, 200_000);
                continue;
            }
            free.acquire();
            long from = rate == 0 ? System.nanoTime() : intended;
            int sender = sent % SENDERS;
            commits.append(new Draft(
                            room(sent % ROOMS),
                            new Author("key-" + sender, "sender-" + sender, true),
                            UUID.randomUUID().toString(),
                            content))
                    .whenComplete((outcome, failure) -> {
                        if (failure != null) {
                            failed.incrementAndGet();
                        }
                        int number = done.getAndIncrement();
                        if (number < SAMPLES) {
                            micros[number] = (System.nanoTime() - from) / 1_000;
                        }
                        free.release();
                    });
            sent++;
        }
        free.acquire(OUTSTANDING);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " appends failed");
        }
        return done.get();
    }

    private static long writerCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("parley-writer")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        throw new IllegalStateException("there is no writer");
    }

    private static void readPages(MessageStore store) {
        long[] micros = new long[100_000];
        int count = 0;
        try {
            while (!Thread.interrupted() && count < micros.length) {
                long begin = System.nanoTime();
                long before = 60 + ThreadLocalRandom.current().nextInt(100);
                if (store.read(room(0), Range.preceding(before, 50)).messages().size() != 50) {
                    throw new IllegalStateException("a page is not full");
                }
                micros[count++] = (System.nanoTime() - begin) / 1_000;
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            // The end.
        } catch (Exception e) {
            e.printStackTrace();
        }
        Arrays.sort(micros, 0, count);
        System.out.printf(
                "pages of 50: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                at(micros, count, 0.5), at(micros, count, 0.99), at(micros, count, 1));
    }

    private static double at(long[] sorted, int count, double share) {
        return sorted[(int) Math.max(0, Math.ceil(Math.min(count, sorted.length) * share) - 1)] / 1e3;
    }

    private static RoomName room(int number) {
        return new RoomName("room-" + number);
    }
}
