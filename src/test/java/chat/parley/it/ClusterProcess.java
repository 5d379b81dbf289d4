package chat.parley.it;

import chat.parley.cluster.Cluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Three nodes as somebody starts them who wants to see what happens when one ends. Whoever starts it closes it. */
final class ClusterProcess implements AutoCloseable {

    /** Six processes, of which a database has to be made first. */
    private static final long START_SECONDS = 120;

    private static final String TARGET = System.getProperty("project.build.directory", "target");

    private static final Pattern NODE = Pattern.compile("node (\\d) {2}pid (\\d+) {2}http://localhost:\\d+/");
    private static final Pattern PAGE = Pattern.compile("Open (http://localhost:\\d+/) ");
    private static final Pattern SERVICE = Pattern.compile("(?:PostgreSQL|Redis) [^ ]*://[^:/]+:(\\d+).*");

    private final Process process;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ClusterProcess(Process process) {
        this.process = process;
    }

    /** Starts them and waits until they can be used. */
    static ClusterProcess start() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ClusterProcess cluster = new ClusterProcess(new ProcessBuilder(
                        java,
                        "-Dproject.build.directory=" + TARGET,
                        "-Dcluster.folder=" + TARGET + "/cluster-"
                                + ProcessHandle.current().pid(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Cluster.class.getName(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start());
        Thread reader = new Thread(cluster::read, "cluster");
        reader.setDaemon(true);
        reader.start();
        try {
            cluster.begun.get(START_SECONDS, TimeUnit.SECONDS);
            return cluster;
        } catch (ExecutionException | TimeoutException e) {
            cluster.close();
            throw new AssertionError("it does not start: " + cluster.said, e);
        }
    }

    /** Where the page is, whichever node answers. */
    URI page() {
        return URI.create(matches(PAGE).findAny().orElseThrow().group(1));
    }

    /** Ends a node at once, and waits until another has taken its place. */
    void kill(int node, Runnable meanwhile) {
        long starts = starts(node);
        ProcessHandle.of(pids(node).get((int) starts - 1)).orElseThrow().destroyForcibly();
        meanwhile.run();
        Eventually.holds(said::toString, () -> starts(node) > starts);
    }

    /** Ends the process, as a supervisor does or as a lack of memory does, and waits for that. */
    void end(boolean atOnce) throws InterruptedException {
        if (atOnce) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs: " + said);
        }
    }

    /** Everything it has started that can be told from here. */
    List<ProcessHandle> processes() {
        return process.descendants().toList();
    }

    /** How many of PostgreSQL and Redis still listen. */
    long services() {
        return matches(SERVICE)
                .filter(line -> listens(Integer.parseInt(line.group(1))))
                .count();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private long starts(int node) {
        return pids(node).size();
    }

    private List<Long> pids(int node) {
        return matches(NODE)
                .filter(line -> line.group(1).equals(String.valueOf(node)))
                .map(line -> Long.valueOf(line.group(2)))
                .toList();
    }

    private Stream<Matcher> matches(Pattern pattern) {
        return said.stream().map(pattern::matcher).filter(Matcher::find);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> {
                said.add(line);
                if (PAGE.matcher(line).find()) {
                    begun.complete(null);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // It has ended.
        } finally {
            begun.completeExceptionally(new IOException("it has ended"));
        }
    }
}
