package chat.parley.relay;

import chat.parley.protocol.RoomName;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Who is in which room on the other servers over the same log, and tells them who is here.
 *
 * <p>Promises: once nobody comes or goes any more, and the servers reach each other, everybody's view is exact. A server
 * that dies is found dead, and its people gone, within ten seconds. What is known is kept for a while when the others
 * cannot be reached, and then forgotten. Nothing here waits but {@link #depart}; any thread may call.
 */
public interface Neighbours {

    /** Hears of the others, always on the same thread, which it must not hold up. */
    interface Listener {

        /**
         * Some people are now in a room on at least one other server, or on none any more. May repeat itself.
         *
         * @param came who is there now
         * @param went who is not
         */
        void elsewhere(RoomName room, Collection<String> came, Collection<String> went);
    }

    /** Starts hearing; called once, before the relay is started. */
    void start(Listener listener);

    /**
     * Has something done whenever this server may have missed what the others told: it slept, or did not reach them for a
     * while, or they took it for dead. Called before the relay is started.
     *
     * @param task does not wait; runs on the thread that the listener hears on
     */
    void onResumed(Runnable task);

    /** Somebody is in a room on this server. Calls for one room are made one after the other. */
    void enter(RoomName room, String name);

    /** Somebody is not, any more. */
    void leave(RoomName room, String name);

    /**
     * From now on hears of a room that the relay is subscribed to; of everybody who is there elsewhere, first.
     *
     * @return never fails and soon completes: with true when the listener has heard of all, with false when that is not known
     */
    CompletionStage<Boolean> watch(RoomName room);

    /** Takes one {@link #watch} back. */
    void unwatch(RoomName room);

    /**
     * The rooms with the most people on all servers, at most so many.
     *
     * @return never fails and soon completes; empty when the others cannot be reached
     */
    CompletionStage<Map<RoomName, Integer>> crowds(int most);

    /**
     * This server ends: its people stay in their rooms for so long, for they may come back to another server. Waits until the
     * others know it, within bounds; nothing is told afterwards.
     */
    void depart(Duration linger);
}
