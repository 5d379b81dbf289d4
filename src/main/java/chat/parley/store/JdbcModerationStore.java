package chat.parley.store;

import static chat.parley.store.Rows.filled;
import static chat.parley.store.Rows.number;
import static chat.parley.store.Rows.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A {@link ModerationStore} in the database of the {@link JdbcStore}, written by the same thread. */
final class JdbcModerationStore implements ModerationStore {

    private final Database database;
    private final JdbcAccountStore.Writer writer;

    JdbcModerationStore(Database database, JdbcAccountStore.Writer writer) {
        this.database = database;
        this.writer = writer;
    }

    @Override
    public List<StoredBan> bans() throws StoreException {
        return database.read(connection -> rows(connection, JdbcModerationStore::ban, Sql.BANS));
    }

    @Override
    public StoredBan ban(StoredBan ban, StoredAct act) throws StoreException {
        return writer.write(statements -> {
            filled(statements.of(Sql.REPLACE_BAN), ban.userKey(), ban.network()).executeUpdate();
            StoredBan stored = ban.withId(insert(statements, ban));
            insert(statements, act.ofBan(stored.id()));
            return stored;
        });
    }

    @Override
    public boolean lift(long id, StoredAct act) throws StoreException {
        return writer.write(statements -> {
            boolean was = filled(statements.of(Sql.LIFT_BAN), id).executeUpdate() > 0;
            if (was) {
                insert(statements, act.ofBan(id));
            }
            return was;
        });
    }

    @Override
    public void add(StoredAct act) throws StoreException {
        writer.write(statements -> insert(statements, act));
    }

    @Override
    public void forgetBans(long before) throws StoreException {
        writer.write(
                statements -> filled(statements.of(Sql.FORGET_BANS), before).executeUpdate());
    }

    @Override
    public List<StoredAct> acts(long before, int limit) throws StoreException {
        return database.read(connection -> rows(connection, JdbcModerationStore::act, Sql.ACTS, before, limit));
    }

    private static long insert(Statements statements, StoredBan ban) throws SQLException {
        try (ResultSet row = filled(
                        statements.of(Sql.ADD_BAN),
                        ban.userKey(),
                        ban.userName(),
                        ban.guest() ? 1 : 0,
                        ban.network(),
                        ban.reason(),
                        ban.created(),
                        ban.until(),
                        ban.by())
                .executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int insert(Statements statements, StoredAct act) throws SQLException {
        return filled(
                        statements.of(Sql.ADD_ACT),
                        act.at(),
                        act.actorKey(),
                        act.actorName(),
                        act.act(),
                        act.object(),
                        act.objectKey(),
                        act.reason(),
                        act.until(),
                        act.ban())
                .executeUpdate();
    }

    private static StoredBan ban(ResultSet row) throws SQLException {
        return new StoredBan(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                number(row, 8),
                row.getString(9));
    }

    private static StoredAct act(ResultSet row) throws SQLException {
        return new StoredAct(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                number(row, 9),
                number(row, 10));
    }
}
