package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.protocol.RoomName;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreReaderTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Author ANNA = new Author("key-anna", "anna", true);

    private final MemoryStore store = new MemoryStore(100, Long.MAX_VALUE, new SteppingClock());

    @Test
    void readsWhatTheStoreHas() throws Exception {
        store.append(List.of(new Draft(LOBBY, ANNA, "1", "hi")));

        try (StoreReader reader = new StoreReader(store)) {
            assertEquals(1, get(reader.state(LOBBY, 5)).head());
            assertEquals(
                    1, get(reader.read(LOBBY, Range.following(0, 5))).messages().size());
        }
    }

    @Test
    void aClosedReaderAnswersAtOnce() {
        StoreReader reader = new StoreReader(store);
        reader.close();

        ExecutionException thrown = assertThrows(ExecutionException.class, () -> get(reader.state(LOBBY, 5)));

        assertInstanceOf(StoreException.class, thrown.getCause());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
