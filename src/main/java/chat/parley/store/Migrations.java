package chat.parley.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
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
    private static final List<String> FILES =
            List.of("V1__log.sql", "V2__identity.sql", "V3__moderation.sql", "V4__external.sql", "V5__departure.sql");

    /** What only a database of several servers needs. */
    private static final List<String> SHARED = List.of("V6__nodes.sql", "V7__departed.sql");

    /**
     * How many versions a database of several servers may be ahead of one of them: while servers are replaced one after the
     * other, the last of the old run on what the first of the new has made of it, and may have to be started again.
     */
    private static final int MOST_AHEAD = 1;

    private static final String TABLE = "schema_history";

    private static final String STATE =
            "select max(cast(version as integer)), min(cast(success as integer)) from " + TABLE;

    private Migrations() {}

    /** The files of a dialect, in the order of their numbers. */
    static List<String> files(Dialect dialect) {
        return dialect.isOfOneServer()
                ? FILES
                : Stream.concat(FILES.stream(), SHARED.stream()).toList();
    }

    private static int newest(Dialect dialect) {
        List<String> files = files(dialect);
        return number(files.get(files.size() - 1));
    }

    private static int most(Dialect dialect) {
        return dialect.isOfOneServer() ? newest(dialect) : newest(dialect) + MOST_AHEAD;
    }

    private static int number(String file) {
        return Integer.parseInt(file.substring(1, file.indexOf("__")));
    }

    /**
     * Applies what is missing.
     *
     * @param name of the database, for people
     * @throws StoreRefusedException when the database is newer than this program, or its tables are not Parley's
     * @throws SQLException when the database itself fails
     */
    static void bringUpToDate(DataSource source, Dialect dialect, String name) throws SQLException {
        if (isUpToDate(source, dialect)) {
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
            MigrationVersion most = MigrationVersion.fromVersion(String.valueOf(most(dialect)));
            if (current != null && current.getVersion().compareTo(most) > 0) {
                throw new StoreRefusedException("the database " + name
                        + " was written by a newer Parley (its schema is " + current.getVersion()
                        + ", this one knows " + newest(dialect)
                        + (dialect.isOfOneServer() ? "" : " and runs beside " + most)
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

    private static boolean isUpToDate(DataSource source, Dialect dialect) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true); // or what is read stays open in a pool of connections that have it off
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(STATE)) {
                return row.next()
                        && row.getInt(1) >= newest(dialect)
                        && row.getInt(1) <= most(dialect)
                        && row.getInt(2) == 1;
            }
        } catch (SQLException e) {
            return false; // There is no such table, or a reason that Flyway will run into as well.
        }
    }
}
