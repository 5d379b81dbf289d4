package chat.parley.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One node, which may end and be started again at the same port. One thread starts and ends it; any may ask. */
final class NodeProcess {

    private static final Pattern LISTENS = Pattern.compile(" listens on http://[^:]+:(\\d+)/");

    /** What somebody who is well answers in at once; who is paused does not answer at all. */
    private static final int PATIENCE_MILLIS = 1_000;

    private final int number;
    private final List<String> jvm;
    private final List<String> arguments;
    private final Path log;

    private volatile int port; // 0 until the first start
    private volatile boolean isReady;
    private volatile Child child; // null until the first start

    /**
     * Not started yet.
     *
     * @param arguments of the server, but for the port
     */
    NodeProcess(int number, List<String> jvm, List<String> arguments, Path folder) {
        this.number = number;
        this.jvm = jvm;
        this.arguments = arguments;
        this.log = folder.resolve("node-" + number + ".log");
    }

    /** Starts it and waits until it listens; at the port it had, so that its address stays. */
    void start() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--port", String.valueOf(port)));
        Child started = Child.start(Node.class, jvm, all, log);
        child = started;
        Matcher line = LISTENS.matcher(started.line());
        if (!line.find()) {
            throw new IOException("it does not listen: see " + log);
        }
        started.release();
        port = Integer.parseInt(line.group(1));
        isReady = true;
        started.whenEnded(() -> isReady = false);
    }

    /** Calls that when it has ended, by whatever end. */
    void whenEnded(Runnable then) {
        child.whenEnded(then);
    }

    /** Tells it to end, if it was ever started. */
    void end() {
        if (child != null) {
            child.end();
        }
    }

    /** Waits for its end. */
    void awaitEnd() throws InterruptedException {
        if (child != null) {
            child.awaitEnd();
        }
    }

    int number() {
        return number;
    }

    long pid() {
        return child.pid();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Whether it was ready for clients when it was last asked. */
    boolean isReady() {
        return isReady;
    }

    /** Asks it whether it is. */
    void look() {
        isReady = answers(URI.create("http://localhost:" + port + "/health/ready"));
    }

    private static boolean answers(URI health) {
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
