package chat.parley.store;

import static chat.parley.store.Rows.filled;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The {@link Journal} in a database of several servers. */
final class JdbcJournal implements Journal {

    private final Database database;

    JdbcJournal(Database database) {
        this.database = database;
    }

    /** Adds changes to the transaction that makes them; called last in it, because others wait from then on. */
    static void add(Statements statements, StoredChange.Kind kind, Collection<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            PreparedStatement add = statements.of(PostgresSql.ADD_CHANGES);
            add.setArray(1, statements.connection().createArrayOf("text", keys.toArray()));
            add.setString(2, kind.name());
            add.executeUpdate();
            statements.noteChange();
        }
    }

    @Override
    public Changes after(long id, int limit) throws StoreException {
        return database.read(connection -> {
            long last = 0;
            List<StoredChange> next = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(PostgresSql.CHANGES);
                    ResultSet row = filled(select, id, limit).executeQuery()) {
                while (row.next()) {
                    last = row.getLong(1);
                    String kind = row.getString(3);
                    if (kind != null) {
                        next.add(new StoredChange(row.getLong(2), StoredChange.Kind.of(kind), row.getString(4)));
                    }
                }
            }
            return new Changes(last, next);
        });
    }

    @Override
    public void forget(long olderThanMillis) throws StoreException {
        database.write(statements -> filled(statements.of(PostgresSql.FORGET_CHANGES), olderThanMillis)
                .executeUpdate());
    }

    @Override
    public void onOwn(Runnable listener) {
        database.onChange(listener);
    }
}
