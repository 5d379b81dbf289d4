package chat.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Filling statements and reading what they select. */
final class Rows {

    /** Some tens of milliseconds of the 2 seconds that a statement may take in PostgreSQL. */
    static final int PAGE = 10_000;

    /** How one row becomes a value. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private Rows() {}

    /** A statement with its question marks filled, in order: texts, numbers, bytes, null. */
    static PreparedStatement filled(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** All rows of a query. */
    static <T> List<T> rows(Connection connection, Row<T> reader, String sql, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = filled(select, values).executeQuery()) {
            while (row.next()) {
                rows.add(reader.read(row));
            }
        }
        return rows;
    }

    /**
     * All rows of a table however many it has: a statement takes some of them, in the order of a key, so that none takes
     * longer than one may.
     *
     * @param key by which the statement orders the rows; its first question mark is the key to go on after
     * @param values for the question marks between that one and the last, which is how many rows to take at most
     */
    static <T> List<T> pages(
            Connection connection, Row<T> reader, Function<T, String> key, String sql, Object... values)
            throws SQLException {
        List<T> all = new ArrayList<>();
        List<Object> asked = new ArrayList<>(List.of(values));
        asked.add(0, "");
        asked.add(PAGE);
        List<T> page;
        do {
            page = rows(connection, reader, sql, asked.toArray());
            all.addAll(page);
            if (!page.isEmpty()) {
                asked.set(0, key.apply(page.get(page.size() - 1)));
            }
        } while (page.size() == PAGE);
        return all;
    }

    /** A number that may be missing. */
    static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
