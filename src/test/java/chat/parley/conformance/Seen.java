package chat.parley.conformance;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client received, in order, and how it ended. Every wait looks at all of it from the start, is
 * bounded, and fails with what was seen instead. Any thread may call.
 */
final class Seen {

    /** How a connection ended. */
    record Close(int code, String reason) {}

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int TOLD = 12; // objects

    private final String who;
    private final Marks marks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<JsonObject> objects = new ArrayList<>();
    private int frames;
    private int largestFrame; // characters
    private @Nullable Close close;

    Seen(String who, Marks marks) {
        this.who = who;
        this.marks = marks;
    }

    /** A frame came. */
    void frame(String text) {
        List<JsonObject> came = Wire.objects(text);
        came.forEach(marks::frame);
        lock.lock();
        try {
            frames++;
            largestFrame = Math.max(largestFrame, text.length());
            objects.addAll(came);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The end came; only the first counts. */
    void closed(int code, String reason) {
        lock.lock();
        try {
            if (close == null) {
                close = new Close(code, reason);
                marks.closed(code);
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The first object that fits. */
    JsonObject await(Predicate<JsonObject> fits) {
        return await(1, fits).get(0);
    }

    /** The first so many objects that fit. */
    List<JsonObject> await(int count, Predicate<JsonObject> fits) {
        List<JsonObject> found = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        int looked = 0;
        lock.lock();
        try {
            while (true) {
                for (; looked < objects.size() && found.size() < count; looked++) {
                    if (fits.test(objects.get(looked))) {
                        found.add(objects.get(looked));
                    }
                }
                if (found.size() == count) {
                    return found;
                }
                if (close != null || !waited(end)) {
                    throw new AssertionError(who + " saw " + found.size() + " of " + count + " awaited; " + told());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an object or for the end, and says whether an object came. */
    boolean awaitAny() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (objects.isEmpty() && close == null) {
                if (!waited(end)) {
                    throw new AssertionError(who + " was told nothing");
                }
            }
            return !objects.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    Close awaitClose() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (close == null) {
                if (!waited(end)) {
                    throw new AssertionError(who + " is still open; " + told());
                }
            }
            return close;
        } finally {
            lock.unlock();
        }
    }

    /** Everything so far. */
    List<JsonObject> all() {
        return all(object -> true);
    }

    /** Everything so far that fits. */
    List<JsonObject> all(Predicate<JsonObject> fits) {
        lock.lock();
        try {
            return objects.stream().filter(fits).toList();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return objects.size();
        } finally {
            lock.unlock();
        }
    }

    int frames() {
        lock.lock();
        try {
            return frames;
        } finally {
            lock.unlock();
        }
    }

    /** Characters of the largest frame. */
    int largestFrame() {
        lock.lock();
        try {
            return largestFrame;
        } finally {
            lock.unlock();
        }
    }

    private boolean waited(long end) {
        try {
            long left = end - System.nanoTime();
            return left > 0 && more.await(left, TimeUnit.NANOSECONDS) || System.nanoTime() < end;
        } catch (InterruptedException e) {
            throw new AssertionError(who + " was interrupted while it waited", e);
        }
    }

    private String told() {
        List<String> last = objects.subList(Math.max(0, objects.size() - TOLD), objects.size()).stream()
                .map(Wire::brief)
                .toList();
        List<String> refusals = objects.stream()
                .filter(Wire.type("error").or(Wire.type("gap")))
                .limit(TOLD)
                .map(Wire::brief)
                .toList();
        return "it saw " + objects.size() + " objects in " + frames + " frames, end " + close + ", refusals and gaps "
                + refusals + ", the last: " + last;
    }
}
