package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes messages that are too old, a bite at a time, round after round through all rooms. Several servers may do it at
 * once: what is deleted is decided under the room's lock. The appending thread only.
 */
final class Retention {

    /** How many rooms one bite looks at, and how many messages it takes at most. */
    private static final int ROOMS_A_BITE = 20;

    private static final int MESSAGES_A_BITE = 500;

    private record RoomRow(long id, RoomName name) {}

    private final Database database;

    /** Up to which room's key it has come. */
    private long doneUpTo;

    Retention(Database database) {
        this.database = database;
    }

    Expiry bite(long before) throws StoreException {
        List<RoomRow> due = new ArrayList<>();
        List<RoomRow> rooms = database.read(connection -> {
            List<RoomRow> found = rooms(connection);
            due.clear();
            for (RoomRow room : found) {
                try (PreparedStatement select = connection.prepareStatement(Sql.LAST_EXPIRED)) {
                    if (last(select, room, MESSAGES_A_BITE, before) > 0) {
                        due.add(room);
                    }
                }
            }
            return found;
        });
        Map<RoomName, Long> firsts = new LinkedHashMap<>();
        int left = MESSAGES_A_BITE;
        for (List<RoomRow> together : transactions(due)) {
            left -= delete(together, before, left, firsts);
            if (left <= 0) {
                break;
            }
        }
        if (left <= 0) {
            return new Expiry(firsts, false); // from there again, where there may be more
        }
        boolean done = rooms.size() < ROOMS_A_BITE;
        doneUpTo = done ? 0 : rooms.get(rooms.size() - 1).id();
        return new Expiry(firsts, done);
    }

    /**
     * Who locks two rooms and does not go by their names may wait for a batch that waits for them. So with several servers each
     * room has its own transaction; a server alone has nobody to wait for, and saves the commits.
     */
    private List<List<RoomRow>> transactions(List<RoomRow> due) {
        if (due.isEmpty()) {
            return List.of();
        }
        return database.dialect().isOfOneServer()
                ? List.of(due)
                : due.stream().map(List::of).toList();
    }

    /** How many are gone, at most. */
    private int delete(List<RoomRow> rooms, long before, int limit, Map<RoomName, Long> firsts) throws StoreException {
        Map<RoomName, Long> moved = new LinkedHashMap<>();
        int gone = database.write(statements -> {
            moved.clear();
            int left = limit;
            for (RoomRow room : rooms) {
                if (left > 0) {
                    left -= delete(room, before, left, moved, statements);
                }
            }
            return limit - left;
        });
        firsts.putAll(moved);
        return gone;
    }

    private int delete(RoomRow room, long before, int limit, Map<RoomName, Long> moved, Statements statements)
            throws SQLException {
        PreparedStatement select = statements.of(Sql.FIRST + database.dialect().rowLock());
        select.setLong(1, room.id());
        long first;
        try (ResultSet row = select.executeQuery()) {
            row.next();
            first = row.getLong(1);
        }
        long last = last(statements.of(Sql.LAST_EXPIRED), room, limit, before);
        if (last == 0) {
            return 0; // another server was quicker
        }
        PreparedStatement delete = statements.of(Sql.DELETE_UP_TO);
        delete.setLong(1, room.id());
        delete.setLong(2, last);
        delete.executeUpdate();
        PreparedStatement move = statements.of(Sql.MOVE_FIRST);
        move.setLong(1, last + 1);
        move.setLong(2, room.id());
        move.executeUpdate();
        moved.put(room.name(), last + 1);
        return (int) (last - first + 1);
    }

    private List<RoomRow> rooms(Connection connection) throws SQLException {
        List<RoomRow> rooms = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(Sql.ROOMS_WITH_MESSAGES)) {
            select.setLong(1, doneUpTo);
            select.setInt(2, ROOMS_A_BITE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rooms.add(new RoomRow(row.getLong(1), new RoomName(row.getString(2))));
                }
            }
        }
        return rooms;
    }

    /** The highest seq of the oldest messages that is to go; 0 for none. */
    private static long last(PreparedStatement select, RoomRow room, int limit, long before) throws SQLException {
        select.setLong(1, room.id());
        select.setInt(2, limit);
        select.setLong(3, before);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
