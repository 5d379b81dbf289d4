package chat.parley.store;

import static chat.parley.store.Rows.filled;
import static chat.parley.store.Rows.number;
import static chat.parley.store.Rows.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link AccountStore} in the database of the {@link JdbcStore}, written by the same thread. */
final class JdbcAccountStore implements AccountStore {

    private final Database database;
    private final Writer writer;

    /** How {@link JdbcStore} writes: it forgets what it knows of rows when a transaction fails. */
    interface Writer {
        <T> T write(Database.Writing<T> work) throws StoreException;
    }

    JdbcAccountStore(Database database, Writer writer) {
        this.database = database;
        this.writer = writer;
    }

    @Override
    public List<StoredAccount> accounts() throws StoreException {
        return database.read(connection -> rows(connection, JdbcAccountStore::account, Sql.ACCOUNTS));
    }

    @Override
    public @Nullable StoredAccount account(String name) throws StoreException {
        List<StoredAccount> found =
                database.read(connection -> rows(connection, JdbcAccountStore::account, Sql.ACCOUNT, name));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public boolean add(StoredAccount account, StoredSession session, @Nullable String guest) throws StoreException {
        return writer.write(statements -> {
            int added = filled(
                            statements.of(Sql.ADD_ACCOUNT),
                            account.key(),
                            account.name(),
                            account.skeleton(),
                            account.passwordHash(),
                            account.created(),
                            account.skeleton())
                    .executeUpdate();
            if (added > 0) {
                if (guest != null) {
                    filled(statements.of(Sql.SET_GUEST), guest, account.key()).executeUpdate();
                }
                addSession(statements, session);
            }
            return added > 0;
        });
    }

    @Override
    public void rehash(String accountKey, String before, String after) throws StoreException {
        writer.write(statements -> filled(statements.of(Sql.SET_PASSWORD), after, accountKey, before)
                .executeUpdate());
    }

    @Override
    public boolean changePassword(String before, String after, StoredSession session, long now) throws StoreException {
        return writer.write(statements -> {
            int changed = filled(statements.of(Sql.SET_PASSWORD), after, session.accountKey(), before)
                    .executeUpdate();
            if (changed > 0) {
                filled(statements.of(Sql.REVOKE_ALL), now, session.accountKey()).executeUpdate();
                addSession(statements, session);
            }
            return changed > 0;
        });
    }

    @Override
    public void tombstone(String accountKey, String tombstone, boolean erases, long now) throws StoreException {
        writer.write(statements -> {
            int gone = filled(statements.of(Sql.TOMBSTONE), now, accountKey).executeUpdate();
            if (gone > 0) {
                filled(statements.of(Sql.REVOKE_ALL), now, accountKey).executeUpdate();
                filled(statements.of(Sql.RENAME_SENDER), tombstone, accountKey).executeUpdate();
                filled(statements.of(Sql.ADD_DEPARTURE), accountKey, tombstone, erases ? 1 : 0, now)
                        .executeUpdate();
                filled(statements.of(Sql.RENAME_GUEST), tombstone, accountKey).executeUpdate();
                filled(statements.of(Sql.ADD_GUEST_DEPARTURE), tombstone, erases ? 1 : 0, now, accountKey)
                        .executeUpdate();
            }
            return gone;
        });
    }

    @Override
    public List<StoredSession> sessions(long now) throws StoreException {
        return database.read(connection -> rows(connection, JdbcAccountStore::session, Sql.SESSIONS, now));
    }

    @Override
    public boolean add(StoredSession session, String passwordHash) throws StoreException {
        return writer.write(statements -> {
            boolean holds;
            try (ResultSet row = filled(statements.of(Sql.PASSWORD_HOLDS), session.accountKey(), passwordHash)
                    .executeQuery()) {
                holds = row.next();
            }
            if (holds) {
                addSession(statements, session);
            }
            return holds;
        });
    }

    @Override
    public void revoke(String sessionKey, long now) throws StoreException {
        writer.write(
                statements -> filled(statements.of(Sql.REVOKE), now, sessionKey).executeUpdate());
    }

    @Override
    public void forgetSessions(long before) throws StoreException {
        writer.write(statements ->
                filled(statements.of(Sql.FORGET_SESSIONS), before, before).executeUpdate());
    }

    @Override
    public List<StoredExternalUser> externalUsers() throws StoreException {
        return database.read(connection -> rows(
                connection,
                row -> new StoredExternalUser(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                Sql.EXTERNAL_USERS));
    }

    @Override
    public boolean keep(StoredExternalUser user) throws StoreException {
        return writer.write(statements -> {
            filled(
                            statements.of(Sql.KEEP_EXTERNAL_USER),
                            user.skeleton(),
                            user.name(),
                            user.key(),
                            user.since(),
                            user.skeleton())
                    .executeUpdate();
            try (ResultSet row = filled(statements.of(Sql.EXTERNAL_USER_HOLDS), user.skeleton(), user.key())
                    .executeQuery()) {
                return row.next();
            }
        });
    }

    @Override
    public List<StoredSigningKey> keys() throws StoreException {
        return database.read(connection -> rows(
                connection,
                row -> new StoredSigningKey(row.getString(1), row.getBytes(2), row.getLong(3), number(row, 4)),
                Sql.SIGNING_KEYS));
    }

    @Override
    public void add(StoredSigningKey key) throws StoreException {
        writer.write(statements -> {
            filled(statements.of(Sql.RETIRE_KEYS), key.created()).executeUpdate();
            return filled(statements.of(Sql.ADD_SIGNING_KEY), key.id(), key.secret(), key.created())
                    .executeUpdate();
        });
    }

    @Override
    public void forgetKeys(long before) throws StoreException {
        writer.write(
                statements -> filled(statements.of(Sql.FORGET_KEYS), before).executeUpdate());
    }

    private static void addSession(Statements statements, StoredSession session) throws SQLException {
        filled(
                        statements.of(Sql.ADD_SESSION),
                        session.key(),
                        session.secretHash(),
                        session.accountKey(),
                        session.created(),
                        session.expires())
                .executeUpdate();
    }

    private static StoredAccount account(ResultSet row) throws SQLException {
        return new StoredAccount(
                row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5), number(row, 6));
    }

    private static StoredSession session(ResultSet row) throws SQLException {
        return new StoredSession(row.getString(1), row.getBytes(2), row.getString(3), row.getLong(4), row.getLong(5));
    }
}
