package chat.parley.relay;

import chat.parley.protocol.RoomName;
import java.util.concurrent.CompletionStage;

/**
 * Tells the other servers over the same log what was committed here, and hears what was committed there. It may lose,
 * repeat and reorder; the numbers of the log put that right. Nothing here waits, whatever state the network is in; what
 * cannot be sent soon is dropped, within a bound. Any thread may call.
 */
public interface Relay extends AutoCloseable {

    /** Hears what others announce, on a thread of the relay that it must not hold up. */
    interface Listener {

        /**
         * Another server committed an event.
         *
         * @param event encoded, as its members get it
         */
        void announced(RoomName room, long seq, byte[] event);

        /** Another server changed something in the store that this one may hold in memory. */
        default void hurried() {}

        /** Touch with the others was lost, as far as it is by this: what they do may come late from now on. */
        default void lost() {}

        /** Somebody types on another server. */
        void typing(RoomName room, String sender);
    }

    /** Starts it; called once, before anything else but starting its neighbours. */
    void start(Listener listener);

    /**
     * Tells the others of a committed event, if they can be told.
     *
     * @param event encoded, as its members get it; not changed afterwards
     */
    void announce(RoomName room, long seq, byte[] event);

    /** Tells the others that something in the store changed that they may hold in memory, if they can be told. */
    default void hurry() {}

    /** Tells the others that somebody types here, if they can be told. */
    void typing(RoomName room, String sender);

    /**
     * From now on hears what others announce of a room, however often the connection breaks, until it was unsubscribed
     * from as often as subscribed to.
     *
     * @return never fails and soon completes: with true when everything announced from now on can be heard, with false when
     *     that is not known yet
     */
    CompletionStage<Boolean> subscribe(RoomName room);

    /** Takes one subscription back. */
    void unsubscribe(RoomName room);

    /** Who is in which room on the other servers. */
    Neighbours neighbours();

    /** What users take on all servers together. */
    Ledger ledger();

    /** Ends it; waits for its threads, within bounds. What is called afterwards does nothing. */
    @Override
    void close();
}
