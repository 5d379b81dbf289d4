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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link MessageStore} in a relational database: what it was told is there after a restart, whatever ended it. */
final class JdbcStore implements MessageStore {

    /** How many rooms one bite of the retention looks at, and how many messages it takes at most. */
    private static final int ROOMS_A_BITE = 20;

    private static final int MESSAGES_A_BITE = 500;

    /** Syncing a disk costs 0.2 ms of a processor, however little there is to sync. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(2);

    private record RoomRow(long id, long head, long first) {}

    private final Database database;
    private final Clock clock;
    private final SenderIds senders = new SenderIds();
    private final String epoch;

    /** Up to which room's key the retention has come; the writer only. */
    private long expiredUpTo;

    /** The store in a database, which it closes. */
    JdbcStore(Database database, Clock clock) throws StoreException {
        this.database = database;
        this.clock = clock;
        writeProbe();
        this.epoch = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(Sql.EPOCH);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        });
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<Outcome> append(List<Draft> batch) throws StoreException {
        if (batch.isEmpty()) {
            return List.of();
        }
        return write(statements -> new JdbcAppend(statements, database.dialect(), senders, clock.millis()).run(batch));
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
    public void saveGuests(Collection<GuestSession> kept, Collection<String> forgotten) throws StoreException {
        write(statements -> {
            PreparedStatement save = statements.of(Sql.SAVE_GUEST);
            for (GuestSession guest : kept) {
                save.setString(1, guest.key());
                save.setString(2, guest.name());
                save.setBytes(3, guest.secretHash());
                Long lastSeen = guest.lastSeen();
                if (lastSeen == null) {
                    save.setNull(4, Types.BIGINT);
                } else {
                    save.setLong(4, lastSeen);
                }
                save.executeUpdate();
            }
            PreparedStatement forget = statements.of(Sql.FORGET_GUEST);
            for (String key : forgotten) {
                forget.setString(1, key);
                forget.executeUpdate();
            }
            return true;
        });
    }

    @Override
    public AccountStore accounts() {
        return new JdbcAccountStore(database, this::write);
    }

    @Override
    public ModerationStore moderation() {
        return new JdbcModerationStore(database, this::write);
    }

    @Override
    public Expiry expire(long before) throws StoreException {
        return write(statements -> {
            Map<RoomName, Long> firsts = new LinkedHashMap<>();
            int rooms = 0;
            int left = MESSAGES_A_BITE;
            PreparedStatement select = statements.of(Sql.ROOMS_WITH_MESSAGES);
            select.setLong(1, expiredUpTo);
            select.setInt(2, ROOMS_A_BITE);
            try (ResultSet row = select.executeQuery()) {
                while (left > 0 && row.next()) {
                    rooms++;
                    long id = row.getLong(1);
                    long last = expire(id, before, left, statements);
                    if (last > 0) {
                        firsts.put(new RoomName(row.getString(2)), last + 1);
                        left -= (int) (last - row.getLong(3) + 1);
                    }
                    expiredUpTo = left > 0 ? id : id - 1; // the same room again when there may be more
                }
            }
            boolean done = left > 0 && rooms < ROOMS_A_BITE;
            if (done) {
                expiredUpTo = 0;
            }
            return new Expiry(firsts, done);
        });
    }

    @Override
    public Retouched retouch(long before) throws StoreException {
        return write(statements -> new JdbcRetouch(statements).run(before));
    }

    @Override
    public void probe(boolean writing) throws StoreException {
        if (writing) {
            database.checkRoom();
            writeProbe();
        } else {
            database.check();
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private void writeProbe() throws StoreException {
        write(statements -> {
            PreparedStatement probe = statements.of(Sql.PROBE);
            probe.setLong(1, clock.millis());
            return probe.executeUpdate();
        });
    }

    /** The highest seq that was deleted; 0 when none was. */
    private static long expire(long room, long before, int limit, Statements statements) throws SQLException {
        PreparedStatement select = statements.of(Sql.LAST_EXPIRED);
        select.setLong(1, room);
        select.setInt(2, limit);
        select.setLong(3, before);
        long last;
        try (ResultSet row = select.executeQuery()) {
            row.next();
            last = row.getLong(1);
        }
        if (last > 0) {
            PreparedStatement delete = statements.of(Sql.DELETE_UP_TO);
            delete.setLong(1, room);
            delete.setLong(2, last);
            delete.executeUpdate();
            PreparedStatement move = statements.of(Sql.MOVE_FIRST);
            move.setLong(1, last + 1);
            move.setLong(2, room);
            move.executeUpdate();
        }
        return last;
    }

    private <T> T write(Database.Writing<T> work) throws StoreException {
        boolean done = false;
        try {
            T result = database.write(work);
            done = true;
            return result;
        } finally {
            if (!done) {
                senders.forgetAll();
            }
        }
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
