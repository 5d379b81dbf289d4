package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A WAR that is undeployed is gone: its threads, its files, its classes. */
@Timeout(300)
class RedeployIT {

    private static final Path WAR =
            Path.of(System.getProperty("project.build.directory", "target")).resolve("parley.war");

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private static final int TIMES = 20;

    /** Java itself remembers the type that a record was last compared as, and what only a soft reference holds is there still. */
    private static final int KEPT_BY_JAVA = 2;

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();

    @TempDir
    private Path folder;

    /** A server has drivers of its own, of the same names as those in the WAR. */
    @BeforeAll
    static void registerDrivers() {
        assertTrue(DriverManager.drivers().count() >= 2);
    }

    @BeforeEach
    void start() throws Exception {
        connector.setHost("localhost");
        jetty.addConnector(connector);
        jetty.setHandler(contexts);
        jetty.start();
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
    }

    @Test
    void nothingOfItStays() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            loaders.add(deployAndUndeploy(i));
        }

        assertEquals(Set.of(), threads(), "threads");
        assertEquals(Set.of(), properties(), "claims on databases");
        assertTrue(alive(loaders) <= KEPT_BY_JAVA, "class loaders");
        try (Stream<Path> left = Files.walk(folder.resolve("data"))) {
            assertEquals(
                    // Of twenty, the library of the last: the next deployment removes it.
                    List.of("parley.db", "parley.db.lib", "parley.db.lock", "parley.secret"),
                    left.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> !name.endsWith(".lck")) // a library has one
                            .map(name -> name.startsWith("sqlite-") ? "parley.db.lib" : name)
                            .sorted()
                            .toList());
        }
    }

    @Test
    void noFileOfItStaysOpen() throws Exception {
        assumeTrue(Files.isDirectory(OPEN_FILES), "this system does not tell open files");
        deployAndUndeploy(0);

        assertEquals(Set.of(), openFiles());
    }

    @Test
    void twoSideBySideAreTwoServers() throws Exception {
        WebAppContext first = deploy("/one", "jdbc:sqlite:" + folder.resolve("one/parley.db"));
        WebAppContext second = deploy("/two", "jdbc:sqlite:" + folder.resolve("two/parley.db"));
        try (RawClient ann = connect("/one/chat?name=ann");
                RawClient other = connect("/two/chat?name=ann")) {
            ann.readUntil(Wire.type("welcome"));
            other.readUntil(Wire.type("welcome"));
            undeploy(first);

            other.text("{\"type\":\"ping\",\"id\":\"still\"}");

            other.readUntil(Wire.type("pong"));
        }
        undeploy(second);
    }

    private WeakReference<ClassLoader> deployAndUndeploy(int number) throws Exception {
        WebAppContext context = deploy("/parley", "jdbc:sqlite:" + folder.resolve("data/parley.db"));
        try (RawClient chat = connect("/parley/chat?name=ann" + number)) {
            chat.readUntil(Wire.type("welcome"));
            chat.text("{\"type\":\"join\",\"room\":\"lobby\",\"id\":\"1\"}");
            chat.readUntil(Wire.type("history"));
            chat.text("{\"type\":\"message\",\"room\":\"lobby\",\"id\":\"2-" + number + "\",\"content\":\"hello\"}");
            chat.readUntil(Wire.type("message"));
        }
        WeakReference<ClassLoader> loader = new WeakReference<>(context.getClassLoader());
        undeploy(context);
        return loader;
    }

    private WebAppContext deploy(String path, String url) throws Exception {
        WebAppContext context = new WebAppContext();
        context.setContextPath(path);
        context.setWar(WAR.toString());
        context.setTempDirectory(Files.createTempDirectory(folder, "unpacked").toFile());
        context.setInitParameter("parley.store.url", url);
        context.setInitParameter("parley.drain", "0s");
        context.setThrowUnavailableOnStartupException(true);
        contexts.addHandler(context);
        context.start();
        return context;
    }

    private void undeploy(WebAppContext context) throws Exception {
        context.stop();
        contexts.removeHandler(context);
        context.destroy();
    }

    private RawClient connect(String target) {
        return RawClient.connect(connector.getLocalPort(), target, Subprotocol.SINGLE);
    }

    /** How many are still there after the collector was given every chance. */
    private static long alive(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        long alive = loaders.size();
        for (int i = 0; i < 50 && alive > KEPT_BY_JAVA; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
            alive = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        return alive;
    }

    private static Set<String> threads() throws InterruptedException {
        Set<String> left = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            left.clear();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.isAlive() && thread.getName().startsWith("parley")) {
                    left.add(thread.getName());
                }
            }
            if (left.isEmpty()) {
                return left;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return left;
    }

    private static Set<String> properties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("chat.parley.") || name.startsWith("org.sqlite."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> openFiles() throws IOException {
        Set<String> open = new TreeSet<>();
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith(folder.toRealPath().toString())) {
                        open.add(target);
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return open;
    }
}
