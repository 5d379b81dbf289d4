package chat.parley.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link ModerationStore} on the heap: it keeps the newest acts only, and forgets everything at the end. */
final class MemoryModerationStore implements ModerationStore {

    /** Some 5 MB. */
    static final int MOST_ACTS = 10_000;

    private final TreeMap<Long, StoredBan> bans = new TreeMap<>();
    private final Deque<StoredAct> acts = new ArrayDeque<>();
    private long lastBan;
    private long lastAct;

    @Override
    public synchronized List<StoredBan> bans() {
        return List.copyOf(bans.values());
    }

    @Override
    public synchronized StoredBan ban(StoredBan ban, StoredAct act) {
        bans.values().removeIf(ban::isOfSame);
        StoredBan stored = ban.withId(++lastBan);
        bans.put(stored.id(), stored);
        add(act.ofBan(stored.id()));
        return stored;
    }

    @Override
    public synchronized boolean lift(long id, StoredAct act) {
        boolean was = bans.remove(id) != null;
        if (was) {
            add(act.ofBan(id));
        }
        return was;
    }

    @Override
    public synchronized long add(StoredAct act) {
        acts.addFirst(act.withId(++lastAct));
        if (acts.size() > MOST_ACTS) {
            acts.removeLast();
        }
        return lastAct;
    }

    @Override
    public synchronized @Nullable StoredBan ban(long id) {
        return bans.get(id);
    }

    @Override
    public synchronized @Nullable StoredAct act(long id) {
        return acts.stream().filter(act -> act.id() == id).findFirst().orElse(null);
    }

    @Override
    public synchronized void forgetBans(long before) {
        bans.values().removeIf(ban -> ban.until() != null && ban.until() < before);
    }

    @Override
    public synchronized List<StoredAct> acts(long before, int limit) {
        return acts.stream().filter(act -> act.id() < before).limit(limit).toList();
    }
}
