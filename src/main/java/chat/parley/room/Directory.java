package chat.parley.room;

import chat.parley.protocol.RoomName;
import chat.parley.store.StoreReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rooms there are, for whoever looks for one: those with the most people first, then those where somebody spoke last.
 * It is at most some seconds old, so that many who look at the same time cost the store one read. Any thread may ask;
 * stages complete on the asking thread or on one of the store.
 */
public final class Directory {

    /** So many rooms nobody is in are listed at most: some megabytes. */
    private static final int MAX_QUIET = 10_000;

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    /** A room and how many people are in it. */
    public record Listed(RoomName room, int count) {}

    /**
     * A part of the directory.
     *
     * @param more whether more rooms fit what was looked for
     */
    public record Listing(List<Listed> rooms, boolean more) {}

    private record Snapshot(CompletionStage<List<Listed>> rooms, long takenAt) {}

    /** So many rooms that somebody is in on another server are listed at most. */
    private static final int MAX_ELSEWHERE = 10_000;

    private final Supplier<Map<RoomName, Integer>> counts;
    private final IntFunction<CompletionStage<Map<RoomName, Integer>>> crowds;
    private final StoreReader reader;
    private final AtomicReference<@Nullable Snapshot> newest = new AtomicReference<>();

    /**
     * The directory of a server.
     *
     * @param counts the rooms of this server that somebody is in, and how many are
     * @param crowds the same of all servers as far as is known, for at most so many rooms; never fails
     */
    Directory(
            Supplier<Map<RoomName, Integer>> counts,
            IntFunction<CompletionStage<Map<RoomName, Integer>>> crowds,
            StoreReader reader) {
        this.counts = counts;
        this.crowds = crowds;
        this.reader = reader;
    }

    /**
     * The rooms whose name has this in it.
     *
     * @param part of a name, in any case; empty for every room
     * @param limit how many at most
     * @return fails with a {@link chat.parley.store.StoreException} when the store cannot be read
     */
    public CompletionStage<Listing> find(String part, int limit) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return rooms().thenApply(all -> {
            List<Listed> found = new ArrayList<>();
            for (Listed each : all) {
                if (!each.room().value().contains(wanted)) {
                    continue;
                }
                if (found.size() == limit) {
                    return new Listing(found, true);
                }
                found.add(each);
            }
            return new Listing(found, false);
        });
    }

    private CompletionStage<List<Listed>> rooms() {
        long now = System.nanoTime();
        Snapshot known = newest.get();
        if (known != null && now - known.takenAt() < FRESH_NANOS) {
            return known.rooms();
        }
        CompletableFuture<List<Listed>> rooms = new CompletableFuture<>();
        if (!newest.compareAndSet(known, new Snapshot(rooms, now))) {
            return rooms(); // somebody else reads for all
        }
        reader.rooms(MAX_QUIET)
                .thenCombine(crowds.apply(MAX_ELSEWHERE), this::listed)
                .whenComplete((read, failure) -> {
                    if (failure == null) {
                        rooms.complete(read);
                    } else {
                        rooms.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
                    }
                });
        return rooms;
    }

    /** What is known of a room here is newer. */
    private List<Listed> listed(List<RoomName> spoken, Map<RoomName, Integer> elsewhere) {
        Map<RoomName, Integer> occupied = new HashMap<>(elsewhere);
        occupied.putAll(counts.get());
        List<Listed> rooms = new ArrayList<>();
        occupied.forEach((room, count) -> rooms.add(new Listed(room, count)));
        rooms.sort(Comparator.comparingInt((Listed each) -> -each.count())
                .thenComparing(each -> each.room().value()));
        Set<RoomName> quiet = new LinkedHashSet<>(spoken);
        quiet.removeAll(occupied.keySet());
        quiet.forEach(room -> rooms.add(new Listed(room, 0)));
        return List.copyOf(rooms);
    }
}
