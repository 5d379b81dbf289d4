package chat.parley.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in the file, read past the server.
 *
 * @param rooms the events of each room, in the order of their numbers
 * @param heads the highest number of each room as the file tells it
 */
record StoredLog(String epoch, Map<String, List<Event>> rooms, Map<String, Long> heads) {

    private static final String EVENTS = "select room.name, message.seq, message.id, sender.name, message.content"
            + " from message join room on room.id = message.room join sender on sender.id = message.sender"
            + " order by message.room, message.seq";

    /** Reads a file that nobody uses. */
    static StoredLog of(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            Map<String, List<Event>> rooms = new TreeMap<>();
            Map<String, Long> heads = new TreeMap<>();
            try (ResultSet row = statement.executeQuery("select name, head from room")) {
                while (row.next()) {
                    heads.put(row.getString(1), row.getLong(2));
                    rooms.put(row.getString(1), new ArrayList<>());
                }
            }
            try (ResultSet row = statement.executeQuery(EVENTS)) {
                while (row.next()) {
                    Event event = new Event(
                            row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5));
                    rooms.computeIfAbsent(event.room(), room -> new ArrayList<>())
                            .add(event);
                }
            }
            try (ResultSet row = statement.executeQuery("select epoch from store")) {
                row.next();
                return new StoredLog(row.getString(1), rooms, heads);
            }
        }
    }

    /** The events of a room; none of a room that is not there. */
    List<Event> room(String room) {
        return rooms.getOrDefault(room, List.of());
    }

    /** What stands under a number; null when nothing does. */
    @Nullable Event at(String room, long seq) {
        List<Event> events = room(room);
        return seq < 1 || seq > events.size() ? null : events.get((int) seq - 1);
    }
}
