package chat.parley.it;

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

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TOLD = 20; // objects

    private final String who;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<JsonObject> objects = new ArrayList<>();
    private volatile boolean keepsContent = true;
    private int frames;
    private int largestFrame; // bytes are as many as chars where it matters
    private @Nullable Close close;

    Seen(String who) {
        this.who = who;
    }

    /** From now on it keeps everything but what was said, which may be a lot. */
    void keepNoContent() {
        keepsContent = false;
    }

    /** A frame came. */
    void frame(String text) {
        List<JsonObject> came = Wire.objects(text);
        if (!keepsContent) {
            came = came.stream().map(Wire::withoutContent).toList();
        }
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
    void closed(int code, @Nullable String reason) {
        lock.lock();
        try {
            if (close == null) {
                close = new Close(code, reason == null ? "" : reason);
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

    /** Waits until something was received, or the end came: whether there is something. */
    boolean awaitAny() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (objects.isEmpty() && close == null) {
                if (!waited(end)) {
                    throw new AssertionError(who + " neither saw anything nor was closed");
                }
            }
            return !objects.isEmpty();
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

    /** Drops everything so far, for clients that receive a lot. */
    void forget() {
        lock.lock();
        try {
            objects.clear();
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
        return "it saw " + objects.size() + " objects in " + frames + " frames, end " + close + ", the last: " + last;
    }
}
