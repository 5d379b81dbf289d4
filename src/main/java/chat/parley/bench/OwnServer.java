package chat.parley.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Parley that was started for one measurement: a process on the loopback, with a durable store in a folder of its
 * own and none of the limits on what comes from one place. Whoever started it closes it; it also ends with this process, however
 * that ends. Its folder goes with it, unless this process was killed. For one thread.
 */
final class OwnServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 60;
    private static final long LAST_WORDS_MILLIS = 500;

    private final String mainClass;
    private final Target target;
    private final ScratchFolder folder;
    private final Thread hook = new Thread(this::end, "bench-server-end");
    private final int port;
    private volatile Process process; // the hook of the shutdown reads it
    private double startSeconds;
    private double serveSeconds;
    private volatile boolean isOver; // it is meant to be dead

    private OwnServer(String mainClass, Target target, ScratchFolder folder) throws CannotMeasure {
        this.mainClass = mainClass;
        this.target = target;
        this.folder = folder;
        this.port = Readiness.freePort(InetAddress.getLoopbackAddress());
        this.process = launch();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param mainClass the server's, on the class path of this process; it has to end when its standard input does
     */
    static OwnServer start(String mainClass, Target target) throws CannotMeasure, InterruptedException {
        ScratchFolder folder = ScratchFolder.make();
        long begin = System.nanoTime();
        OwnServer server;
        try {
            server = new OwnServer(mainClass, target, folder);
        } catch (CannotMeasure e) {
            folder.delete();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(server.hook);
        boolean started = false;
        try {
            Readiness ready = server.awaitAnswer();
            server.startSeconds = (ready.accepted() - begin) / 1e9;
            server.serveSeconds = (ready.served() - begin) / 1e9;
            started = true;
        } finally {
            if (!started) {
                server.close();
            }
        }
        return server;
    }

    URI url() {
        return URI.create("ws://" + HOST + ":" + port + "/chat");
    }

    long pid() {
        return process.pid();
    }

    /** From the start of its process until it accepted a connection. */
    double startSeconds() {
        return startSeconds;
    }

    /** From the start of its process until it had answered on that connection. */
    double serveSeconds() {
        return serveSeconds;
    }

    /** How it was started, without the class path. */
    String command() {
        return String.join(" ", arguments()).replace(classPath(), "...");
    }

    /** @throws CannotMeasure when it has died */
    void check() throws CannotMeasure {
        if (!isOver && !process.isAlive()) {
            throw new CannotMeasure("the server died with exit code " + process.exitValue() + whereItsLogIs());
        }
    }

    /** As {@link #check()}, when something went wrong that may be the first sign of it. */
    void checkLastWords() throws CannotMeasure, InterruptedException {
        if (!isOver) {
            process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        }
        check();
    }

    /** Tells it to end, by SIGKILL or SIGTERM; {@link #restart()} follows. */
    void end(boolean killed) {
        isOver = true;
        if (killed) {
            process.destroyForcibly();
        } else {
            // Process.destroy() would close its standard input too, and end it at once.
            process.toHandle().destroy();
        }
    }

    /** Waits for the end, starts it again at the same place on the same data, and waits until it answers. */
    void restart() throws CannotMeasure, InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new CannotMeasure("the server did not end within " + STOP_SECONDS + " s");
        }
        isOver = false; // before the launch: what the hook of the shutdown says meanwhile stays said
        process = launch();
        awaitAnswer();
    }

    /** Keeps its log for the person who started it, and says where; null when there is nothing in it. */
    @Nullable Path keepLog() {
        return folder.keepLog();
    }

    private String whereItsLogIs() {
        Path log = keepLog();
        return log == null ? "" : "; its log: " + log;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // This process ends, and the hook does the same.
        }
        end();
    }

    private void end() {
        isOver = true;
        process.destroyForcibly();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        folder.delete();
    }

    private Process launch() throws CannotMeasure {
        ProcessBuilder builder = new ProcessBuilder(arguments())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.output().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        // What is measured is said on the command line, and not left about in the environment.
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CannotMeasure("no server could be started: " + e.getMessage());
        }
    }

    private List<String> arguments() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("parley.store.url", "jdbc:sqlite:" + folder.path().resolve("parley.db"));
        settings.put("parley.limits.messages-per-second", "0");
        settings.put("parley.limits.connections", "0");
        settings.put("parley.limits.connections-per-address", "0");
        settings.put("parley.limits.handshakes", "0");
        settings.put("parley.limits.handshakes-per-address", "0");
        settings.put("parley.limits.guest-names-per-address", "0");
        settings.put("parley.limits.joins-per-minute", "0");
        settings.put("parley.limits.new-rooms-per-hour", "0");
        settings.put("parley.log.level", "warn");
        settings.put("parley.log.format", "text");
        settings.putAll(target.settings());

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(target.jvmFlags());
        command.addAll(List.of("-cp", classPath(), mainClass, "--host", HOST, "--port", Integer.toString(port)));
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return command;
    }

    /** That of this process; or, when a tool such as Maven runs this in its own, that of the tool's class loader. */
    private static String classPath() {
        if (OwnServer.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs())
                    .filter(url -> url.getProtocol().equals("file"))
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path", ".");
    }

    private Readiness awaitAnswer() throws CannotMeasure, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Readiness ready = Readiness.await(address, process, TimeUnit.SECONDS.toNanos(START_SECONDS));
        if (ready == null && isOver) {
            throw new InterruptedException("this process ends, and the server with it");
        }
        if (ready == null) {
            throw new CannotMeasure(
                    process.isAlive()
                            ? "the server of its own took no clients within " + START_SECONDS + " s" + whereItsLogIs()
                            : "the server of its own did not start: " + folder.lastWords());
        }
        return ready;
    }
}
