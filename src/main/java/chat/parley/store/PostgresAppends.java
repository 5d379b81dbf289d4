package chat.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Appends a batch by one call of a function in the database, which is a transaction by itself: one round trip, no lock waits
 * for the network. The call may be repeated: what the first stored, the second finds.
 */
final class PostgresAppends implements Appends {

    private final Database database;
    private final String epoch;

    PostgresAppends(Database database, String epoch) {
        this.database = database;
        this.epoch = epoch;
    }

    @Override
    public List<Outcome> append(List<Draft> batch, long now) throws StoreException {
        PostgresBatch asked = new PostgresBatch(batch);
        return database.writeRepeatably((connection, mayBeDone) -> call(connection, asked, now, mayBeDone));
    }

    private List<Outcome> call(Connection connection, PostgresBatch asked, long now, boolean mayBeDone)
            throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(PostgresSql.APPEND)) {
            call.setString(1, epoch);
            call.setLong(2, now);
            asked.fill(call, 3);
            call.execute();
            if (!call.getMoreResults()) {
                throw new SQLException("the batch was not answered");
            }
            try (ResultSet row = call.getResultSet()) {
                return asked.outcomes(row, mayBeDone ? now : Long.MAX_VALUE);
            }
        }
    }
}
