package chat.parley.store;

import static chat.parley.store.Rows.filled;

import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@link GuestClaims} in a PostgreSQL. What is asked of many is one statement. */
final class JdbcGuestClaims implements GuestClaims {

    private final Database database;
    private final long reserve;
    private final long hold;

    /** This server, among those that have a guest; never 0, which is nobody. */
    private final long node = new SecureRandom().nextLong() | 1;

    /**
     * Claims of one server.
     *
     * @param reserve how long a name stays its guest's after the last connection
     * @param period how often {@link #hold} is called
     */
    JdbcGuestClaims(Database database, Duration reserve, Duration period) {
        this.database = database;
        this.reserve = reserve.toMillis();
        this.hold = reserve.plus(period.multipliedBy(2)).toMillis();
    }

    @Override
    public Answer arrive(Collection<String> keys, Collection<Claim> claims, Map<String, Long> tickets)
            throws StoreException {
        return database.writeAside(statements -> {
            if (!claims.isEmpty()) {
                filled(statements.of(PostgresSql.LOCK_NAMES), looks(statements, claims))
                        .execute(); // before any row, as everybody does
            }
            return new Answer(
                    keys.isEmpty() ? Map.of() : known(statements, keys),
                    claims.isEmpty() ? Set.of() : claimed(statements, claims),
                    tickets.isEmpty() ? Set.of() : redeemed(statements, tickets));
        });
    }

    @Override
    public Set<String> hold(Collection<String> keys) throws StoreException {
        return database.write(
                statements -> keys(filled(statements.of(PostgresSql.HOLD_GUESTS), texts(statements, keys), hold)));
    }

    @Override
    public void sweep() throws StoreException {
        database.write(statements -> statements.of(PostgresSql.FORGET_GUESTS).executeUpdate()
                + statements.of(PostgresSql.FORGET_TICKETS).executeUpdate());
    }

    /** Those who came are held, those who left have their reserve, who is forgotten goes if it is time. */
    void save(Statements statements, Collection<GuestSession> kept, Collection<String> forgotten) throws SQLException {
        List<String> here = new ArrayList<>();
        List<String> away = new ArrayList<>();
        kept.forEach(guest -> (guest.lastSeen() == null ? here : away).add(guest.key()));
        if (!here.isEmpty()) {
            Set<String> unused = keys(filled(statements.of(PostgresSql.HOLD_GUESTS), texts(statements, here), hold));
        }
        if (!away.isEmpty()) {
            filled(statements.of(PostgresSql.LEAVE_GUESTS), texts(statements, away), node, reserve, reserve, node)
                    .executeUpdate();
        }
        if (!forgotten.isEmpty()) {
            filled(statements.of(PostgresSql.FORGET_THESE_GUESTS), texts(statements, forgotten))
                    .executeUpdate();
        }
    }

    private Map<String, GuestSession> known(Statements statements, Collection<String> keys) throws SQLException {
        Map<String, GuestSession> known = new HashMap<>();
        PreparedStatement touch =
                filled(statements.of(PostgresSql.TOUCH_GUESTS), texts(statements, keys), ADMISSION_MILLIS, node, node);
        try (ResultSet row = touch.executeQuery()) {
            while (row.next()) {
                known.put(
                        row.getString(1), new GuestSession(row.getString(1), row.getString(2), row.getBytes(3), null));
            }
        }
        return known;
    }

    /** The locks of the names are had. */
    private Set<String> claimed(Statements statements, Collection<Claim> claims) throws SQLException {
        Array looks = looks(statements, claims);
        Array keys = texts(
                statements, claims.stream().map(claim -> claim.guest().key()).toList());
        filled(statements.of(PostgresSql.FREE_LOOKS), looks).executeUpdate();
        Array names = texts(
                statements, claims.stream().map(claim -> claim.guest().name()).toList());
        Array hashes = statements
                .connection()
                .createArrayOf(
                        "bytea",
                        claims.stream().map(claim -> claim.guest().secretHash()).toArray(byte[][]::new));
        filled(statements.of(PostgresSql.CLAIM_LOOKS), ADMISSION_MILLIS, node, keys, names, hashes, looks)
                .executeUpdate();
        return keys(filled(statements.of(PostgresSql.CLAIMED), keys, looks));
    }

    private static Set<String> redeemed(Statements statements, Map<String, Long> tickets) throws SQLException {
        Connection connection = statements.connection();
        List<String> ids = List.copyOf(tickets.keySet());
        return keys(filled(
                statements.of(PostgresSql.USE_TICKETS),
                texts(statements, ids),
                connection.createArrayOf("int8", ids.stream().map(tickets::get).toArray())));
    }

    private static Set<String> keys(PreparedStatement select) throws SQLException {
        Set<String> keys = new HashSet<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(row.getString(1));
            }
        }
        return keys;
    }

    private static Array looks(Statements statements, Collection<Claim> claims) throws SQLException {
        return texts(statements, claims.stream().map(Claim::look).toList());
    }

    private static Array texts(Statements statements, Collection<String> texts) throws SQLException {
        return statements.connection().createArrayOf("text", texts.toArray());
    }
}
