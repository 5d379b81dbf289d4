package chat.parley.store;

/**
 * Something changed in the store that other servers hold in memory.
 *
 * @param id 1, 2, 3 ... without holes, in the order of the commits
 * @param key finds what changed, by its kind; what it is now says only the row itself
 */
public record StoredChange(long id, Kind kind, String key) {

    /** What can change; of several changes heard of at once in this order, so that who is banned is told that they are. */
    public enum Kind {
        /** A ban was made or lifted; by its id. */
        BAN,
        /** An admin did something that changes no row; by the id of the act. */
        ACT,
        /** An account was made or deleted, its password was changed, or a session of it began or ended; by its key. */
        ACCOUNT,
        /** A guest is none any more; by its key. */
        GUEST,
        /** A name is kept for somebody from elsewhere; by its look. */
        EXTERNAL,
        /** Tokens are signed with another key; by its id. */
        SIGNING_KEY,
        /** What was said in a room reads otherwise; by its name. */
        ROOM,
        /** Of a later version: nothing this one holds. */
        UNKNOWN;

        static Kind of(String name) {
            for (Kind kind : values()) {
                if (kind.name().equals(name)) {
                    return kind;
                }
            }
            return UNKNOWN;
        }
    }
}
