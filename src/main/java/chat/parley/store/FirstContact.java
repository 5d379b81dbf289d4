package chat.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first connection to a database that may not be up yet: machines that start together are not ready together. */
final class FirstContact {

    private static final Logger log = LoggerFactory.getLogger(FirstContact.class);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(5);

    /**
     * SQLSTATEs of a server that is not there, or not yet (PostgreSQL, appendix A: cannot_connect_now, too_many_connections);
     * but not that it refuses.
     */
    private static final Set<String> TEMPORARY = Set.of("08001", "08006", "57P03", "53300");

    private FirstContact() {}

    /** Whether it is a matter of time. */
    static boolean isTemporary(SQLException failure) {
        return failure.getSQLState() != null && TEMPORARY.contains(failure.getSQLState());
    }

    /**
     * Connects, and tries again as long as the server cannot be reached.
     *
     * @param name of the database, for people
     * @param patience after which it is given up
     */
    static Connection connect(DataSource source, String name, Duration patience) throws SQLException {
        long begun = System.nanoTime();
        long toldAt = begun - TOLD_EVERY.toNanos();
        while (true) {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                long now = System.nanoTime();
                if (!isTemporary(e) || now - begun >= patience.toNanos()) {
                    throw e;
                }
                if (now - toldAt >= TOLD_EVERY.toNanos()) {
                    toldAt = now;
                    log.atWarn()
                            .addKeyValue("database", name)
                            .addKeyValue("why", String.valueOf(e.getMessage()))
                            .addKeyValue("givesUpAfter", patience.toSeconds() + " s")
                            .log("the database cannot be reached yet; trying again");
                }
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while waiting for the database", e);
            }
        }
    }
}
