package chat.parley.relay;

import chat.parley.crash.ServerProcess;
import chat.parley.crash.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis of a test's own, in a process that can be killed, and started again on the same port with nothing in it.
 * {@code PARLEY_TEST_REDIS_SERVER} names the program of another version, or of a Valkey. Whoever starts it closes it.
 */
public final class OwnRedis implements AutoCloseable {

    private static final @Nullable String PROGRAM = System.getenv("PARLEY_TEST_REDIS_SERVER");
    private static final long PATIENCE_SECONDS = 30;

    private final int port;
    private final List<String> command;
    private @Nullable Process process;
    private @Nullable Path folder;

    private OwnRedis(int port, List<String> command) {
        this.port = port;
        this.command = command;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill)); // if nobody closes it
    }

    /** Starts one; what is set as on its command line. */
    public static OwnRedis start(String... settings) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(program(), "--bind", "127.0.0.1", "--port", "" + port));
        command.addAll(List.of("--save", "", "--appendonly", "no"));
        for (String setting : settings) {
            command.addAll(List.of(setting.split(" ")));
        }
        return up(new OwnRedis(port, command));
    }

    /** Starts a Sentinel that watches a Redis under the name {@code main}. */
    public static OwnRedis sentinelOf(OwnRedis main, Path folder) throws IOException {
        int port = freePort();
        Path file = folder.resolve("sentinel-" + port + ".conf");
        Files.writeString(file, """
                bind 127.0.0.1
                port %d
                sentinel monitor main 127.0.0.1 %d 1
                sentinel down-after-milliseconds main 1000
                sentinel failover-timeout main 5000
                """.formatted(port, main.port()));
        return up(new OwnRedis(port, List.of(program(), file.toString(), "--sentinel")));
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills it: it does not say goodbye, and nothing it had is left. */
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            try {
                running.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        Path used = folder;
        folder = null;
        if (used != null) {
            remove(used);
        }
    }

    /** What a Redis writes for its replicas; a process that it forked may be writing still. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Then it stays: the next one has another.
        }
    }

    /** Has it stand still, with its connections open. */
    public void pause() throws Exception {
        Signals.stop(pid());
    }

    /** Lets it go on. */
    public void goOn() throws Exception {
        Signals.goOn(pid());
    }

    /** None, when it was killed. */
    private LongStream pid() {
        Process running = process;
        return running == null ? LongStream.empty() : LongStream.of(running.pid());
    }

    /** Starts it again. */
    public void startAgain() throws IOException {
        up(this);
    }

    @Override
    public void close() {
        kill();
    }

    private static OwnRedis up(OwnRedis server) throws IOException {
        Path folder = Files.createTempDirectory("redis");
        server.folder = folder;
        Process process = new ProcessBuilder(server.command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        server.process = process;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
                return server;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    server.kill();
                    throw new IOException("the Redis does not start: " + server.command, e);
                }
            }
        }
    }

    private static String program() {
        if (PROGRAM != null) {
            return PROGRAM;
        }
        return Unpacked.FILE.getAbsolutePath();
    }

    private static final class Unpacked {

        private static final File FILE = unpack();

        private static File unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider().get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static int freePort() {
        return ServerProcess.port();
    }
}
