package chat.parley.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the tables of a database to where this program needs them: numbered files, applied once each, in order. */
final class Migrations {

    /**
     * The files, by name; {@code MigrationsTest} holds the list to what there is. Flyway would look for them through the
     * class path, and does not find its way through every application server's.
     */
    static final List<String> FILES =
            List.of("V1__log.sql", "V2__identity.sql", "V3__moderation.sql", "V4__external.sql", "V5__departure.sql");

    /** The number of the newest file. */
    private static final int NEWEST = FILES.size();

    private static final String TABLE = "schema_history";

    private static final String STATE =
            "select max(cast(version as integer)), min(cast(success as integer)) from " + TABLE;

    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @param name of the database, for people
     * @throws StoreRefusedException when the database is newer than this program, or its tables are not Parley's
     * @throws SQLException when the database itself fails
     */
    static void bringUpToDate(DataSource source, Dialect dialect, String name) throws SQLException {
        if (isUpToDate(source)) {
            return; // Flyway takes half a second to say the same.
        }
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .resourceProvider(new MigrationFiles(dialect))
                .javaMigrationClassProvider(List::of)
                .callbackLocations(new String[0])
                .table(TABLE)
                .loggers("slf4j")
                .load();
        try {
            MigrationInfo current = flyway.info().current();
            MigrationVersion newest = newest(flyway);
            if (current != null && current.getVersion().compareTo(newest) > 0) {
                throw new StoreRefusedException(
                        "the database " + name + " was written by a newer Parley (its schema is "
                                + current.getVersion() + ", this one knows " + newest
                                + "): start that Parley, or name another database by parley.store.url");
            }
            flyway.migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException failure) {
                    throw failure;
                }
            }
            String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new StoreRefusedException(
                    "the tables of the database " + name + " are not as this Parley left them: " + line
                            + "; restore it from a backup, or name another by parley.store.url",
                    e);
        }
    }

    private static boolean isUpToDate(DataSource source) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true); // or what is read stays open in a pool of connections that have it off
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(STATE)) {
                return row.next() && row.getInt(1) == NEWEST && row.getInt(2) == 1;
            }
        } catch (SQLException e) {
            return false; // There is no such table, or a reason that Flyway will run into as well.
        }
    }

    private static MigrationVersion newest(Flyway flyway) {
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState().isResolved() && migration.getVersion().compareTo(newest) > 0) {
                newest = migration.getVersion();
            }
        }
        return newest;
    }
}
