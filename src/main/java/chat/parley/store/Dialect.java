package chat.parley.store;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/** What differs between the databases that the {@link JdbcStore} speaks to. */
enum Dialect {
    /** SQLite 3.35 or later. Its driver has no SQLState; the low byte of its code is the kind of error. */
    SQLITE("") {
        /** Changes nothing, and waits for strangers that write before it has read anything. */
        @Override
        void lockForWriting(Statements statements) throws SQLException {
            statements.of("update store set probed_at = 0 where false").executeUpdate();
        }

        @Override
        boolean refusesRow(SQLException failure) {
            return SQLITE_ROW.contains(failure.getErrorCode() & 0xFF);
        }
    };

    private static final Set<Integer> SQLITE_ROW = Set.of(
            SQLiteErrorCode.SQLITE_CONSTRAINT.code,
            SQLiteErrorCode.SQLITE_TOOBIG.code,
            SQLiteErrorCode.SQLITE_MISMATCH.code);

    private final String rowLock;

    Dialect(String rowLock) {
        this.rowLock = rowLock;
    }

    /** Where the files of {@link Migrations} stand, beside this class. */
    String migrations() {
        return name().toLowerCase(Locale.ROOT) + "/";
    }

    /** Put behind a select of rows that the transaction goes on to change. */
    String rowLock() {
        return rowLock;
    }

    /** Called first in every transaction that writes. */
    abstract void lockForWriting(Statements statements) throws SQLException;

    /** Whether the database works and does not take this row (SQLState 22 and 23), so that others may still go in. */
    abstract boolean refusesRow(SQLException failure);
}
