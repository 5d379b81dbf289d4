package chat.parley.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged server in a process of its own. */
final class EmbeddedServer implements Target {

    private static final long PATIENCE_SECONDS = 30;
    private static final Path JAR = Path.of(System.getProperty("project.build.directory", "target"), "parley.jar");

    private final Path folder;
    private final int port;
    private final long startMillis;
    private Process process;

    private EmbeddedServer(Path folder, int port) throws Exception {
        this.folder = folder;
        this.port = port;
        long start = System.nanoTime();
        this.process = begin();
        try {
            awaitReady();
        } catch (Exception | Error e) {
            close();
            throw e;
        }
        this.startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    static EmbeddedServer start() throws Exception {
        return new EmbeddedServer(Files.createTempDirectory("conformance"), freePort());
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public URI base() {
        return URI.create("http://localhost:" + port + "/");
    }

    @Override
    public Optional<Guarded> guarded() {
        return Optional.empty();
    }

    @Override
    public void restart(Stop how) throws Exception {
        if (how == Stop.KILL) {
            process.destroyForcibly();
        } else {
            process.toHandle().destroy();
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs");
        }
        if (how == Stop.ORDERLY && process.exitValue() != 0) {
            throw new AssertionError("exit code " + process.exitValue() + "\n" + errors());
        }
        process = begin();
        awaitReady();
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public long rssBytes() {
        return Rss.of(process.toHandle());
    }

    @Override
    public Map<String, Difference> differences() {
        Difference none = new Difference(
                "It has no sign-in of its own: nobody but Parley asks who somebody is.",
                "there is no deployment in which the server signs people in");
        Map<String, Difference> all = new HashMap<>();
        Checks.ALL.stream()
                .filter(check -> check.need() == Check.Need.GUARDED)
                .forEach(check -> all.put(check.name(), none));
        return all;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Process begin() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1"); // it is there to start often, not to run long
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString(), "--port", String.valueOf(port)));
        command.addAll(List.of("--set", "parley.store.url=jdbc:sqlite:" + folder.resolve("parley.db")));
        SETTINGS.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        return builder.start();
    }

    private void awaitReady() throws Exception {
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
        HttpRequest ready =
                HttpRequest.newBuilder(base().resolve("health/ready")).build();
        int status = HttpClient.newHttpClient()
                .send(ready, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new AssertionError("it listens and is not ready: " + status + "\n" + errors());
        }
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    /** A port that is free, and that no client is given by chance while the server is away. */
    private static int freePort() {
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
}
