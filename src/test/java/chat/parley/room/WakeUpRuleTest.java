package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/**
 * The wake-up rule, in every order its steps can come: what was published is delivered, whoever completes when. The scene is
 * small: a publisher, a delivery thread, a transport that completes on a thread of its own.
 */
class WakeUpRuleTest {

    private static final int INVOCATIONS = 500;

    @Test
    void whatIsPublishedWhileASendIsUnderWayIsDelivered() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            SendSlot slot = new SendSlot();
            new SlotScene(slot::acquire, slot::complete, slot::release).play();
        });
    }

    @Test
    void aCompletionThatIgnoresTheRefusedLosesAWakeUp() {
        assertThrows(
                LincheckAssertionError.class,
                () -> Lincheck.runConcurrentTest(INVOCATIONS, () -> {
                    SendSlot slot = new SendSlot();
                    BooleanSupplier forgetful = () -> {
                        slot.complete();
                        return false;
                    };
                    new SlotScene(slot::acquire, forgetful, slot::release).play();
                }));
    }

    @Test
    void aSlotThatLooksAndThenMarksLosesAWakeUp() {
        assertThrows(
                LincheckAssertionError.class,
                () -> Lincheck.runConcurrentTest(INVOCATIONS, () -> {
                    AtomicInteger state = new AtomicInteger(); // 0 idle, 1 sending, 2 wanted
                    BooleanSupplier acquire = () -> {
                        if (state.get() == 0) {
                            state.set(1);
                            return true;
                        }
                        state.set(2); // not compareAndSet: the completion may have come in between
                        return false;
                    };
                    new SlotScene(acquire, () -> state.getAndSet(0) == 2, () -> state.set(0)).play();
                }));
    }

    @Test
    void whatIsPublishedWhileAWorkIsArmedIsSeenWhenItRuns() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> new QueueScene(true).play());
    }

    @Test
    void aWorkThatIsDisarmedAfterItHasRunLosesAWakeUp() {
        assertThrows(
                LincheckAssertionError.class,
                () -> Lincheck.runConcurrentTest(INVOCATIONS, () -> new QueueScene(false).play()));
    }

    @Test
    void publisherDeliveryAndTransportTogetherLoseNothing() {
        Lincheck.runConcurrentTest(200, () -> new RoomScene().play());
    }

    /**
     * One member of a room: a head that a publisher moves on twice, a cursor that a delivery thread moves behind it, and a
     * completion that comes whenever it likes.
     */
    private static final class SlotScene {

        private final BooleanSupplier acquire;
        private final BooleanSupplier complete;
        private final Runnable release;
        private volatile int head;
        private volatile int cursor;
        private volatile boolean underWay;
        private volatile boolean wanted;

        SlotScene(BooleanSupplier acquire, BooleanSupplier complete, Runnable release) {
            this.acquire = acquire;
            this.complete = complete;
            this.release = release;
        }

        void play() {
            head = 1;
            deliver(); // something is under way from the start
            Thread transport = new Thread(this::completeIfUnderWay);
            transport.start();
            head = 2;
            deliver(); // the delivery thread, woken by the publisher
            join(transport);
            while (wanted || underWay) {
                if (wanted) {
                    wanted = false;
                    deliver();
                }
                completeIfUnderWay();
            }
            if (cursor != head) {
                throw new AssertionError("published " + head + ", delivered " + cursor);
            }
        }

        private void deliver() {
            if (!acquire.getAsBoolean()) {
                return;
            }
            if (cursor == head) {
                release.run();
                return;
            }
            cursor = head;
            underWay = true;
        }

        private void completeIfUnderWay() {
            if (underWay) {
                underWay = false;
                if (complete.getAsBoolean()) {
                    wanted = true;
                }
            }
        }
    }

    /** Both at once: a publisher schedules a share, a completion an outlet, and a delivery thread runs what it finds. */
    private static final class RoomScene {

        private final SendSlot slot = new SendSlot();
        private final AtomicBoolean shareQueued = new AtomicBoolean();
        private final AtomicBoolean outletQueued = new AtomicBoolean();
        private final Work share = new Delivery();
        private final Work outlet = new Delivery();
        private volatile int head;
        private volatile int cursor;
        private volatile boolean underWay;

        private final class Delivery extends Work {
            @Override
            void run() {
                if (!slot.acquire()) {
                    return;
                }
                if (cursor == head) {
                    slot.release();
                    return;
                }
                cursor = head;
                underWay = true;
            }
        }

        void play() {
            publish(1);
            drain();
            Thread publisher = new Thread(() -> publish(2));
            Thread transport = new Thread(this::complete);
            publisher.start();
            transport.start();
            drain();
            join(publisher);
            join(transport);
            while (drain() || complete()) {
                // until there is nothing more to do
            }
            if (cursor != head) {
                throw new AssertionError("published " + head + ", delivered " + cursor);
            }
        }

        private void publish(int next) {
            head = next;
            schedule(share, shareQueued);
        }

        private boolean complete() {
            if (!underWay) {
                return false;
            }
            underWay = false;
            if (slot.complete()) {
                schedule(outlet, outletQueued);
            }
            return true;
        }

        private static void schedule(Work work, AtomicBoolean queued) {
            if (work.arm()) {
                queued.set(true);
            }
        }

        private boolean drain() {
            return runIf(outlet, outletQueued) | runIf(share, shareQueued);
        }

        private static boolean runIf(Work work, AtomicBoolean queued) {
            if (!queued.compareAndSet(true, false)) {
                return false;
            }
            work.disarm();
            work.run();
            return true;
        }
    }

    /** A work that a publisher schedules, and that a delivery thread takes from its queue and runs. */
    private static final class QueueScene {

        private final boolean disarmsFirst;
        private final AtomicInteger queued = new AtomicInteger();
        private final Work work = new Work() {
            @Override
            void run() {
                seen = head;
            }
        };
        private volatile int head;
        private volatile int seen;

        QueueScene(boolean disarmsFirst) {
            this.disarmsFirst = disarmsFirst;
        }

        void play() {
            publish(1);
            Thread delivery = new Thread(this::drain);
            delivery.start();
            publish(2);
            join(delivery);
            drain(); // what is still in the queue is run some time
            if (seen != head) {
                throw new AssertionError("published " + head + ", seen " + seen);
            }
        }

        private void publish(int next) {
            head = next;
            if (work.arm()) {
                queued.incrementAndGet();
            }
        }

        private void drain() {
            while (queued.get() > 0) {
                queued.decrementAndGet();
                if (disarmsFirst) {
                    work.disarm();
                    work.run();
                } else {
                    work.run();
                    work.disarm();
                }
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
