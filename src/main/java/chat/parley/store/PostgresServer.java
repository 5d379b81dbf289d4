package chat.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database, of any number of servers: looked at before it is used, and brought up to date by whoever comes
 * first. Nothing is kept in a session of it, so that a pooler may stand between. Whoever opens it closes it.
 */
final class PostgresServer implements DatabaseHost {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    /** The first whose function for random UUIDs is its own. */
    private static final int LEAST_VERSION = 130_000;

    /** What the driver waits for at most, in seconds: a connection; and any answer, longer than a statement may take there. */
    private static final int CONNECT_SECONDS = 2;

    private static final int ANSWER_SECONDS = 5;

    /** What is wrong with a server; the message is for the operator. */
    private static final class Unfit extends SQLException {

        private static final long serialVersionUID = 1L;

        Unfit(String what) {
            super(what, "08004"); // so that the connection is not used
        }
    }

    private final DataSource source;
    private final String name;
    private final boolean hosted;

    private PostgresServer(DataSource source, String name, boolean hosted) {
        this.source = source;
        this.name = name;
        this.hosted = hosted;
    }

    /**
     * Opens the database at a URL.
     *
     * @param user empty for the one in the URL
     * @param password empty for the one in the URL
     * @param patience how long one that cannot be reached is waited for
     * @throws StoreRefusedException when it cannot be used
     */
    static PostgresServer open(String url, String user, String password, Duration patience) {
        String name = url.substring("jdbc:".length()).split("\\?", 2)[0];
        Properties given = Driver.parseURL(url, null);
        if (given == null) {
            throw new StoreRefusedException(
                    "parley.store.url is no address of PostgreSQL: jdbc:postgresql://host:5432/database is one");
        }
        PGSimpleDataSource migrating = dataSource(url, given, user, password);
        migrating.setSocketTimeout(0); // a migration takes as long as it takes
        return opened(new PostgresServer(dataSource(url, given, user, password), name, false), migrating, patience);
    }

    /**
     * The database that a data source of the application server leads to.
     *
     * @param name of the data source, for people
     * @throws StoreRefusedException when it cannot be used
     */
    static PostgresServer behind(DataSource host, String name) {
        return opened(new PostgresServer(host, name, true), host, Duration.ZERO);
    }

    private static PostgresServer opened(PostgresServer server, DataSource migrating, Duration patience) {
        try (Connection connection = FirstContact.connect(server.source, server.name, patience)) {
            if (isWithoutSync(connection)) {
                log.atWarn()
                        .addKeyValue("database", server.name)
                        .log("fsync is off there: what is acknowledged is lost when its machine loses power");
            }
        } catch (SQLException e) {
            throw server.refusal(e);
        }
        try {
            Migrations.bringUpToDate(migrating, Dialect.POSTGRES, server.name);
            return server;
        } catch (SQLException e) {
            throw server.refusal(e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public ConnectionPool pool(String poolName, int connections) {
        return hosted ? new HostPool(source::getConnection) : OwnPool.changing(poolName, connections, source);
    }

    /** That it answers and can be written to: a server may have become another's standby. */
    @Override
    public void check(ConnectionPool writer) throws StoreException {
        try (Connection connection = writer.take()) {
            try {
                isWithoutSync(connection);
                connection.rollback();
            } catch (SQLException e) {
                writer.discard(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {}

    /** What it is called for people. */
    @Override
    public String toString() {
        return name;
    }

    private StoreRefusedException refusal(SQLException failure) {
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        Throwable cause = failure.getCause(); // the driver says only there why a host cannot be reached
        return new StoreRefusedException(
                "the database " + name + (failure instanceof Unfit ? " " : " cannot be used: ") + line
                        + (cause == null
                                ? ""
                                : " ("
                                        + String.valueOf(cause)
                                                .lines()
                                                .findFirst()
                                                .orElse("") + ")"),
                failure,
                FirstContact.isTemporary(failure));
    }

    /**
     * Looks at what is promised by means of it.
     *
     * @return whether it does not wait for its disk, which is its operator's to know
     * @throws SQLException when it cannot be kept
     */
    private static boolean isWithoutSync(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PostgresSql.CHECK);
                ResultSet row = select.executeQuery()) {
            row.next();
            String what = unfit(
                    row.getString(1),
                    row.getString(2),
                    row.getInt(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getString(7));
            if (what != null) {
                throw new Unfit(what);
            }
            return row.getString(6).equals("off");
        }
    }

    private static @Nullable String unfit(
            String commit, String encoding, int version, String versionName, boolean readOnly, String isolation) {
        if (version < LEAST_VERSION) {
            return "is PostgreSQL " + versionName + ", and the least is 13";
        }
        if (!encoding.equals("UTF8")) {
            return "keeps text as " + encoding + ": make one with ENCODING 'UTF8'";
        }
        if (readOnly) {
            return "cannot be written to: it is a standby, or read-only (default_transaction_read_only)";
        }
        if (!commit.equals("on") && !commit.equals("remote_apply")) {
            return "acknowledges what may be lost: synchronous_commit is " + commit
                    + " there, set it to on (ALTER DATABASE or ALTER ROLE ... SET synchronous_commit = on)";
        }
        if (!isolation.equals("read committed") && !isolation.equals("read uncommitted")) { // there the same
            return "would fail what waits for another server: default_transaction_isolation is " + isolation
                    + " there, set it to read committed"
                    + " (ALTER DATABASE or ALTER ROLE ... SET default_transaction_isolation = 'read committed')";
        }
        return null;
    }

    /** A pooler may give every transaction another connection, so no statement is prepared for longer. */
    private static PGSimpleDataSource dataSource(String url, Properties given, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        source.setPrepareThreshold(0);
        if (!says(given, PGProperty.CONNECT_TIMEOUT)) {
            source.setConnectTimeout(CONNECT_SECONDS);
        }
        if (!says(given, PGProperty.SOCKET_TIMEOUT)) {
            source.setSocketTimeout(ANSWER_SECONDS);
        }
        if (!says(given, PGProperty.TCP_KEEP_ALIVE)) {
            source.setTcpKeepAlive(true);
        }
        if (!says(given, PGProperty.APPLICATION_NAME)) {
            source.setApplicationName("parley");
        }
        if (!says(given, PGProperty.TARGET_SERVER_TYPE) && url.contains(",")) {
            source.setTargetServerType("primary"); // of several, the one that takes writes
        }
        return source;
    }

    private static boolean says(Properties given, PGProperty property) {
        return given.getProperty(property.getName()) != null;
    }
}
