package chat.parley.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** A server in a process of its own. Whoever starts it closes it. */
public final class ServerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;
    private static final Path JAR = Path.of(System.getProperty("project.build.directory", "target"), "parley.jar");

    private final Process process;
    private final Path errors;

    private ServerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts the packaged server over a file and waits until it listens. */
    public static ServerProcess packaged(int port, Path file) throws Exception {
        return packaged(port, file, "jdbc:sqlite:" + file);
    }

    /** The same over a database of any kind; what else it needs is beside the file. */
    static ServerProcess packaged(int port, Path file, String url) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-jar", JAR.toAbsolutePath().toString()));
        arguments.addAll(List.of("--port", String.valueOf(port)));
        CrashSettings.of(url).forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return start(file, arguments);
    }

    /** Starts the packaged server with these settings, in a folder for what it leaves behind, and waits until it listens. */
    public static ServerProcess with(int port, Path folder, Map<String, String> settings) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-jar", JAR.toAbsolutePath().toString()));
        arguments.addAll(List.of("--port", String.valueOf(port)));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return start(folder.resolve("parley.db"), arguments);
    }

    /** Starts a server that breaks a promise and waits until it listens. */
    static ServerProcess broken(BrokenServer.Mode mode, int port, Path file) throws Exception {
        String classPath = System.getProperty("java.class.path");
        return start(
                file,
                List.of(
                        "-cp",
                        classPath,
                        BrokenServer.class.getName(),
                        mode.name(),
                        String.valueOf(port),
                        file.toString()));
    }

    /** A port that is free, and that no client is given by chance while the server is away. */
    public static int port() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new AssertionError("no port is free");
    }

    private static ServerProcess start(Path file, List<String> arguments) throws Exception {
        Path folder = file.toAbsolutePath().getParent();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What a killed process leaves behind goes with the folder; and it is there to start often, not to run long.
        command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Path errors = Files.createTempFile(folder, "errors", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        ServerProcess server = new ServerProcess(builder.start(), errors);
        try {
            server.awaitListening();
        } catch (Exception | Error e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Ends it as a power cut would end it for the process: at once. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Tells it to end and returns the exit code. */
    public int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return awaitExit();
    }

    /** Has it stand still, or go on: nothing of it runs in between. */
    public void standStill(boolean still) throws Exception {
        LongStream pid = LongStream.of(process.pid());
        if (still) {
            Signals.stop(pid);
        } else {
            Signals.goOn(pid);
        }
    }

    /** What it wrote to standard error. */
    public String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs");
        }
        return process.exitValue();
    }

    private void awaitListening() throws Exception {
        BufferedReader out = process.inputReader();
        String line = CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(out.readLine());
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!line.contains(" listens on ")) {
            throw new AssertionError("not the line that was expected: " + line + "\n" + errors());
        }
    }
}
