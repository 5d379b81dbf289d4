package chat.parley.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parley in a process of its own, as an operator starts it: with these arguments, no
 * terminal, and an empty folder to work in. Ends with {@link #close}. */
final class ParleyProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;
    private static final Pattern LINE = Pattern.compile("Parley \\S+ listens on (http://\\S+/) - press Ctrl-C to stop");

    private final Process process;
    private final BufferedReader out;
    private final Path folder;
    private final Path errors;

    private ParleyProcess(List<String> command, Path folder, Path errors) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        this.process = builder.start();
        this.out = process.inputReader();
        this.folder = folder;
        this.errors = errors;
    }

    /** Starts {@link Main} from the class path of this test. */
    static ParleyProcess fromClasses(String... arguments) throws IOException {
        return start(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()), arguments);
    }

    /** Starts {@link Main} like this, in a JVM with these flags. */
    static ParleyProcess fromClassesWith(List<String> flags, String... arguments) throws IOException {
        List<String> what = new ArrayList<>(flags);
        what.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return start(what, arguments);
    }

    /** Starts {@link Main} where a process may have only so many files open. */
    static ParleyProcess fromClassesWithFiles(int most, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + most + " && exec \"$0\" \"$@\""));
        command.addAll(command(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()), arguments));
        return run(command);
    }

    /** Starts {@link Main} without the library whose file begins like this. */
    static ParleyProcess fromClassesWithout(String library, String... arguments) throws IOException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(library))
                .collect(Collectors.joining(File.pathSeparator));
        return start(List.of("-cp", classPath, Main.class.getName()), arguments);
    }

    /** Starts the packaged jar. */
    static ParleyProcess fromJar(Path jar, String... arguments) throws IOException {
        return start(List.of("-jar", jar.toAbsolutePath().toString()), arguments);
    }

    private static ParleyProcess start(List<String> what, String... arguments) throws IOException {
        return run(command(what, arguments));
    }

    private static List<String> command(List<String> what, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(what);
        command.addAll(List.of(arguments));
        return command;
    }

    private static ParleyProcess run(List<String> command) throws IOException {
        Path folder = Files.createTempDirectory("parley");
        return new ParleyProcess(command, folder, folder.resolve("errors"));
    }

    /** Waits for the one line on standard output and returns the address it names. */
    URI awaitUri() throws Exception {
        String line = CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(out.readLine());
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not the line that was expected: " + line + "\n" + errors());
        }
        return URI.create(matcher.group(1));
    }

    long pid() {
        return process.pid();
    }

    /** Tells the process to end, as Ctrl-C and a supervisor do. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends the process at once; it learns nothing of it. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Waits until the process has started another one and returns that. */
    ProcessHandle awaitChild() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Optional<ProcessHandle> child = process.children().findFirst();
            if (child.isPresent()) {
                return child.get();
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new AssertionError("it starts no process");
    }

    /** Waits until standard error holds this. */
    void awaitErrors(String part) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!errors().contains(part)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + part + " in: " + errors());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Waits for the end and returns the exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs");
        }
        return process.exitValue();
    }

    /** What is left on standard output; call it after the end. */
    List<String> output() {
        return out.lines().toList();
    }

    /** What it wrote to standard error so far. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
