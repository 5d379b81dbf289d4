package chat.parley.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of those who spoke lately. A key never changes once its row is committed; after a rollback all is forgotten,
 * because rows may be gone with it. The writer's thread only.
 */
final class SenderIds {

    private static final int REMEMBERED = 20_000;

    private record Known(long id, Author author) {}

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The key of an author, whose row is made or gets the new name if need be. */
    long idOf(Author author, Statements statements) throws SQLException {
        Known there = known.get(author.key());
        if (there != null && there.author().equals(author)) {
            return there.id();
        }
        PreparedStatement add = statements.of(Sql.ADD_SENDER);
        add.setString(1, author.key());
        add.setString(2, author.name());
        add.setInt(3, author.guest() ? 1 : 0);
        try (ResultSet row = add.executeQuery()) {
            row.next();
            long id = row.getLong(1);
            known.put(author.key(), new Known(id, author));
            return id;
        }
    }

    void forgetAll() {
        known.clear();
    }
}
