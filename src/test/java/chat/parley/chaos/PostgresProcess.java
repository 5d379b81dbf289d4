package chat.parley.chaos;

import chat.parley.crash.ServerProcess;
import chat.parley.crash.Signals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.LongStream;

/** A PostgreSQL as it is by default, which can be ended, paused and started again on its port and with its data. */
final class PostgresProcess implements AutoCloseable {

    private static final Path PROGRAMS =
            Path.of(System.getProperty("project.build.directory", "target"), "postgres", "new.jar");

    private final Path data;
    private final EmbeddedPostgres first;
    private final List<String> command;
    private final int port = ServerProcess.port();

    PostgresProcess(Path folder) throws IOException {
        this.data = folder.resolve("postgres");
        this.first = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, architecture) -> programs())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .start();
        String[] line = new String(
                        Files.readAllBytes(Path.of("/proc", String.valueOf(pid()), "cmdline")), StandardCharsets.UTF_8)
                .split("\0");
        this.command = List.of(line);
    }

    int port() {
        return port;
    }

    /** The URL by another address. */
    String url(String address) {
        return "jdbc:postgresql://" + address + "/postgres?user=postgres";
    }

    /** As an administrator restarts it: connections end, what was committed is written. */
    void stopFast() throws Exception {
        stop("INT");
    }

    /** As it ends in a crash: all at once, and what was committed is read from the log when it starts. */
    void stopAtOnce() throws Exception {
        stop("QUIT");
    }

    void start() throws Exception {
        List<String> again = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            again.addAll(List.of("unshare", "-U")); // it does not start as root
        }
        again.addAll(command);
        new ProcessBuilder(again)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        SQLException last = null;
        for (int i = 0; i < 1_000; i++) {
            try (Connection connection = DriverManager.getConnection(url("127.0.0.1:" + port))) {
                return;
            } catch (SQLException e) {
                last = e;
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new AssertionError("PostgreSQL does not start", last);
    }

    void pause() throws Exception {
        Signals.stop(Signals.family(pid()));
    }

    void goOn() throws Exception {
        Signals.goOn(Signals.family(pid()));
    }

    @Override
    public void close() throws IOException {
        first.close();
    }

    private void stop(String signal) throws Exception {
        long pid = pid();
        Signals.send(signal, LongStream.of(pid));
        Signals.awaitEnd(pid);
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    private static InputStream programs() throws IOException {
        JarFile jar = new JarFile(PROGRAMS.toFile());
        return jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"));
    }
}
