package chat.parley.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts nodes over a PostgreSQL and a Redis of their own, and a port that spreads connections over them; says where they
 * are, and starts again what ends. Everything ends with it, by Ctrl-C or by a kill, and nothing but the logs stays.
 */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Nodes over a PostgreSQL and a Redis of their own, behind one port, on this machine.")
public final class Cluster {

    private static final long RESTART_SECONDS = 5;
    private static final long LOOK_MILLIS = 500;

    private static final Path FOLDER = Path.of(System.getProperty("cluster.folder", "target/cluster"));

    @Option(names = "--port", paramLabel = "PORT", description = "Port that people use (8080); 0 is any free one.")
    private int port = 8080;

    @Option(names = "--nodes", paramLabel = "N", description = "How many (3).")
    private int count = 3;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of every node, as often as needed.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--jvm", paramLabel = "FLAGS", description = "Flags of every node's JVM (-Xmx256m).")
    private String jvm = "-Xmx256m";

    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "keeper");
        thread.setDaemon(true);
        return thread;
    });
    private final List<NodeProcess> nodes = new ArrayList<>();
    private volatile Child services; // null until they are started
    private volatile boolean isEnding;

    /** {@code --help} tells the options. */
    public static void main(String[] arguments) throws Exception {
        Cluster cluster = new Cluster();
        CommandLine line = new CommandLine(cluster);
        line.parseArgs(arguments);
        if (CommandLine.printHelpIfRequested(line.getParseResult())) {
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::end, "end"));
        cluster.start();
        new CountDownLatch(1).await();
    }

    private void start() throws IOException, InterruptedException {
        say("Starting PostgreSQL, Redis and " + count + " nodes ...");
        Files.createDirectories(FOLDER);
        Files.deleteIfExists(secret());
        services = Child.start(Services.class, List.of("-Xmx64m"), List.of(), FOLDER.resolve("services.log"));
        String database = services.line();
        String redis = services.line();
        services.release();
        services.whenEnded(this::endWithoutServices);

        List<String> arguments = new ArrayList<>(List.of("--host", "localhost"));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("parley.store.url", database);
        settings.put("parley.relay.url", redis);
        settings.put("parley.auth.secret-file", secret().toString());
        settings.putAll(set);
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        for (int i = 1; i <= count; i++) {
            NodeProcess node = new NodeProcess(i, List.of(jvm.split(" ")), arguments, FOLDER);
            nodes.add(node);
            node.start(); // one after the other: the first makes the tables and the secret
            node.whenEnded(() -> ended(node));
        }
        RoundRobinPort front = RoundRobinPort.open(port, nodes);
        keeper.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);

        say("");
        nodes.forEach(this::introduce);
        say("PostgreSQL " + database);
        say("Redis " + redis);
        say("Logs " + FOLDER.toAbsolutePath());
        say("");
        say("Open http://localhost:" + front.number()
                + "/ in two browsers and talk; each connection goes to the next node.");
        say(
                "kill -9 PID ends a node at once, kill PID lets it finish, kill -STOP and -CONT pause it; Ctrl-C ends everything.");
    }

    private void introduce(NodeProcess node) {
        say("node " + node.number() + "  pid " + node.pid() + "  http://localhost:"
                + node.address().getPort() + "/");
    }

    private void look() {
        nodes.forEach(NodeProcess::look);
    }

    private void ended(NodeProcess node) {
        if (!isEnding) {
            say("node " + node.number() + "  pid " + node.pid() + "  has ended; another takes its place in "
                    + RESTART_SECONDS + " s");
            keeper.schedule(() -> startAgain(node), RESTART_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void startAgain(NodeProcess node) {
        try {
            node.start();
            node.whenEnded(() -> ended(node));
            introduce(node);
        } catch (IOException e) {
            say("node " + node.number() + "  does not start: " + e.getMessage());
            node.end();
            keeper.schedule(() -> startAgain(node), RESTART_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWithoutServices() {
        if (!isEnding) {
            say("PostgreSQL and Redis have ended");
            System.exit(1);
        }
    }

    /** The nodes first, as long as they have somewhere to write. */
    private void end() {
        isEnding = true;
        say("Ending ...");
        keeper.shutdownNow();
        try {
            for (NodeProcess node : nodes) {
                node.end();
            }
            for (NodeProcess node : nodes) {
                node.awaitEnd();
            }
            if (services != null) {
                services.end();
                services.awaitEnd();
            }
            Files.deleteIfExists(secret());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            say("The secret stays: " + e);
        }
    }

    /** What all nodes have in common beside the database. */
    private static Path secret() {
        return FOLDER.resolve("secret").toAbsolutePath();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
