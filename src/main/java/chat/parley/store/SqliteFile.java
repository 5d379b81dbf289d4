package chat.parley.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/**
 * The file of a SQLite database, this process's alone: made if it is not there, brought up to date, and watched, so that
 * nothing is promised once it is not the file at its path any more. Whoever opens it closes it.
 */
final class SqliteFile implements DatabaseHost {

    /** How long a statement waits for a stranger's lock. */
    private static final int BUSY_MILLIS = 1_000;

    /**
     * Pages that a commit may leave in the write-ahead log before it moves them over, about 64 MB: what was written often
     * meanwhile is moved once.
     */
    private static final int CHECKPOINT_PAGES = 16_384;

    /** Memory for pages, of each connection, in KiB. */
    private static final int CACHE_KIB = 32 * 1024;

    /** With less room than this the disk is full: some thousand messages may come with the next batch. */
    private static final long LEAST_ROOM_BYTES = 4L * 1024 * 1024;

    private final Path path;
    private final Path wal;
    private final DatabaseLock lock;
    private final @Nullable DataSource host;
    private final Connection anchor;
    private final Object key;
    private final Object walKey;

    private SqliteFile(Path path, DatabaseLock lock, @Nullable DataSource host) throws SQLException, IOException {
        this.path = path;
        this.wal = beside(path, "-wal");
        this.lock = lock;
        this.host = host;
        this.anchor = anchored(path, host == null ? dataSource(path).getConnection() : tuned(host.getConnection()));
        Object there = keyOf(path);
        Object log = keyOf(wal);
        if (there == null || log == null) {
            anchor.close();
            throw new IOException("the file system does not tell files apart");
        }
        this.key = there;
        this.walKey = log;
    }

    /**
     * Opens the database at a path, in a folder that is made if need be.
     *
     * @throws StoreRefusedException when it cannot be
     */
    static SqliteFile open(Path path) {
        Path absolute = path.toAbsolutePath();
        DatabaseLock lock = null;
        try {
            if (Files.isSymbolicLink(absolute)) {
                // SQLite follows links as well: the lock and the write-ahead log are beside the file itself.
                absolute = linked(path, absolute);
            }
            Path folder = absolute.getParent();
            if (folder != null) {
                makeFolder(folder);
            }
            lock = DatabaseLock.of(absolute);
            NativeLibrary.loadBy(beside(absolute, ".lib"));
            if (!Files.exists(absolute)) {
                refuseOrphan(path, beside(absolute, "-wal"));
                create(absolute);
            } else if (Files.size(absolute) == 0) {
                throw damaged(path, "is empty", null);
            } else {
                refuseForeign(path, absolute);
            }
            Migrations.bringUpToDate(dataSource(absolute), Dialect.SQLITE, path.toString());
            return new SqliteFile(absolute, lock, null);
        } catch (IOException e) {
            release(lock);
            throw new StoreRefusedException(
                    "the database " + path + " cannot be opened: " + e
                            + "; if it may not be there, name another place by parley.store.url",
                    e);
        } catch (SQLException e) {
            release(lock);
            throw refusal(path, e);
        } catch (RuntimeException | Error e) {
            release(lock);
            throw e;
        }
    }

    /**
     * The database that a data source of the application server leads to. All connections are that one's: a second copy of
     * SQLite in the process would not see its locks.
     *
     * @param name of the data source, for people
     * @throws StoreRefusedException when it cannot be used
     */
    static SqliteFile behind(DataSource host, String name) {
        DatabaseLock lock = null;
        try {
            Path path;
            try (Connection connection = host.getConnection()) {
                HostPool.commitByItself(connection);
                path = pathOf(connection, name);
                lock = DatabaseLock.of(path);
                refuseForeign(connection, name, "parley.store.jndi");
                tuned(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("pragma journal_mode = wal"); // the file keeps it
                }
            }
            Migrations.bringUpToDate(host, Dialect.SQLITE, name);
            return new SqliteFile(path, lock, host);
        } catch (IOException e) {
            release(lock);
            throw new StoreRefusedException(
                    "the database of " + name + " (parley.store.jndi) cannot be opened: " + e, e);
        } catch (SQLException e) {
            release(lock);
            throw new StoreRefusedException("the database of " + name + " cannot be used: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            release(lock);
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    /** None of them makes the file, and none is opened while another stands in its place: it would read that one for as long as it is open. */
    @Override
    public ConnectionPool pool(String name, int connections) {
        DataSource given = host;
        if (given != null) {
            return new HostPool(() -> {
                requireHere();
                return tuned(given.getConnection());
            });
        }
        SQLiteDataSource source = new SQLiteDataSource(config()) {
            @Override
            public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
                    throws SQLException {
                requireHere();
                SQLiteConnection connection = super.getConnection(user, password);
                try {
                    requireHere();
                    return connection;
                } catch (SQLException e) {
                    connection.close();
                    throw e;
                }
            }
        };
        source.setUrl("jdbc:sqlite:" + path);
        return OwnPool.kept(name, connections, source);
    }

    private static Path pathOf(Connection connection, String name) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select file from pragma_database_list where name = 'main'")) {
            String file = row.next() ? row.getString(1) : null;
            if (file == null || file.isEmpty()) {
                throw new StoreRefusedException("the data source " + name
                        + " keeps its database in memory: give it a file (parley.store.jndi)");
            }
            return Path.of(file).toRealPath();
        }
    }

    /** What is promised depends on it, whatever the data source was told. */
    private static Connection tuned(Connection connection) throws SQLException {
        try {
            HostPool.commitByItself(connection); // within a transaction it may not be told how to sync
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma synchronous = full");
                statement.execute("pragma busy_timeout = " + BUSY_MILLIS);
                statement.execute("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void requireHere() throws SQLException {
        if (!isHere()) {
            throw new SQLException("the file " + path + " was moved, removed or replaced");
        }
    }

    private boolean isHere() {
        return key.equals(keyOf(path)) && walKey.equals(keyOf(wal));
    }

    @Override
    public void check(ConnectionPool writer) throws StoreException {
        checkCheaply();
    }

    /**
     * Checks that the file and its write-ahead log are still what stands at their paths, by device and inode: else what
     * is written goes where nobody will find it.
     */
    @Override
    public void checkCheaply() throws StoreException {
        if (!isHere()) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "the file " + path + " was moved, removed or replaced");
        }
    }

    @Override
    public void checkRoom() throws StoreException {
        File file = path.toFile();
        // A total of 0 is a file system that does not say.
        if (file.getTotalSpace() > 0 && file.getUsableSpace() < LEAST_ROOM_BYTES) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "the disk of the file " + path + " is full");
        }
    }

    @Override
    public void close() {
        try {
            anchor.close();
        } catch (SQLException e) {
            // What was committed is in the file or its log.
        }
        release(lock);
    }

    /** What to tell an operator whose database does not open. */
    static StoreRefusedException refusal(Path path, SQLException failure) {
        int code = failure.getErrorCode() & 0xFF;
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return damaged(path, "is damaged or no SQLite database", failure);
        }
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return new StoreRefusedException("the database " + path + " cannot be used: " + line, failure);
    }

    private static StoreRefusedException damaged(Path path, String how, @Nullable Throwable cause) {
        String line = "the database " + path + " " + how
                + ": restore it from a backup, or move it and the files beside it away to begin a new log";
        return cause == null ? new StoreRefusedException(line) : new StoreRefusedException(line, cause);
    }

    private static Path linked(Path path, Path absolute) throws IOException {
        if (!Files.exists(absolute)) {
            throw new StoreRefusedException("the database " + path + " is a link to " + Files.readSymbolicLink(absolute)
                    + ", which is not there: bring that file back, or remove the link");
        }
        return absolute.toRealPath();
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (isPosix()) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** SQLite would take the messages of a log into whatever file it finds beside it. */
    private static void refuseOrphan(Path path, Path wal) throws IOException {
        if (Files.exists(wal) && Files.size(wal) > 0) {
            throw new StoreRefusedException("the database " + path + " is not there, but its newest messages are, in "
                    + wal + ": bring the file back, or move that one away to begin a new log");
        }
    }

    /** Looked at without writing: already the journal mode of our connections would be written into the file. */
    private static void refuseForeign(Path path, Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            refuseForeign(connection, path.toString(), "parley.store.url");
        }
    }

    private static void refuseForeign(Connection connection, String name, String key) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String tables = "select count(*) from sqlite_master";
            if (number(statement, tables + " where name = 'schema_history'") == 0 && number(statement, tables) > 0) {
                throw new StoreRefusedException(
                        "the database " + name + " belongs to another program: name another by " + key);
            }
        }
    }

    /** Made under another name first: a file at its own path is whole, whenever the process may have died. */
    private static void create(Path path) throws IOException, SQLException {
        Path draft = beside(path, ".new");
        for (String part : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(beside(draft, part));
        }
        if (isPosix()) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(draft);
        }
        Migrations.bringUpToDate(dataSource(draft), Dialect.SQLITE, path.toString());
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * A connection that stays open: the write-ahead log would be removed with the last one, and made anew, while the pool
     * replaces its own.
     */
    private static Connection anchored(Path path, Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            long bytes = number(statement, "pragma page_count") * number(statement, "pragma page_size");
            // Pages that are only in the write-ahead log were counted too; whoever reads the database keeps them there.
            boolean whole =
                    Files.size(beside(path, "-wal")) == 0 || number(statement, "pragma wal_checkpoint(truncate)") == 0;
            if (whole && Files.size(path) < bytes) {
                throw damaged(path, "is shorter than it says", null);
            }
            return connection;
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static DataSource dataSource(Path path) {
        SQLiteDataSource source = new SQLiteDataSource(config());
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // Not immediate: the driver begins the next transaction with the end of the last, and would keep the lock.
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        config.setGetGeneratedKeys(false); // the driver would ask for one after every insert
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
        return config;
    }

    private static @Nullable Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void release(@Nullable DatabaseLock lock) {
        if (lock != null) {
            lock.close();
        }
    }
}
