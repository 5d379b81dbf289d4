package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import chat.parley.room.Directory.Listed;
import chat.parley.store.Author;
import chat.parley.store.Draft;
import chat.parley.store.MemoryStore;
import chat.parley.store.StoreReader;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final RoomName DEN = new RoomName("den");
    private static final RoomName GARDEN = new RoomName("garden");
    private static final RoomName HALL = new RoomName("hall");

    private static final IntFunction<CompletionStage<Map<RoomName, Integer>>> NOBODY_ELSEWHERE =
            most -> CompletableFuture.completedStage(Map.of());

    private final MemoryStore store = new MemoryStore(10, Long.MAX_VALUE, Clock.systemUTC());
    private final StoreReader reader = new StoreReader(store);

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void thoseWithPeopleComeFirstThenThoseWhereSomebodySpoke() throws Exception {
        speakIn(DEN);
        speakIn(HALL);
        Directory directory = new Directory(() -> Map.of(GARDEN, 2, HALL, 7), NOBODY_ELSEWHERE, reader);

        Directory.Listing all = find(directory, "", 10);

        assertEquals(List.of(new Listed(HALL, 7), new Listed(GARDEN, 2), new Listed(DEN, 0)), all.rooms());
        assertFalse(all.more());
    }

    @Test
    void roomsThatOnlyOthersAreInAreListedTooAndWhatIsKnownHereIsNewer() throws Exception {
        speakIn(DEN);
        Directory directory = new Directory(
                () -> Map.of(HALL, 7), most -> CompletableFuture.completedStage(Map.of(HALL, 6, GARDEN, 8)), reader);

        assertEquals(
                List.of(new Listed(GARDEN, 8), new Listed(HALL, 7), new Listed(DEN, 0)),
                find(directory, "", 10).rooms());
    }

    @Test
    void itIsLookedThroughByAPartOfTheName() throws Exception {
        speakIn(DEN);
        Directory directory = new Directory(() -> Map.of(GARDEN, 2, HALL, 7), NOBODY_ELSEWHERE, reader);

        assertEquals(
                List.of(new Listed(GARDEN, 2), new Listed(DEN, 0)),
                find(directory, "DEN", 10).rooms());
        assertEquals(List.of(), find(directory, "kitchen", 10).rooms());
    }

    @Test
    void aPartOfItSaysThatThereIsMore() throws Exception {
        List<RoomName> rooms =
                IntStream.range(0, 5).mapToObj(i -> new RoomName("r" + i)).toList();
        for (RoomName room : rooms) {
            speakIn(room);
        }
        Directory directory = new Directory(Map::of, NOBODY_ELSEWHERE, reader);

        assertTrue(find(directory, "r", 4).more());
        assertEquals(4, find(directory, "r", 4).rooms().size());
        assertFalse(find(directory, "r", 5).more());
    }

    @Test
    void manyWhoLookAtTheSameTimeCostOneRead() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Directory directory = new Directory(
                () -> {
                    reads.incrementAndGet();
                    return Map.of(HALL, 7);
                },
                NOBODY_ELSEWHERE,
                reader);
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            Callable<Directory.Listing> look = () -> find(directory, "", 10);
            for (Future<Directory.Listing> found : many.invokeAll(Collections.nCopies(8, look))) {
                assertEquals(List.of(new Listed(HALL, 7)), found.get().rooms());
            }
        } finally {
            many.shutdownNow();
        }

        assertEquals(1, reads.get());
    }

    private void speakIn(RoomName room) {
        store.append(List.of(new Draft(room, new Author("k", "anna", true), "1", "hello")));
    }

    private static Directory.Listing find(Directory directory, String part, int limit) throws Exception {
        return directory.find(part, limit).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
