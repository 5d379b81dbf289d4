package chat.parley.crash;

import chat.parley.verify.Event;
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

/**
 * What is in the database, read past the server.
 *
 * @param rooms the events of each room, in the order of their numbers
 * @param heads the highest number of each room as the database tells it
 */
record StoredLog(String epoch, Map<String, List<Event>> rooms, Map<String, Long> heads) {

    private static final String EVENTS = "select room.name, message.seq, message.id, sender.name, message.content"
            + " from message join room on room.id = message.room join sender on sender.id = message.sender"
            + " order by message.room, message.seq";

    /** Reads a file that nobody uses. */
    static StoredLog of(Path file) throws SQLException {
        return of("jdbc:sqlite:" + file);
    }

    /** Reads what is at a URL of JDBC. */
    static StoredLog of(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
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
}
