package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A {@link MessageStore} in a relational database: what it was told is there after a restart, whatever ended it. */
final class JdbcStore implements MessageStore {

    /** Syncing a disk costs 0.2 ms of a processor, however little there is to sync. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(2);

    private record RoomRow(long id, long head, long first) {}

    private final Database database;
    private final Clock clock;
    private final Appends appends;
    private final Retention retention;
    private final String epoch;

    /** Null while nobody claims names. */
    private volatile @Nullable JdbcGuestClaims claims;

    /** The store in a database, which it closes. */
    JdbcStore(Database database, Clock clock) throws StoreException {
        this.database = database;
        this.clock = clock;
        this.retention = new Retention(database);
        writeProbe();
        this.epoch = storedEpoch(database);
        this.appends = database.dialect().appends(database, epoch);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    /** Gives the log another epoch; this store, and every other that has it open, is to be opened anew. */
    void setEpoch(String another) throws StoreException {
        database.write(statements -> {
            PreparedStatement set = statements.of(Sql.SET_EPOCH);
            set.setString(1, another);
            return set.executeUpdate();
        });
    }

    @Override
    public List<Outcome> append(List<Draft> batch) throws StoreException {
        return batch.isEmpty() ? List.of() : appends.append(batch, clock.millis());
    }

    @Override
    public RoomState state(RoomName room, int newest) throws StoreException {
        return database.read(connection -> {
            RoomRow row = room(room, connection);
            if (row == null) {
                return new RoomState(0, 1, List.of());
            }
            Range all = Range.preceding(Long.MAX_VALUE, Math.max(1, newest));
            List<StoredMessage> messages = newest == 0 ? List.of() : messages(room, row, all, newest, connection);
            return new RoomState(row.head(), row.first(), messages);
        });
    }

    @Override
    public Page read(RoomName room, Range range) throws StoreException {
        return database.read(connection -> {
            RoomRow row = room(room, connection);
            if (row == null) {
                return new Page(List.of(), false, 1);
            }
            // One more than asked for tells whether there is more; no page is longer than the log.
            int limit = (int) Math.min(Math.min(range.limit(), row.head() - row.first() + 1), Integer.MAX_VALUE - 1);
            List<StoredMessage> messages = messages(room, row, range, limit + 1, connection);
            boolean more = messages.size() > limit;
            if (more) {
                messages = range.upwards() ? messages.subList(0, limit) : messages.subList(1, limit + 1);
            }
            return new Page(List.copyOf(messages), more, row.first());
        });
    }

    @Override
    public List<RoomName> rooms(int limit) throws StoreException {
        return database.read(connection -> {
            List<RoomName> rooms = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(Sql.ROOMS_BY_NEWEST)) {
                select.setInt(1, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rooms.add(new RoomName(row.getString(1)));
                    }
                }
            }
            return rooms;
        });
    }

    @Override
    public Map<RoomName, LogEnds> heads(Collection<RoomName> rooms) throws StoreException {
        return database.read(connection -> database.dialect().heads(connection, rooms));
    }

    @Override
    public boolean isShared() {
        return !database.dialect().isOfOneServer();
    }

    @Override
    public Duration commitInterval() {
        return COMMIT_INTERVAL;
    }

    @Override
    public List<GuestSession> guests() throws StoreException {
        return database.read(connection -> {
            List<GuestSession> guests = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(Sql.GUESTS);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long time = row.getLong(4);
                    Long lastSeen = row.wasNull() ? null : time; // asks about the column that was read last
                    guests.add(new GuestSession(row.getString(1), row.getString(2), row.getBytes(3), lastSeen));
                }
            }
            return guests;
        });
    }

    @Override
    public @Nullable GuestClaims guestClaims(Duration reserve, Duration period) {
        claims = isShared() ? new JdbcGuestClaims(database, reserve, period) : null;
        return claims;
    }

    @Override
    public void endGuests(Collection<String> keys) throws StoreException {
        if (!isShared()) {
            MessageStore.super.endGuests(keys);
            return;
        }
        database.write(statements -> {
            List<String> ended = new ArrayList<>();
            PreparedStatement end = statements.of(PostgresSql.END_GUESTS);
            end.setArray(1, statements.connection().createArrayOf("text", keys.toArray()));
            try (ResultSet row = end.executeQuery()) {
                while (row.next()) {
                    ended.add(row.getString(1));
                }
            }
            database.dialect().noteChanges(statements, StoredChange.Kind.GUEST, ended);
            return ended;
        });
    }

    @Override
    public void saveGuests(Collection<GuestSession> kept, Collection<String> forgotten) throws StoreException {
        JdbcGuestClaims shared = claims;
        database.write(statements -> {
            if (shared != null) {
                shared.save(statements, kept, forgotten);
                return true;
            }
            save(kept, statements.of(Sql.SAVE_GUEST));
            PreparedStatement forget = statements.of(Sql.FORGET_GUEST);
            for (String key : new TreeSet<>(forgotten)) {
                forget.setString(1, key);
                forget.addBatch();
            }
            forget.executeBatch();
            return true;
        });
    }

    @Override
    public AccountStore accounts() {
        return new JdbcAccountStore(database);
    }

    @Override
    public Journal journal() {
        return isShared() ? new JdbcJournal(database) : Journal.NONE;
    }

    @Override
    public ModerationStore moderation() {
        return new JdbcModerationStore(database);
    }

    @Override
    public Expiry expire(long before) throws StoreException {
        return retention.bite(before);
    }

    @Override
    public Retouched retouch(long before) throws StoreException {
        return database.write(statements -> new JdbcRetouch(statements, database.dialect()).run(before));
    }

    @Override
    public void probe(boolean writing) throws StoreException {
        if (writing) {
            database.checkRoom();
            writeProbe();
        } else {
            database.check();
        }
        if (isShared() && !storedEpoch(database).equals(epoch)) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "the log was given another epoch: start this server again");
        }
    }

    private static String storedEpoch(Database database) throws StoreException {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(Sql.EPOCH);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        });
    }

    @Override
    public void close() {
        database.close();
    }

    /** In the order of their keys, so that two servers that save the same guests do not wait for each other. */
    private static void save(Collection<GuestSession> guests, PreparedStatement save) throws SQLException {
        List<GuestSession> ordered = new ArrayList<>(guests);
        ordered.sort(Comparator.comparing(GuestSession::key));
        for (GuestSession guest : ordered) {
            save.setString(1, guest.key());
            save.setString(2, guest.name());
            save.setBytes(3, guest.secretHash());
            Long lastSeen = guest.lastSeen();
            if (lastSeen == null) {
                save.setNull(4, Types.BIGINT);
            } else {
                save.setLong(4, lastSeen);
            }
            save.addBatch();
        }
        save.executeBatch();
    }

    private void writeProbe() throws StoreException {
        database.write(statements -> {
            PreparedStatement probe = statements.of(Sql.PROBE);
            probe.setLong(1, clock.millis());
            return probe.executeUpdate();
        });
    }

    private static @Nullable RoomRow room(RoomName room, Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.ROOM)) {
            select.setString(1, room.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new RoomRow(row.getLong(1), row.getLong(2), row.getLong(3)) : null;
            }
        }
    }

    /** Ascending, whichever end the limit counts from. */
    private static List<StoredMessage> messages(
            RoomName room, RoomRow row, Range range, int limit, Connection connection) throws SQLException {
        List<StoredMessage> messages = new ArrayList<>();
        String sql = range.upwards() ? Sql.MESSAGES_UP : Sql.MESSAGES_DOWN;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, row.id());
            select.setLong(2, range.after());
            select.setLong(3, range.before());
            select.setInt(4, limit);
            try (ResultSet each = select.executeQuery()) {
                while (each.next()) {
                    Author author = new Author(each.getString(2), each.getString(3), each.getInt(4) != 0);
                    messages.add(new StoredMessage(
                            room, each.getLong(1), author, each.getString(5), each.getString(6), each.getLong(7)));
                }
            }
        }
        if (!range.upwards()) {
            Collections.reverse(messages);
        }
        return messages;
    }
}
