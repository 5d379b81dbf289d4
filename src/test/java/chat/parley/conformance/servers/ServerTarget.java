package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import chat.parley.conformance.Rss;
import chat.parley.conformance.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An application server with the WAR in it, in processes of its own. */
final class ServerTarget implements Target {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String CONTEXT = "parley";

    private final ApplicationServer server;
    private final Instance instance;
    private final long startMillis;
    private Process process;

    private ServerTarget(ApplicationServer server, Instance instance) throws Exception {
        this.server = server;
        this.instance = instance;
        server.prepare(instance);
        long start = System.nanoTime();
        this.process = begin();
        try {
            await(base(), 200);
            this.startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            awaitGuarded();
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** Starts one; returns when it is ready. */
    static ServerTarget start(ApplicationServer server) throws Exception {
        if (!Files.exists(server.home())) {
            throw new AssertionError(server.home() + " is not there: run Maven with -Pservers or -Ptomcat-jetty");
        }
        Path folder = Files.createTempDirectory(server.name()).toRealPath();
        Files.createDirectory(folder.resolve("home"));
        return new ServerTarget(server, new Instance(folder));
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public URI base() {
        return instance.at(CONTEXT);
    }

    @Override
    public Optional<Guarded> guarded() {
        return server.hasGuarded()
                ? Optional.of(new Guarded(instance.at("guarded"), WebXml.USER, WebXml.PASSWORD))
                : Optional.empty();
    }

    @Override
    public void restart(Stop how) throws Exception {
        end(how);
        process = begin();
        await(base(), 200);
        awaitGuarded();
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
        return server.differences();
    }

    @Override
    public void close() throws Exception {
        end(Stop.KILL);
        try (Stream<Path> left = Files.walk(instance.folder())) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The process of the server itself. */
    long pid() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .filter(each -> each.children().findAny().isEmpty())
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** Ends it as its operator would, which nothing of it outlives. */
    void endByItsOwnMeans() throws Exception {
        List<String> command = server.stopCommand(instance);
        if (!command.isEmpty()) {
            Process stop = builder(command).start();
            if (!stop.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                stop.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            if (stop.exitValue() != 0) {
                throw new AssertionError(command + " ended with " + stop.exitValue() + ":\n" + output());
            }
            await(process.toHandle());
        } else {
            end(Stop.ORDERLY);
        }
    }

    /** What it wrote into its log so far. */
    String log() throws IOException {
        return Files.readString(server.log(instance));
    }

    /** What it said so far. */
    String output() throws IOException {
        return Files.readString(instance.output());
    }

    private Process begin() throws IOException {
        return builder(server.command(instance)).start();
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(instance.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(instance.output().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PARLEY_") || name.endsWith("_OPTS"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(server.environment(instance));
        return builder;
    }

    /** The server itself is told, not the script it was started by; who is killed is not asked. */
    private void end(Stop how) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        if (how == Stop.KILL) {
            all.forEach(ProcessHandle::destroyForcibly);
        } else {
            all.stream().filter(each -> each.children().findAny().isEmpty()).forEach(ProcessHandle::destroy);
        }
        for (ProcessHandle each : all) {
            await(each);
        }
    }

    private void await(ProcessHandle ended) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (ended.isAlive()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(name() + " still runs");
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    /** Some servers deploy at the same time, and one after the other is ready. */
    private void awaitGuarded() throws Exception {
        Optional<Guarded> guarded = guarded();
        if (guarded.isPresent()) {
            await(guarded.get().base(), 401);
        }
    }

    private void await(URI deployed, int status) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(deployed.resolve("health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(client, ready, status)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError(deployed + " did not come up in " + name() + ":\n" + output());
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request, int status) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == status;
        } catch (IOException e) {
            return false;
        }
    }
}
