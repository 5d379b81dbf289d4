package chat.parley.store;

import java.util.List;

/**
 * Tells the servers over one store what the others changed. It says where to look, and nothing else: whoever hears of a
 * change reads the row anew, so that it does no harm to hear of it twice, or late.
 *
 * <p>Guarantees: a change is in it when it is committed and not before; their ids have no holes and follow the order of the
 * commits. Not guaranteed: that old ones stay. Every method may wait for a network; any thread may read, {@link #forget} is
 * called by the thread that appends.
 */
public interface Journal {

    /** That of a store which one server has for itself. */
    Journal NONE = new Journal() {
        @Override
        public Changes after(long id, int limit) {
            return new Changes(0, List.of());
        }

        @Override
        public void forget(long olderThanMillis) {}

        @Override
        public void onOwn(Runnable listener) {}
    };

    /**
     * Some changes.
     *
     * @param last the id of the newest there is, or ever was
     * @param next ascending
     */
    record Changes(long last, List<StoredChange> next) {}

    /** The changes with higher ids, the lowest first, so many at most. */
    Changes after(long id, int limit) throws StoreException;

    /** Deletes what is older than this, in milliseconds. */
    void forget(long olderThanMillis) throws StoreException;

    /** Has somebody told, by the thread that writes, when this server committed a change; one at most. */
    void onOwn(Runnable listener);
}
