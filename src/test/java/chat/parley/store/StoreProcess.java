package chat.parley.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of its own that opens a store, says something, and waits until it is killed. */
final class StoreProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;

    private StoreProcess(Process process) {
        this.process = process;
    }

    /** Starts one, and returns when as many messages as are asked for are stored. */
    static StoreProcess start(Path path, int messages) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        path.toString(),
                        String.valueOf(messages))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StoreProcess started = new StoreProcess(process);
        String line = CompletableFuture.supplyAsync(() -> firstLine(process)).get(60, TimeUnit.SECONDS);
        if (!line.equals(READY)) {
            started.kill();
            throw new AssertionError("not ready but: " + line);
        }
        return started;
    }

    long pid() {
        return process.pid();
    }

    /** Ends it with no chance to tidy up. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static String firstLine(Process process) {
        try {
            return String.valueOf(process.inputReader().readLine());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The other process: a file, and how many messages to say. It ends by itself when whoever started it is gone. */
    public static void main(String[] args) throws Exception {
        MessageStore store = Stores.sqlite(Path.of(args[0]), Clock.systemUTC());
        for (int i = 1; i <= Integer.parseInt(args[1]); i++) {
            Draft draft = StoreReadingContract.drafts(StoreReadingContract.LOBBY, i, 1)
                    .get(0);
            List<Outcome> unused = store.append(List.of(draft));
        }
        System.out.println(READY);
        while (System.in.read() >= 0) {
            continue;
        }
        Runtime.getRuntime().halt(1);
    }
}
