package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of every room: a message exists once this has numbered and committed it.
 *
 * <p>Guarantees: numbers of a room are 1, 2, 3 ... without holes, whatever fails; a batch is one transaction, in the
 * order given; of one (room, author key, id) there is one message, also within a batch; timestamps of a room never
 * decrease; what {@link #append} returned can be read at once by anybody. Not guaranteed: that old messages stay, the
 * lowest seq still there is told as {@code first}.
 *
 * <p>Every method may wait for a disk or a network. {@link #append} is called by one thread only ({@link
 * GroupCommit}); reads by any number of threads at the same time, and never wait for an append.
 */
public interface MessageStore extends AutoCloseable {

    /** Which log the numbers belong to; constant for a store, and different from that of every other store. */
    String epoch();

    /**
     * Numbers and commits the drafts.
     *
     * @return one outcome a draft, in the same order
     * @throws StoreException when the batch was not, or perhaps not, committed
     */
    List<Outcome> append(List<Draft> batch) throws StoreException;

    /**
     * The state of a room's log with its newest messages; a room nobody ever spoke in has head 0 and first 1.
     *
     * @param newest how many messages at most
     */
    RoomState state(RoomName room, int newest) throws StoreException;

    /** The messages of a range. */
    Page read(RoomName room, Range range) throws StoreException;

    /**
     * The rooms where somebody spoke, the one with the newest message first.
     *
     * @param limit how many at most
     */
    default List<RoomName> rooms(int limit) throws StoreException {
        return List.of();
    }

    /**
     * Where the logs of these rooms end and begin now; rooms that nobody ever spoke in are left out. Meant to be asked often,
     * for many rooms at once.
     */
    default Map<RoomName, LogEnds> heads(Collection<RoomName> rooms) throws StoreException {
        Map<RoomName, LogEnds> heads = new HashMap<>();
        for (RoomName room : rooms) {
            RoomState state = state(room, 0);
            if (state.head() > 0) {
                heads.put(room, new LogEnds(state.head(), state.first()));
            }
        }
        return heads;
    }

    /** Whether other servers may append to the same log. */
    default boolean isShared() {
        return false;
    }

    /**
     * How far apart commits should begin while messages keep coming, so that more share one; zero when a commit costs
     * nothing by itself.
     */
    default Duration commitInterval() {
        return Duration.ZERO;
    }

    /** The guests that were saved and not forgotten. */
    default List<GuestSession> guests() throws StoreException {
        return List.of();
    }

    /**
     * Saves guests, in place of what was saved of them before, and forgets others. Called by the thread that appends;
     * committed when it returns. A store that ends with the process need not keep them.
     *
     * @param forgotten keys
     */
    default void saveGuests(Collection<GuestSession> kept, Collection<String> forgotten) throws StoreException {}

    /** Ends guests, wherever they are: nobody comes back as them. Called by the thread that appends. */
    default void endGuests(Collection<String> keys) throws StoreException {
        saveGuests(List.of(), keys);
    }

    /**
     * The names of guests where several servers share the store; asked for once. From then on {@link #saveGuests} goes by
     * whose they are.
     *
     * @param reserve how long a name stays its guest's after the last connection
     * @param period how often {@link GuestClaims#hold} will be called
     * @return null when the store is of one server alone
     */
    default @Nullable GuestClaims guestClaims(Duration reserve, Duration period) {
        return null;
    }

    /**
     * The accounts beside the log; asked for once. A store that ends with the process keeps them on the heap.
     */
    default AccountStore accounts() {
        return new MemoryAccountStore();
    }

    /**
     * The bans and acts of admins beside the log; asked for once. A store that ends with the process keeps them on the heap.
     */
    default ModerationStore moderation() {
        return new MemoryModerationStore();
    }

    /** What other servers over the same store changed; asked for once. */
    default Journal journal() {
        return Journal.NONE;
    }

    /**
     * Deletes a few of the messages that are older than a time; their numbers are not given again. Called by the thread
     * that appends.
     *
     * @param before milliseconds since the Unix epoch
     */
    default Expiry expire(long before) throws StoreException {
        return new Expiry(Map.of(), true);
    }

    /**
     * Goes on, for a while, through the rooms where people spoke whose account was deleted before a time: what they said
     * is under their other name there, and empty if that was asked. Called by the thread that appends.
     *
     * @param before milliseconds since the Unix epoch
     */
    default Retouched retouch(long before) throws StoreException {
        return Retouched.NOTHING;
    }

    /**
     * Finds out whether the store works. Called by the thread that appends.
     *
     * @param writing whether by writing something; else only by looking
     * @throws StoreException when it does not
     */
    default void probe(boolean writing) throws StoreException {}

    /** Ends it; what was committed stays. */
    @Override
    void close();
}
