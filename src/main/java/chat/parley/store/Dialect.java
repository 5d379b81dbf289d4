package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** What differs between the databases that the {@link JdbcStore} speaks to. */
enum Dialect {
    /**
     * SQLite 3.35 or later, of one server alone: nobody else writes, so nothing is locked by rows or names. Its driver has
     * no SQLState; the low byte of its code is the kind of error.
     */
    SQLITE {
        @Override
        Appends appends(Database database, String epoch) {
            return new SqliteAppends(database);
        }

        /** Changes nothing, and waits for strangers that write before it has read anything. */
        @Override
        void beginWriting(Statements statements) throws SQLException {
            statements.of("update store set probed_at = 0 where false").executeUpdate();
        }

        @Override
        boolean refusesRow(SQLException failure) {
            return SQLITE_ROW.contains(failure.getErrorCode() & 0xFF);
        }
    },

    /**
     * PostgreSQL 13 or later, of several servers at once. Everything that holds for a transaction is said within it, because
     * a pooler may give each transaction another connection.
     */
    POSTGRES {
        @Override
        Appends appends(Database database, String epoch) {
            return new PostgresAppends(database, epoch);
        }

        @Override
        void beginWriting(Statements statements) throws SQLException {
            statements.of(PostgresSql.BOUND_TRANSACTION).execute();
        }

        @Override
        void beginReading(Connection connection) throws SQLException {
            try (PreparedStatement begin = connection.prepareStatement(PostgresSql.BEGIN_READING)) {
                begin.execute();
            }
        }

        @Override
        Map<RoomName, LogEnds> heads(Connection connection, Collection<RoomName> rooms) throws SQLException {
            Map<RoomName, LogEnds> heads = new HashMap<>();
            List<String> names = rooms.stream().map(RoomName::value).toList();
            try (PreparedStatement select = connection.prepareStatement(PostgresSql.HEADS)) {
                for (int from = 0; from < names.size(); from += HEADS_AT_ONCE) {
                    int to = Math.min(from + HEADS_AT_ONCE, names.size());
                    select.setArray(
                            1,
                            connection.createArrayOf(
                                    "text", names.subList(from, to).toArray()));
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            heads.put(new RoomName(row.getString(1)), new LogEnds(row.getLong(2), row.getLong(3)));
                        }
                    }
                }
            }
            return heads;
        }

        @Override
        String rowLock() {
            return " for update";
        }

        @Override
        String freeRowLock() {
            return " for update skip locked";
        }

        @Override
        void lockName(Statements statements, @Nullable String name) throws SQLException {
            if (name != null) {
                PreparedStatement lock = statements.of(PostgresSql.LOCK_NAME);
                lock.setString(1, name);
                lock.execute();
            }
        }

        @Override
        boolean isOfOneServer() {
            return false;
        }

        @Override
        void noteChanges(Statements statements, StoredChange.Kind kind, Collection<String> keys) throws SQLException {
            JdbcJournal.add(statements, kind, keys);
        }

        @Override
        boolean refusesRow(SQLException failure) {
            return state(failure, 2).equals("22") || state(failure, 2).equals("23");
        }

        @Override
        boolean mayWorkAgain(SQLException failure) {
            return POSTGRES_TRANSIENT.contains(state(failure, 5)) || breaksConnection(failure);
        }

        @Override
        boolean breaksConnection(SQLException failure) {
            return POSTGRES_CONNECTION.contains(state(failure, 2)) || POSTGRES_ENDED.contains(state(failure, 5));
        }
    };

    private static final Set<Integer> SQLITE_ROW = Set.of(
            SQLiteErrorCode.SQLITE_CONSTRAINT.code,
            SQLiteErrorCode.SQLITE_TOOBIG.code,
            SQLiteErrorCode.SQLITE_MISMATCH.code);

    /** Rooms that one query asks for: with ten times as many it would come near the 2 s that a statement may take there. */
    private static final int HEADS_AT_ONCE = 10_000;

    /** What another moment may do away with, in words: serialization_failure, deadlock_detected, lock_not_available, query_canceled. */
    private static final Set<String> POSTGRES_TRANSIENT = Set.of("40001", "40P01", "55P03", "57014");

    /** The classes connection_exception, and invalid_transaction_state: of a server that was made read-only meanwhile too. */
    private static final Set<String> POSTGRES_CONNECTION = Set.of("08", "25");

    /** In words: admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout. */
    private static final Set<String> POSTGRES_ENDED = Set.of("57P01", "57P02", "57P03", "57P05");

    /** Where the files of {@link Migrations} stand, beside this class. */
    String migrations() {
        return name().toLowerCase(Locale.ROOT) + "/";
    }

    /**
     * How batches are appended.
     *
     * @param epoch of the log they are meant for: another server may have given it another meanwhile
     */
    abstract Appends appends(Database database, String epoch);

    /** Called first in every transaction that writes. */
    abstract void beginWriting(Statements statements) throws SQLException;

    /** Called first in every transaction that reads: it sees one moment of the database. */
    void beginReading(Connection connection) throws SQLException {}

    /** The ends of the logs of these rooms, but for those that are not there. */
    Map<RoomName, LogEnds> heads(Connection connection, Collection<RoomName> rooms) throws SQLException {
        Map<RoomName, LogEnds> heads = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(Sql.ROOM)) {
            for (RoomName room : rooms) {
                select.setString(1, room.value());
                try (ResultSet row = select.executeQuery()) {
                    if (row.next() && row.getLong(2) > 0) {
                        heads.put(room, new LogEnds(row.getLong(2), row.getLong(3)));
                    }
                }
            }
        }
        return heads;
    }

    /** Put behind a select of rows that must not change before the transaction ends. */
    String rowLock() {
        return "";
    }

    /** The same, for a select that leaves out the rows that somebody else has locked. */
    String freeRowLock() {
        return "";
    }

    /** Has other transactions that ask for the same name, which need not be in any row yet, wait until this one ends. */
    void lockName(Statements statements, @Nullable String name) throws SQLException {}

    /** Tells the other servers what the transaction changes, when it is committed; called last in it. */
    void noteChanges(Statements statements, StoredChange.Kind kind, Collection<String> keys) throws SQLException {}

    /** The same of one thing. */
    final void noteChange(Statements statements, StoredChange.Kind kind, String key) throws SQLException {
        noteChanges(statements, kind, List.of(key));
    }

    /** Whether nobody else writes to it. */
    boolean isOfOneServer() {
        return true;
    }

    /** Whether the database works and does not take this row (SQLState 22 and 23), so that others may still go in. */
    abstract boolean refusesRow(SQLException failure);

    /** Whether the same may work at once, as far as that can be told. */
    boolean mayWorkAgain(SQLException failure) {
        return false;
    }

    /** Whether its connection is good for nothing more. */
    boolean breaksConnection(SQLException failure) {
        return false;
    }

    private static String state(SQLException failure, int characters) {
        String state = String.valueOf(failure.getSQLState());
        return state.length() < characters ? state : state.substring(0, characters);
    }
}
