package chat.parley.room;

import chat.parley.store.Page;
import chat.parley.store.Range;
import chat.parley.store.StoreReader;
import chat.parley.store.StoredMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages of rooms' logs: from the ring when it holds all of a page, else from the store. A page is cut where it would
 * no longer fit one frame, and says so by {@code more}. Any thread may ask; no stage fails.
 */
final class Pages {

    private static final Logger log = LoggerFactory.getLogger(Pages.class);

    /** What a page has around its messages: the other fields, room and id at their longest. */
    private static final int FRAME_BYTES = 1_024;

    /** Events that a member missed, and the seq up to which nothing is missing now. */
    record Missed(List<byte[]> objects, long upTo) {}

    private final StoreReader reader;

    Pages(StoreReader reader) {
        this.reader = reader;
    }

    /** A {@code history} object, or an {@code error} when the store cannot be read. */
    CompletionStage<byte[]> page(Room room, @Nullable String id, HistoryRange range, int maxBytes) {
        byte[] known = fromRing(room, id, range, maxBytes);
        return known != null
                ? CompletableFuture.completedStage(known)
                : read(room, range)
                        .thenApply(page -> laid(room, id, range, page, maxBytes))
                        .exceptionally(failure -> room.words().error(id, logged(room, failure)));
    }

    /** The {@code history} object when the ring holds all of it, else null. */
    byte @Nullable [] fromRing(Room room, @Nullable String id, HistoryRange range, int maxBytes) {
        long first = room.first();
        if (range.isEmpty(first)) {
            return room.words().history(id, range.limit() == 0 && range.before() > first, first, List.of());
        }
        long lowest = range.lowest(first);
        long highest = range.highest(first);
        RoomLog log = room.log();
        long position = log.positionOf(lowest);
        if (position < 0) {
            return null;
        }
        List<byte[]> events = new ArrayList<>((int) (highest - lowest + 1));
        for (long seq = lowest; seq <= highest; position++) {
            RoomEvent event = log.get(position);
            if (event == null) {
                return null; // dropped meanwhile
            }
            if (event.isNumbered()) {
                events.add(event.json());
                seq++;
            }
        }
        boolean more = range.upwards() ? highest < range.before() - 1 : lowest > Math.max(first, range.after() + 1);
        return cut(room, id, events, range.upwards(), more, first, maxBytes);
    }

    /** The {@code history} object that follows a join; empty, with more to ask for, when the store cannot be read. */
    CompletionStage<byte[]> fromStore(Room room, @Nullable String id, HistoryRange range, int maxBytes) {
        return read(room, range)
                .thenApply(page -> laid(room, id, range, page, maxBytes))
                .exceptionally(failure -> {
                    logged(room, failure);
                    return room.words().history(id, true, room.first(), List.of());
                });
    }

    /**
     * The events behind {@code after} up to {@code head}, as many as one read brings; a gap when they cannot be read.
     */
    CompletionStage<Missed> missed(Room room, long after, long head, int limit) {
        return reader.read(room.name(), new Range(after, head + 1, limit, true))
                .thenApply(page -> {
                    room.expiredBelow(page.first());
                    if (page.messages().isEmpty()) {
                        return gap(room, after, head);
                    }
                    List<byte[]> objects = new ArrayList<>();
                    long there = page.messages().get(0).seq();
                    if (there > after + 1) { // expired since the ack
                        objects.add(room.words().gap(after + 1, there - 1));
                    }
                    objects.addAll(encoded(room, page.messages()));
                    return new Missed(objects, there - 1 + page.messages().size());
                })
                .exceptionally(failure -> {
                    logged(room, failure);
                    return gap(room, after, head);
                });
    }

    private static Missed gap(Room room, long after, long head) {
        return new Missed(List.of(room.words().gap(after + 1, head)), head);
    }

    private CompletionStage<Page> read(Room room, HistoryRange range) {
        return reader.read(room.name(), range.inStore());
    }

    private byte[] laid(Room room, @Nullable String id, HistoryRange range, Page page, int maxBytes) {
        room.expiredBelow(page.first());
        return cut(room, id, encoded(room, page.messages()), range.upwards(), page.more(), page.first(), maxBytes);
    }

    private static List<byte[]> encoded(Room room, List<StoredMessage> messages) {
        List<byte[]> events = new ArrayList<>(messages.size());
        for (StoredMessage message : messages) {
            events.add(room.words().event(message));
        }
        return events;
    }

    private static byte[] cut(
            Room room,
            @Nullable String id,
            List<byte[]> events,
            boolean upwards,
            boolean more,
            long first,
            int maxBytes) {
        List<byte[]> ordered = new ArrayList<>(events);
        if (!upwards) {
            Collections.reverse(ordered);
        }
        int bytes = FRAME_BYTES;
        int kept = 0;
        while (kept < ordered.size() && bytes + ordered.get(kept).length + 1 <= maxBytes) {
            bytes += ordered.get(kept).length + 1;
            kept++;
        }
        List<byte[]> page = upwards ? events.subList(0, kept) : events.subList(events.size() - kept, events.size());
        return room.words().history(id, more || kept < events.size(), first, page);
    }

    private static Throwable logged(Room room, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        log.atWarn().setCause(cause).addKeyValue("room", room.name().value()).log("a page could not be read");
        return cause;
    }
}
