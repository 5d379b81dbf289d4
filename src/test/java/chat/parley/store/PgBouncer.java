package chat.parley.store;

import chat.parley.crash.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The PgBouncer that is installed, in transaction mode before a PostgreSQL of the tests: each transaction gets another
 * connection, of which there are few. Where it is missing, who asks for it is skipped; with {@code CI=true} they fail. Whoever
 * starts it closes it.
 */
public final class PgBouncer implements AutoCloseable {

    private static final Optional<Path> PROGRAM = Stream.concat(
                    Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
            .map(folder -> Path.of(folder, "pgbouncer"))
            .filter(Files::isExecutable)
            .findFirst();

    private static final long PATIENCE_SECONDS = 30;

    /** Schemas of the database that it knows under a name of their own. */
    private static final int PLACES = 100;

    private final Path folder;
    private final int port;
    private @Nullable Process process;
    private int places;

    private PgBouncer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill)); // if nobody closes it
    }

    /** Starts one before the server of a JDBC URL. */
    public static PgBouncer before(String url) throws IOException {
        String why = "nothing is tested behind a pooler: PgBouncer is not installed";
        if (PROGRAM.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(why);
        }
        Assumptions.assumeTrue(PROGRAM.isPresent(), why);
        URI server = URI.create(url.substring("jdbc:".length()));
        // It gives up the rights of root before it says what went wrong.
        Path folder = Files.createTempDirectory(
                "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        PgBouncer bouncer = new PgBouncer(folder, ServerProcess.port());
        String host = "host=%s port=%d user=%s%s"
                .formatted(
                        server.getHost(),
                        server.getPort() < 0 ? 5432 : server.getPort(),
                        Postgres.said(url, "user"),
                        url.contains("password=") ? " password=" + Postgres.said(url, "password") : "");
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < PLACES; i++) {
            places.append("place%d = %s dbname=%s connect_query='set search_path to place%d'%n"
                    .formatted(i, host, server.getPath().substring(1), i));
        }
        Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                %s* = %s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 3
                """.formatted(places, host, bouncer.port));
        bouncer.start();
        return bouncer;
    }

    /** The same database by it. */
    public String by(String url) {
        return Postgres.by(url, "127.0.0.1:" + port);
    }

    /** The database by it, in an empty schema that is prepared past it. */
    String place(String url, Consumer<String> preparing) {
        String name = "place" + places++;
        Postgres.execute(url, "create schema " + name);
        preparing.accept(Postgres.with(url, "currentSchema", name));
        return by(url).replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
    }

    /** Kills it, and with it every connection through it. */
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            try {
                running.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Starts it, for the first time or again. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.orElseThrow().toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody")); // it does not run as root
        }
        command.add(folder.resolve("pgbouncer.ini").toString());
        Path output = folder.resolve("output");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !started.isAlive()) {
                    kill();
                    throw new IOException("PgBouncer does not start: " + Files.readString(output), e);
                }
            }
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
