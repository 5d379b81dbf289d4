package chat.parley.store;

import static chat.parley.store.Rows.filled;
import static chat.parley.store.Rows.number;
import static chat.parley.store.Rows.pages;
import static chat.parley.store.Rows.rows;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link AccountStore} in the database of the {@link JdbcStore}, written by the same thread. */
final class JdbcAccountStore implements AccountStore {

    private final Database database;

    JdbcAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public List<StoredAccount> accounts() throws StoreException {
        return database.read(
                connection -> pages(connection, JdbcAccountStore::account, StoredAccount::key, Sql.ACCOUNTS));
    }

    @Override
    public List<StoredAccount> accounts(Collection<String> keys) throws StoreException {
        return database.dialect().isOfOneServer()
                ? AccountStore.super.accounts(keys)
                : database.read(connection -> rows(
                        connection, JdbcAccountStore::account, PostgresSql.ACCOUNTS_BY_KEY, texts(connection, keys)));
    }

    @Override
    public @Nullable StoredAccount account(String name) throws StoreException {
        List<StoredAccount> found =
                database.read(connection -> rows(connection, JdbcAccountStore::account, Sql.ACCOUNT, name));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public @Nullable String guest(String name) throws StoreException {
        if (database.dialect().isOfOneServer()) {
            return null;
        }
        List<String> found =
                database.read(connection -> rows(connection, row -> row.getString(1), PostgresSql.GUEST_OF_NAME, name));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public boolean add(StoredAccount account, StoredSession session, @Nullable String guest) throws StoreException {
        return database.write(statements -> {
            database.dialect().lockName(statements, account.skeleton()); // of whoever comes with that look otherwise
            if (guestOf(statements, account.skeleton(), guest) != null) {
                return false;
            }
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
                changed(statements, account.key());
            }
            return added > 0;
        });
    }

    @Override
    public void rehash(String accountKey, String before, String after) throws StoreException {
        database.write(statements -> filled(statements.of(Sql.SET_PASSWORD), after, accountKey, before)
                .executeUpdate());
    }

    @Override
    public boolean changePassword(String before, String after, StoredSession session, long now) throws StoreException {
        return database.write(statements -> {
            int changed = filled(statements.of(Sql.SET_PASSWORD), after, session.accountKey(), before)
                    .executeUpdate();
            if (changed > 0) {
                filled(statements.of(Sql.REVOKE_ALL), now, session.accountKey()).executeUpdate();
                addSession(statements, session);
                changed(statements, session.accountKey());
            }
            return changed > 0;
        });
    }

    @Override
    public void tombstone(String accountKey, String tombstone, boolean erases, long now) throws StoreException {
        database.write(statements -> {
            int gone = filled(statements.of(Sql.TOMBSTONE), now, accountKey).executeUpdate();
            if (gone > 0) {
                filled(statements.of(Sql.REVOKE_ALL), now, accountKey).executeUpdate();
                filled(statements.of(Sql.RENAME_SENDER), tombstone, accountKey).executeUpdate();
                filled(statements.of(Sql.ADD_DEPARTURE), accountKey, tombstone, erases ? 1 : 0, now)
                        .executeUpdate();
                filled(statements.of(Sql.RENAME_GUEST), tombstone, accountKey).executeUpdate();
                filled(statements.of(Sql.ADD_GUEST_DEPARTURE), tombstone, erases ? 1 : 0, now, accountKey)
                        .executeUpdate();
                changed(statements, accountKey);
            }
            return gone;
        });
    }

    @Override
    public List<StoredSession> sessions(long now) throws StoreException {
        return database.read(
                connection -> pages(connection, JdbcAccountStore::session, StoredSession::key, Sql.SESSIONS, now));
    }

    @Override
    public List<StoredSession> sessions(Collection<String> accountKeys, long now) throws StoreException {
        return database.dialect().isOfOneServer()
                ? AccountStore.super.sessions(accountKeys, now)
                : database.read(connection -> rows(
                        connection,
                        JdbcAccountStore::session,
                        PostgresSql.SESSIONS_OF,
                        texts(connection, accountKeys),
                        now));
    }

    @Override
    public boolean add(StoredSession session, String passwordHash) throws StoreException {
        return database.write(statements -> {
            boolean holds;
            try (ResultSet row = filled(
                            statements.of(
                                    Sql.PASSWORD_HOLDS + database.dialect().rowLock()),
                            session.accountKey(),
                            passwordHash)
                    .executeQuery()) {
                holds = row.next();
            }
            if (holds) {
                addSession(statements, session);
                changed(statements, session.accountKey());
            }
            return holds;
        });
    }

    @Override
    public void revoke(String sessionKey, long now) throws StoreException {
        database.write(statements -> {
            int revoked = filled(statements.of(Sql.REVOKE), now, sessionKey).executeUpdate();
            if (revoked > 0) {
                try (ResultSet row =
                        filled(statements.of(Sql.SESSION_ACCOUNT), sessionKey).executeQuery()) {
                    if (row.next()) {
                        changed(statements, row.getString(1));
                    }
                }
            }
            return revoked;
        });
    }

    @Override
    public void forgetSessions(long before) throws StoreException {
        database.write(statements ->
                filled(statements.of(Sql.FORGET_SESSIONS), before, before).executeUpdate());
    }

    @Override
    public List<StoredExternalUser> externalUsers() throws StoreException {
        return database.read(connection ->
                pages(connection, JdbcAccountStore::externalUser, StoredExternalUser::skeleton, Sql.EXTERNAL_USERS));
    }

    @Override
    public List<StoredExternalUser> externalUsers(Collection<String> looks) throws StoreException {
        return database.dialect().isOfOneServer()
                ? AccountStore.super.externalUsers(looks)
                : database.read(connection -> rows(
                        connection,
                        JdbcAccountStore::externalUser,
                        PostgresSql.EXTERNAL_USERS_BY_LOOK,
                        texts(connection, looks)));
    }

    @Override
    public boolean keep(StoredExternalUser user) throws StoreException {
        return database.write(statements -> {
            database.dialect().lockName(statements, user.skeleton());
            int kept = filled(
                            statements.of(Sql.KEEP_EXTERNAL_USER),
                            user.skeleton(),
                            user.name(),
                            user.key(),
                            user.since(),
                            user.skeleton())
                    .executeUpdate();
            if (kept > 0) {
                String guest = guestOf(statements, user.skeleton(), null);
                if (guest != null) {
                    filled(statements.of(Sql.FORGET_GUEST), guest).executeUpdate();
                    database.dialect().noteChange(statements, StoredChange.Kind.GUEST, guest);
                }
                database.dialect().noteChange(statements, StoredChange.Kind.EXTERNAL, user.skeleton());
            }
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
        database.write(statements -> {
            filled(statements.of(Sql.RETIRE_KEYS), key.created()).executeUpdate();
            filled(statements.of(Sql.ADD_SIGNING_KEY), key.id(), key.secret(), key.created())
                    .executeUpdate();
            database.dialect().noteChange(statements, StoredChange.Kind.SIGNING_KEY, key.id());
            return true;
        });
    }

    @Override
    public void forgetKeys(long before) throws StoreException {
        database.write(
                statements -> filled(statements.of(Sql.FORGET_KEYS), before).executeUpdate());
    }

    /** The key of the guest of some server who has that look, other than this one; null when there is none. */
    private @Nullable String guestOf(Statements statements, String look, @Nullable String own) throws SQLException {
        if (database.dialect().isOfOneServer()) {
            return null; // who is in memory is all there are
        }
        try (ResultSet row = filled(statements.of(PostgresSql.GUEST_OF_LOOK), look, own == null ? "" : own)
                .executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void changed(Statements statements, String accountKey) throws SQLException {
        database.dialect().noteChange(statements, StoredChange.Kind.ACCOUNT, accountKey);
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static StoredExternalUser externalUser(ResultSet row) throws SQLException {
        return new StoredExternalUser(row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
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
