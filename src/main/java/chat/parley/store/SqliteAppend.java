package chat.parley.store;

import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One batch of appends within one transaction: what was there is recognised, what is new is numbered, and the heads of
 * the rooms move. What it says is true once the transaction is committed.
 */
final class SqliteAppend {

    private static final class RoomRow {
        private final long id;
        private final long first;
        private final long committed;
        private long head;
        private long lastTimestamp;

        private RoomRow(long id, long head, long first, long lastTimestamp) {
            this.id = id;
            this.committed = head;
            this.head = head;
            this.first = first;
            this.lastTimestamp = lastTimestamp;
        }
    }

    private final Statements statements;
    private final SenderIds senders;
    private final long now;
    private final DraftDigest digests = new DraftDigest();
    private final Map<String, RoomRow> rooms = new LinkedHashMap<>();

    SqliteAppend(Statements statements, SenderIds senders, long now) {
        this.statements = statements;
        this.senders = senders;
        this.now = now;
    }

    List<Outcome> run(List<Draft> batch) throws SQLException {
        readRooms(batch);
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        PreparedStatement add = statements.of(Sql.ADD_MESSAGE);
        for (Draft draft : batch) {
            outcomes.add(append(draft, add));
        }
        moveHeads();
        return outcomes;
    }

    private void readRooms(List<Draft> batch) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        for (Draft draft : batch) {
            names.add(draft.room().value());
        }
        PreparedStatement select = statements.of(Sql.ROOM_TO_APPEND);
        for (String name : names) {
            RoomRow row = read(name, select);
            if (row == null) {
                PreparedStatement add = statements.of(Sql.ADD_ROOM);
                add.setString(1, name);
                add.executeUpdate();
                row = read(name, select);
            }
            if (row == null) {
                throw new SQLException("the row of a room is not there after it was added");
            }
            rooms.put(name, row);
        }
    }

    private static @Nullable RoomRow read(String name, PreparedStatement select) throws SQLException {
        select.setString(1, name);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? new RoomRow(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)) : null;
        }
    }

    private Outcome append(Draft draft, PreparedStatement add) throws SQLException {
        RoomRow room = rooms.get(draft.room().value());
        if (room == null) {
            throw new IllegalStateException("a room was not read");
        }
        long sender = senders.idOf(draft.author(), statements);
        long timestamp = Math.max(room.lastTimestamp, now);
        byte[] digest = digests.of(draft);
        add.setLong(1, room.id);
        add.setLong(2, room.head + 1);
        add.setString(3, Sql.MESSAGE_TYPE);
        add.setString(4, draft.id());
        add.setLong(5, sender);
        add.setBytes(6, digest);
        add.setString(7, draft.content());
        add.setLong(8, timestamp);
        if (add.executeUpdate() == 0) {
            return known(draft, room, sender, digest);
        }
        room.head++;
        room.lastTimestamp = timestamp;
        return new Outcome.Stored(
                new StoredMessage(draft.room(), room.head, draft.author(), draft.id(), draft.content(), timestamp),
                room.first);
    }

    private Outcome known(Draft draft, RoomRow room, long sender, byte[] digest) throws SQLException {
        PreparedStatement select = statements.of(Sql.KNOWN_MESSAGE);
        select.setLong(1, room.id);
        select.setLong(2, sender);
        select.setString(3, draft.id());
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("a message that was in the way is not there");
            }
            if (!MessageDigest.isEqual(digest, row.getBytes(4))) {
                return new Outcome.Conflict();
            }
            return new Outcome.Duplicate(new StoredMessage(
                    draft.room(), row.getLong(1), draft.author(), draft.id(), row.getString(2), row.getLong(3)));
        }
    }

    private void moveHeads() throws SQLException {
        PreparedStatement move = statements.of(Sql.MOVE_HEAD);
        for (RoomRow room : rooms.values()) {
            if (room.head > room.committed) {
                move.setLong(1, room.head);
                move.setLong(2, room.lastTimestamp);
                move.setLong(3, room.id);
                move.executeUpdate();
            }
        }
    }
}
