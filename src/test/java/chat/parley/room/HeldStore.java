package chat.parley.room;

import chat.parley.protocol.RoomName;
import chat.parley.store.Draft;
import chat.parley.store.LogEnds;
import chat.parley.store.MemoryStore;
import chat.parley.store.MessageStore;
import chat.parley.store.Outcome;
import chat.parley.store.Page;
import chat.parley.store.Range;
import chat.parley.store.RoomState;
import chat.parley.store.StoreException;
import chat.parley.store.StoredMessage;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A memory store whose reads can be held up, counted, and made to fail. */
final class HeldStore implements MessageStore {

    private final MemoryStore inner;
    private final AtomicInteger states = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean broken;
    private volatile boolean erased;
    private volatile long more;

    private final boolean shared;

    HeldStore(int messagesPerRoom) {
        this(messagesPerRoom, false);
    }

    HeldStore(int messagesPerRoom, boolean shared) {
        this.shared = shared;
        this.inner = new MemoryStore(messagesPerRoom, Long.MAX_VALUE, Clock.systemUTC());
    }

    /** From now on reads wait until {@link #open()}. */
    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    /** From now on reads fail, or work again. */
    void setBroken(boolean isBroken) {
        broken = isBroken;
    }

    /** From now on messages are read without their words. */
    void erase() {
        erased = true;
    }

    /** From now on rooms are said to have so many messages more than can be read. */
    void boast(long count) {
        more = count;
    }

    /** How many rooms were asked for, as of now. */
    int states() {
        return states.get();
    }

    /** How many ranges were asked for, as of now. */
    int reads() {
        return reads.get();
    }

    @Override
    public String epoch() {
        return inner.epoch();
    }

    /** As one transaction for those who look at heads. */
    @Override
    public synchronized List<Outcome> append(List<Draft> batch) {
        return inner.append(batch);
    }

    @Override
    public RoomState state(RoomName room, int newest) throws StoreException {
        states.incrementAndGet();
        pass();
        RoomState state = inner.state(room, newest);
        return new RoomState(state.head() + more, state.first(), state.newest());
    }

    @Override
    public Page read(RoomName room, Range range) throws StoreException {
        reads.incrementAndGet();
        pass();
        Page page = inner.read(room, range);
        return erased
                ? new Page(page.messages().stream().map(HeldStore::erased).toList(), page.more(), page.first())
                : page;
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    /** Not counted: it is asked all the time. */
    @Override
    public Map<RoomName, LogEnds> heads(Collection<RoomName> rooms) throws StoreException {
        pass();
        synchronized (this) {
            return inner.heads(rooms);
        }
    }

    @Override
    public void close() {
        inner.close();
    }

    private static StoredMessage erased(StoredMessage message) {
        return new StoredMessage(
                message.room(), message.seq(), message.author(), message.id(), "", message.timestamp());
    }

    private void pass() throws StoreException {
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "the gate stayed shut");
            }
        } catch (InterruptedException e) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "interrupted", e);
        }
        if (broken) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "broken as told");
        }
    }
}
