package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One bite of the work on deleted accounts, within one transaction: it goes on through the rooms where the first of them
 * left off, and empties what they said there if that was asked. How far it came is kept with it, so that a restart goes
 * on there.
 */
final class JdbcRetouch {

    /** How many rooms one bite looks at, and how many messages it empties at most: some milliseconds. */
    static final int ROOMS_A_BITE = 200;

    static final int MESSAGES_A_BITE = 500;

    private static final byte[] NOTHING = {};

    private record Departure(String key, boolean erases, long room, String id) {}

    private record RoomRow(long id, String name) {}

    private final Statements statements;
    private final Dialect dialect;
    private final Set<RoomName> touched = new LinkedHashSet<>();

    JdbcRetouch(Statements statements, Dialect dialect) {
        this.statements = statements;
        this.dialect = dialect;
    }

    Retouched run(long before) throws SQLException {
        Retouched bite = bite(before);
        dialect.noteChanges(
                statements,
                StoredChange.Kind.ROOM,
                touched.stream().map(RoomName::value).toList());
        return bite;
    }

    private Retouched bite(long before) throws SQLException {
        Departure departure = next(before);
        if (departure == null) {
            return Retouched.NOTHING;
        }
        // Once more: what was on its way when the account was deleted may have brought the old name back.
        set(statements.of(Sql.RENAME_DEPARTED), departure.key(), departure.key())
                .executeUpdate();
        List<RoomRow> rooms = rooms(departure.room());
        int left = MESSAGES_A_BITE;
        for (RoomRow room : rooms) {
            String from = room.id() == departure.room() ? departure.id() : "";
            if (!departure.erases()) {
                touchIfTheySpoke(room, departure);
                continue;
            }
            List<String> ids = erase(room, departure.key(), from, left);
            left -= ids.size();
            if (left == 0) {
                moveTo(departure, room.id(), ids.get(ids.size() - 1));
                return new Retouched(touched, false);
            }
        }
        if (rooms.size() < ROOMS_A_BITE) {
            set(statements.of(Sql.FORGET_DEPARTURE), departure.key()).executeUpdate();
        } else {
            moveTo(departure, rooms.get(rooms.size() - 1).id() + 1, "");
        }
        return new Retouched(touched, false);
    }

    /** One that no other server is at. */
    private @Nullable Departure next(long before) throws SQLException {
        try (ResultSet row = set(statements.of(Sql.NEXT_DEPARTURE + dialect.freeRowLock()), before)
                .executeQuery()) {
            return row.next()
                    ? new Departure(row.getString(1), row.getInt(2) != 0, row.getLong(3), row.getString(4))
                    : null;
        }
    }

    private List<RoomRow> rooms(long from) throws SQLException {
        List<RoomRow> rooms = new ArrayList<>();
        try (ResultSet row =
                set(statements.of(Sql.ROOMS_FROM), from, ROOMS_A_BITE).executeQuery()) {
            while (row.next()) {
                rooms.add(new RoomRow(row.getLong(1), row.getString(2)));
            }
        }
        return rooms;
    }

    private void touchIfTheySpoke(RoomRow room, Departure departure) throws SQLException {
        try (ResultSet row = set(statements.of(Sql.SAID_BY), room.id(), departure.key(), "", 1)
                .executeQuery()) {
            if (row.next()) {
                touched.add(new RoomName(room.name()));
            }
        }
    }

    /** The ids of what was emptied, ascending. */
    private List<String> erase(RoomRow room, String sender, String from, int limit) throws SQLException {
        List<String> ids = new ArrayList<>();
        List<Long> seqs = new ArrayList<>();
        try (ResultSet row =
                set(statements.of(Sql.SAID_BY), room.id(), sender, from, limit).executeQuery()) {
            while (row.next()) {
                seqs.add(row.getLong(1));
                ids.add(row.getString(2));
            }
        }
        PreparedStatement empty = statements.of(Sql.EMPTY_MESSAGE);
        for (long seq : seqs) {
            set(empty, NOTHING, room.id(), seq).addBatch();
        }
        if (!seqs.isEmpty()) {
            empty.executeBatch();
            touched.add(new RoomName(room.name()));
        }
        return ids;
    }

    private void moveTo(Departure departure, long room, String id) throws SQLException {
        set(statements.of(Sql.MOVE_DEPARTURE), room, id, departure.key()).executeUpdate();
    }

    private static PreparedStatement set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
