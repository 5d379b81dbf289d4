package chat.parley.store;

import static chat.parley.store.Rows.filled;
import static chat.parley.store.Rows.number;
import static chat.parley.store.Rows.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link ModerationStore} in the database of the {@link JdbcStore}, written by the same thread. */
final class JdbcModerationStore implements ModerationStore {

    private final Database database;

    JdbcModerationStore(Database database) {
        this.database = database;
    }

    @Override
    public List<StoredBan> bans() throws StoreException {
        return database.read(connection -> rows(connection, JdbcModerationStore::ban, Sql.BANS));
    }

    @Override
    public StoredBan ban(StoredBan ban, StoredAct act) throws StoreException {
        return database.write(statements -> {
            database.dialect().lockName(statements, ban.userKey());
            database.dialect().lockName(statements, ban.network());
            filled(statements.of(Sql.REPLACE_BAN), ban.userKey(), ban.network()).executeUpdate();
            StoredBan stored = ban.withId(insert(statements, ban));
            insert(statements, act.ofBan(stored.id()));
            changed(statements, StoredChange.Kind.BAN, stored.id());
            return stored;
        });
    }

    @Override
    public boolean lift(long id, StoredAct act) throws StoreException {
        return database.write(statements -> {
            boolean was = filled(statements.of(Sql.LIFT_BAN), id).executeUpdate() > 0;
            if (was) {
                insert(statements, act.ofBan(id));
                changed(statements, StoredChange.Kind.BAN, id);
            }
            return was;
        });
    }

    @Override
    public long add(StoredAct act) throws StoreException {
        return database.write(statements -> {
            long id = insert(statements, act);
            changed(statements, StoredChange.Kind.ACT, id);
            return id;
        });
    }

    @Override
    public @Nullable StoredBan ban(long id) throws StoreException {
        return first(database.read(connection -> rows(connection, JdbcModerationStore::ban, Sql.BAN, id)));
    }

    @Override
    public @Nullable StoredAct act(long id) throws StoreException {
        return first(database.read(connection -> rows(connection, JdbcModerationStore::act, Sql.ACT, id)));
    }

    @Override
    public void forgetBans(long before) throws StoreException {
        database.write(
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

    private void changed(Statements statements, StoredChange.Kind kind, long id) throws SQLException {
        database.dialect().noteChange(statements, kind, Long.toString(id));
    }

    private static <T> @Nullable T first(List<T> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static long insert(Statements statements, StoredAct act) throws SQLException {
        try (ResultSet row = filled(
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
                .executeQuery()) {
            row.next();
            return row.getLong(1);
        }
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
