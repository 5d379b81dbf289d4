package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch as the function {@code append_1} takes it, and what its answer means. Rooms and authors are sent once each, and of
 * drafts with the same (room, author, id) the first: the others are compared with it here.
 */
final class PostgresBatch {

    private record Key(RoomName room, String author, String id) {}

    /** The message that stands under a key. */
    private record Known(long seq, long timestamp, byte[] digest) {}

    private static final class RoomRow {
        private final long timestamp;
        private final long first;
        private long head;

        private RoomRow(long head, long timestamp, long first) {
            this.head = head;
            this.timestamp = timestamp;
            this.first = first;
        }
    }

    private final List<Draft> batch;
    private final List<byte[]> digests;

    /** The places that are counted from 1 in the database. */
    private final Map<RoomName, Integer> rooms = new LinkedHashMap<>();

    private final Map<String, Integer> authors = new LinkedHashMap<>();
    private final Map<Key, Integer> firsts = new LinkedHashMap<>();

    /** What each is called last in the batch. */
    private final Map<String, Author> named = new HashMap<>();

    PostgresBatch(List<Draft> batch) {
        this.batch = batch;
        this.digests = new ArrayList<>(batch.size());
        DraftDigest digest = new DraftDigest();
        for (int i = 0; i < batch.size(); i++) {
            Draft draft = batch.get(i);
            digests.add(digest.of(draft));
            rooms.putIfAbsent(draft.room(), rooms.size() + 1);
            authors.putIfAbsent(draft.author().key(), authors.size() + 1);
            named.put(draft.author().key(), draft.author());
            firsts.putIfAbsent(key(draft), i);
        }
    }

    /** Sets the arrays of the function, from that place on. */
    void fill(PreparedStatement call, int from) throws SQLException {
        Connection connection = call.getConnection();
        List<Author> people = authors.keySet().stream().map(this::named).toList();
        List<Draft> drafts = firsts.values().stream().map(batch::get).toList();
        Object[][] columns = {
            rooms.keySet().stream().map(RoomName::value).toArray(),
            authors.keySet().toArray(),
            people.stream().map(Author::name).toArray(),
            people.stream().map(author -> author.guest() ? 1 : 0).toArray(),
            drafts.stream().map(draft -> rooms.get(draft.room())).toArray(),
            drafts.stream().map(draft -> authors.get(draft.author().key())).toArray(),
            drafts.stream().map(Draft::id).toArray(),
            firsts.values().stream().map(digests::get).toArray(byte[][]::new),
            drafts.stream().map(Draft::content).toArray()
        };
        String[] types = {"text", "text", "text", "int4", "int4", "int4", "text", "bytea", "text"};
        for (int i = 0; i < columns.length; i++) {
            call.setArray(from + i, connection.createArrayOf(types[i], columns[i]));
        }
    }

    /**
     * What became of each draft.
     *
     * @param doubtful since when, by the timestamps of messages, what is found there may be what this batch itself has stored;
     *     {@code Long.MAX_VALUE} for never
     */
    List<Outcome> outcomes(ResultSet row, long doubtful) throws SQLException {
        Map<Integer, Known> known = new HashMap<>();
        Map<Integer, RoomRow> heads = new HashMap<>();
        while (row.next()) {
            int place = row.getInt(1);
            if (place < 0) {
                heads.put(-place, new RoomRow(row.getLong(2), row.getLong(3), row.getLong(4)));
            } else {
                known.put(place, new Known(row.getLong(2), row.getLong(3), row.getBytes(5)));
            }
        }
        Map<Key, Known> there = new HashMap<>();
        int place = 0;
        for (Key key : firsts.keySet()) {
            place++;
            Known already = known.get(place);
            if (already != null) {
                there.put(key, already);
            }
        }
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            boolean isResend = i > firsts.getOrDefault(key(batch.get(i)), i);
            outcomes.add(outcome(batch.get(i), digests.get(i), there, heads, isResend ? Long.MAX_VALUE : doubtful));
        }
        return outcomes;
    }

    private Outcome outcome(
            Draft draft, byte[] digest, Map<Key, Known> there, Map<Integer, RoomRow> heads, long doubtful)
            throws SQLException {
        Known known = there.get(key(draft));
        if (known == null) {
            RoomRow room = heads.get(rooms.get(draft.room()));
            if (room == null) {
                throw new SQLException("a room of the batch is not in its answer");
            }
            room.head++;
            there.put(key(draft), new Known(room.head, room.timestamp, digest));
            return new Outcome.Stored(message(draft, room.head, room.timestamp), room.first);
        }
        if (!MessageDigest.isEqual(digest, known.digest())) {
            return new Outcome.Conflict();
        }
        StoredMessage message = message(draft, known.seq(), known.timestamp());
        return known.timestamp() < doubtful ? new Outcome.Duplicate(message) : new Outcome.Unsure(message);
    }

    private static StoredMessage message(Draft draft, long seq, long timestamp) {
        return new StoredMessage(draft.room(), seq, draft.author(), draft.id(), draft.content(), timestamp);
    }

    private static Key key(Draft draft) {
        return new Key(draft.room(), draft.author().key(), draft.id());
    }

    private Author named(String key) {
        Author author = named.get(key);
        if (author == null) {
            throw new IllegalStateException("an author without a name");
        }
        return author;
    }
}
