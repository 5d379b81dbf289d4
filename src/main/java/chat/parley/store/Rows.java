package chat.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filling statements and reading what they select. */
final class Rows {

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

    /** A number that may be missing. */
    static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
