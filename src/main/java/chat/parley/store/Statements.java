package chat.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The statements of the connection that writes, each prepared once: a small batch would else spend most of its time on
 * that. One thread; whoever is given a statement does not close it. The connection stays whose it is.
 */
final class Statements implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private boolean hasChange;

    Statements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** The statement of this text. */
    PreparedStatement of(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Says that the transaction changes what other servers are to hear of. */
    void noteChange() {
        hasChange = true;
    }

    /** Whether that was said since this was asked last. */
    boolean takeChange() {
        boolean had = hasChange;
        hasChange = false;
        return had;
    }

    /** Closes the statements; not every pool does when it gets the connection back. */
    @Override
    public void close() {
        for (PreparedStatement each : prepared.values()) {
            try {
                each.close();
            } catch (SQLException e) {
                // It goes with its connection.
            }
        }
        prepared.clear();
    }
}
