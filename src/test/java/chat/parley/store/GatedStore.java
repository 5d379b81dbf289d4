package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A memory store whose appends can be held up, and made to fail. */
final class GatedStore implements MessageStore {

    private final MemoryStore inner = new MemoryStore(10_000, Long.MAX_VALUE, new SteppingClock());
    private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
    private final List<CountDownLatch> calls =
            IntStream.range(0, 10).mapToObj(i -> new CountDownLatch(1)).toList();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile int failing;
    private volatile Exception failure = new IllegalStateException();
    private volatile int forgetful;

    List<Integer> batchSizes() {
        return batchSizes;
    }

    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    void failCall(int number, Exception with) {
        failure = with;
        failing = number;
    }

    void forgetOutcomesOfCall(int number) {
        forgetful = number;
    }

    void awaitCall(int number) throws InterruptedException {
        if (!calls.get(number - 1).await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the store was not called");
        }
    }

    @Override
    public String epoch() {
        return inner.epoch();
    }

    @Override
    public List<Outcome> append(List<Draft> batch) throws StoreException {
        batchSizes.add(batch.size());
        int number = batchSizes.size();
        calls.get(Math.min(number, calls.size()) - 1).countDown();
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate stayed shut");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (number == failing && failure instanceof StoreException expected) {
            throw expected;
        }
        if (number == failing) {
            throw (RuntimeException) failure;
        }
        List<Outcome> outcomes = inner.append(batch);
        return number == forgetful ? List.of() : outcomes;
    }

    @Override
    public RoomState state(RoomName room, int newest) {
        return inner.state(room, newest);
    }

    @Override
    public Page read(RoomName room, Range range) {
        return inner.read(room, range);
    }

    @Override
    public void close() {
        inner.close();
    }
}
