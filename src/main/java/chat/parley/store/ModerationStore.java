package chat.parley.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bans there are, and everything that admins did.
 *
 * <p>Guarantees: of one user, and of one network, there is one ban; a ban or its end is there together with the act that
 * made it so, or neither is; what a method changed is committed when it returns; ids rise and are never given twice.
 * Not guaranteed: that a ban is gone the moment it ends.
 *
 * <p>Every method may wait for a disk or a network; who calls which is as in {@link AccountStore}. All times are
 * milliseconds since the Unix epoch.
 */
public interface ModerationStore {

    /** All bans, in the order of their ids. */
    List<StoredBan> bans() throws StoreException;

    /**
     * Adds a ban, in the place of one of the same user or network, and the act.
     *
     * @param ban without an id
     * @param act without an id, and without that of the ban
     * @return the ban with its id
     */
    StoredBan ban(StoredBan ban, StoredAct act) throws StoreException;

    /** Takes a ban away and adds the act; false, and nothing, when there is no such ban. */
    boolean lift(long id, StoredAct act) throws StoreException;

    /** Adds an act that changes no ban; returns its id. */
    long add(StoredAct act) throws StoreException;

    /** The ban of that id; null when there is none, or no longer. */
    @Nullable StoredBan ban(long id) throws StoreException;

    /** The act of that id; null when there is none. */
    @Nullable StoredAct act(long id) throws StoreException;

    /** Forgets the bans that ended before a time; that is nobody's act. */
    void forgetBans(long before) throws StoreException;

    /**
     * What was done, the newest first.
     *
     * @param before only acts with lower ids
     * @param limit how many at most
     */
    List<StoredAct> acts(long before, int limit) throws StoreException;
}
