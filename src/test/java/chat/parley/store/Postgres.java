package chat.parley.store;

import chat.parley.crash.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server for tests, started when the first asks and ended with the process; {@code PARLEY_TEST_POSTGRES}, a
 * JDBC URL with user and password, names another in its place, in which its user may make databases.
 */
public enum Postgres {
    /** The oldest major version that the tests know. */
    OLD,
    /** The newest. */
    NEW;

    private static final String ELSEWHERE = System.getenv("PARLEY_TEST_POSTGRES");
    private static final Path PROGRAMS = Path.of(System.getProperty("project.build.directory", "target"), "postgres");

    private @Nullable EmbeddedPostgres server;

    /** The URL of an empty place of its own in one database, which costs less than a database; connections bear its name. */
    public String schema() {
        String name = freshName();
        execute(url(), "create schema " + name);
        return with(with(url(), "currentSchema", name), "ApplicationName", name);
    }

    /** The URL of a database of its own. */
    String database(String how) {
        return database(freshName(), how);
    }

    /** The URL of an empty database, which is called so in a PostgreSQL that was started for this. */
    public String databaseCalled(String name) {
        return database(ELSEWHERE == null ? name : freshName(), "");
    }

    private String database(String name, String how) {
        execute(url(), "create database " + name + " template template0 " + how);
        return url().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
    }

    private static String freshName() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    /** With another host and port in the URL. */
    public static String by(String url, String address) {
        return url.replaceFirst("//[^/]+/", "//" + address + "/");
    }

    static String with(String url, String key, String value) {
        return url + (url.contains("?") ? "&" : "?") + key + "=" + value;
    }

    /** Has statements carried out, each by itself. */
    static void execute(String url, String... statements) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A connection past the store. */
    public static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** What a URL says. */
    static String said(String url, String key) {
        return url.replaceFirst(".*[?&]" + key + "=", "").replaceFirst("&.*", "");
    }

    private String url() {
        return ELSEWHERE == null ? server().getJdbcUrl("postgres", "postgres") : ELSEWHERE;
    }

    private synchronized EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
        if (running == null) {
            running = start();
            server = running;
        }
        return running;
    }

    /** As it is by default, where embedding would make it faster than it is safe. */
    private EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(ServerProcess.port())
                    .setPgBinaryResolver((system, architecture) -> programs())
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream programs() throws IOException {
        JarFile jar = new JarFile(
                PROGRAMS.resolve(this == OLD ? "old.jar" : "new.jar").toFile());
        return jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"));
    }
}
