package chat.parley.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What can be done to a process from outside. */
public final class Signals {

    private static final long PATIENCE_SECONDS = 30;

    private Signals() {}

    /** Sends it to these processes; to those that are not there any more, nothing. */
    public static void send(String signal, LongStream pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> command.add(String.valueOf(pid)));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /**
     * Has them stand still; nothing of them runs after that. One thread of a process has to get a processor to learn of the
     * signal, and until then the others go on.
     */
    public static void stop(LongStream pids) throws IOException, InterruptedException {
        long[] all = pids.toArray();
        send("STOP", LongStream.of(all));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (long pid : all) {
            while (runs(Path.of("/proc", String.valueOf(pid), "task"))) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("process " + pid + " does not stand still");
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    /** Lets them go on. */
    public static void goOn(LongStream pids) throws IOException, InterruptedException {
        send("CONT", pids);
    }

    private static boolean runs(Path tasks) throws IOException {
        List<Path> threads;
        try (Stream<Path> each = Files.list(tasks)) {
            threads = each.toList();
        } catch (NoSuchFileException e) {
            return false; // it has ended
        }
        for (Path thread : threads) {
            try {
                String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                if ("TZ".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0) {
                    return true;
                }
            } catch (NoSuchFileException e) {
                return true; // a thread that has just ended: look again
            }
        }
        return false;
    }

    /** The process and those that it started. */
    public static LongStream family(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .mapToLong(ProcessHandle::pid);
    }

    public static void awaitEnd(long pid) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("process " + pid + " still runs");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
