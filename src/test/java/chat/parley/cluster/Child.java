package chat.parley.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Java process that ends when this one does. Ctrl-C on the terminal is not for it: it is told to end in its turn. What it
 * says is in a file.
 */
final class Child {

    private static final long START_SECONDS = 60;
    private static final long END_SECONDS = 60;

    private final Process process;
    private final BufferedReader said;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /**
     * Starts a class that has a {@code main}.
     *
     * @param jvm flags of its JVM
     * @param log of standard error, and of standard output once {@link #release released}; what was there stays
     */
    static Child start(Class<?> main, List<String> jvm, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(ownSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Child(process, log);
    }

    /**
     * The next line it says.
     *
     * @throws IOException when it ended instead, or says nothing for a minute
     */
    String line() throws IOException, InterruptedException {
        try {
            String line = CompletableFuture.supplyAsync(this::read).get(START_SECONDS, TimeUnit.SECONDS);
            if (line != null) {
                return line;
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("it says nothing: see " + log, e);
        }
        throw new IOException("it ended: see " + log);
    }

    /** All lines that are still to come go to the log. */
    void release() {
        Thread copy = new Thread(this::copy, "log");
        copy.setDaemon(true);
        copy.start();
    }

    long pid() {
        return process.pid();
    }

    /** Calls that once it has ended, by whatever end. */
    void whenEnded(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** Tells it to end; {@link #awaitEnd} waits for it. */
    void end() {
        process.destroy();
    }

    /** Waits a minute at most; then there is an end all the same. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private @Nullable String read() {
        try {
            return said.readLine();
        } catch (IOException e) {
            return null; // It has ended.
        }
    }

    private void copy() {
        try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
            for (String line = read(); line != null; line = read()) {
                out.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            System.err.println("the log " + log + " cannot be written: " + e);
        }
    }

    /** A terminal sends Ctrl-C to the processes of its session, and the order in which all end is ours. */
    private static List<String> ownSession() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .limit(1)
                .toList();
    }

    /** Maven runs a class in its own JVM, whose class path is Maven's. */
    private static String classPath() {
        if (!(Child.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        return Stream.of(loader.getURLs()).map(Child::path).collect(Collectors.joining(File.pathSeparator));
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
