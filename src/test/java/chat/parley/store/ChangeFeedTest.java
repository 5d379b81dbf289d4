package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {

    private final List<StoredChange> written = new ArrayList<>();
    private final List<String> applied = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private StoreException failure;
    private int looks;
    private final ChangeFeed feed = feed();

    @Test
    void whatChangedIsReadAnewOnceInItsOrder() throws Exception {
        feed.begin();
        write(StoredChange.Kind.ACCOUNT, "a");
        write(StoredChange.Kind.ACCOUNT, "b");
        write(StoredChange.Kind.ACCOUNT, "a");

        assertTrue(caughtUp());
        assertTrue(caughtUp());

        assertEquals(List.of("accounts [a, b]"), applied);
    }

    @Test
    void whatWasThereAtTheStartIsNotReadAgain() throws Exception {
        write(StoredChange.Kind.ACCOUNT, "a");
        feed.begin();

        assertTrue(caughtUp());

        assertEquals(List.of(), applied);
    }

    @Test
    void whoAsksWhileALookIsUnderWayWaitsForAnother() throws Exception {
        feed.begin();
        CompletableFuture<Boolean> first = feed.catchUp().toCompletableFuture();
        tasks.remove(0).run(); // it has looked, and does not know yet what for
        write(StoredChange.Kind.ACCOUNT, "late");
        CompletableFuture<Boolean> second = feed.catchUp().toCompletableFuture();
        CompletableFuture<Boolean> third = feed.catchUp().toCompletableFuture();

        runAll();

        assertTrue(first.join() && second.join() && third.join());
        assertEquals(List.of("accounts [late]"), applied);
        assertEquals(2, looks, "one for both who came later");
    }

    @Test
    void aHoleHasEverythingReadAnew() throws Exception {
        feed.begin();
        write(StoredChange.Kind.ACCOUNT, "a");
        write(StoredChange.Kind.ACCOUNT, "b");
        written.remove(0);

        assertTrue(caughtUp());
        assertTrue(caughtUp());

        assertEquals(List.of("everything"), applied);
    }

    @Test
    void aStoreFromBeforeIsReadAnewToo() throws Exception {
        write(StoredChange.Kind.ACCOUNT, "a");
        feed.begin();
        written.clear();

        assertTrue(caughtUp());

        assertEquals(List.of("everything"), applied);
    }

    @Test
    void moreThanOneLookTakesAreAllRead() throws Exception {
        feed.begin();
        for (int i = 0; i < 1_200; i++) {
            write(StoredChange.Kind.ROOM, "room" + i);
        }

        assertTrue(caughtUp());

        assertEquals(3, applied.size());
        assertTrue(applied.get(2).endsWith("room1199]"), applied.get(2));
    }

    @Test
    void whatFailsIsReadAtTheNextLook() throws Exception {
        feed.begin();
        write(StoredChange.Kind.ACCOUNT, "a");
        failure = new StoreException(StoreException.Kind.UNAVAILABLE, "away");
        assertThrows(CompletionException.class, this::caughtUp);
        failure = null;

        assertTrue(caughtUp());

        assertEquals(List.of("accounts [a]"), applied);
    }

    @Test
    void whatBreaksKeepsNothingElseFromComing() throws Exception {
        feed.on(StoredChange.Kind.BAN, ids -> {
            throw new IllegalStateException("a test");
        });
        feed.begin();
        write(StoredChange.Kind.BAN, "1");
        write(StoredChange.Kind.ACCOUNT, "a");
        write(StoredChange.Kind.UNKNOWN, "of a later version");

        assertTrue(caughtUp());
        assertTrue(caughtUp());

        assertEquals(List.of("accounts [a]"), applied);
    }

    @Test
    void nobodyIsAskedWhereThereIsNobodyElse() {
        ChangeFeed alone = new ChangeFeed(store(false), this::submit, this::submit, scheduler());

        assertTrue(alone.catchUp().toCompletableFuture().join());

        assertFalse(alone.isShared());
        assertEquals(0, looks);
    }

    private ChangeFeed feed() {
        ChangeFeed made = new ChangeFeed(store(true), this::submit, this::submit, scheduler());
        made.on(StoredChange.Kind.ACCOUNT, keys -> applied.add("accounts " + keys));
        made.on(StoredChange.Kind.ROOM, keys -> applied.add("rooms " + keys));
        made.onLoss(() -> applied.add("everything"));
        return made;
    }

    private boolean caughtUp() {
        CompletableFuture<Boolean> asked = feed.catchUp().toCompletableFuture();
        runAll();
        return asked.join();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
        }
    }

    private void write(StoredChange.Kind kind, String key) {
        long last = written.isEmpty() ? 0 : written.get(written.size() - 1).id();
        written.add(new StoredChange(last + 1, kind, key));
    }

    private <T> CompletionStage<T> submit(StoreTasks.Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                if (failure != null) {
                    throw failure;
                }
                T done = task.run();
                tasks.add(() -> result.complete(done)); // as late as if it came from afar
            } catch (StoreException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private ScheduledExecutorService scheduler() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, values) -> {
                    tasks.add((Runnable) values[0]);
                    return null;
                });
    }

    private MessageStore store(boolean isShared) {
        Journal journal = new Journal() {
            @Override
            public Changes after(long id, int limit) {
                looks += limit > 1 ? 1 : 0;
                return new Changes(
                        written.isEmpty() ? 0 : written.get(written.size() - 1).id(),
                        written.stream()
                                .filter(change -> change.id() > id)
                                .limit(limit)
                                .toList());
            }

            @Override
            public void forget(long olderThanMillis) {}

            @Override
            public void onOwn(Runnable listener) {}
        };
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageStore.class},
                (proxy, method, values) -> method.getName().equals("isShared") ? isShared : journal);
    }
}
