package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one server over a PostgreSQL changes, the others find in the journal. */
@Timeout(120)
class JournalTest {

    private final List<MessageStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(MessageStore::close);
    }

    @ParameterizedTest
    @EnumSource
    void whatOneChangesTheOtherReads(Postgres version) throws Exception {
        String url = version.schema();
        MessageStore one = open(url);
        Journal other = open(url).journal();
        AccountStore accounts = one.accounts();
        ModerationStore moderation = one.moderation();

        accounts.add(new StoredAccount("u.a", "anna", "anna", "old", 1, null), session("s1"), null);
        accounts.add(session("s2"), "old");
        accounts.add(session("s3"), "wrong");
        accounts.changePassword("old", "new", session("s4"), 2);
        accounts.revoke("s4", 3);
        accounts.revoke("s4", 3);
        accounts.keep(new StoredExternalUser("bert", "bert", "x.b", 4));
        accounts.add(new StoredSigningKey("k", new byte[] {1}, 5, null));
        StoredBan ban = moderation.ban(new StoredBan(0, "u.a", "anna", false, null, "r", 6, null, "boss"), act("ban"));
        moderation.lift(ban.id(), act("lift"));
        long kick = moderation.add(act("kick"));
        accounts.tombstone("u.a", "gone", false, 7);

        String id = Long.toString(ban.id());
        assertEquals(
                List.of(
                        "ACCOUNT u.a",
                        "ACCOUNT u.a",
                        "ACCOUNT u.a",
                        "ACCOUNT u.a",
                        "EXTERNAL bert",
                        "SIGNING_KEY k",
                        "BAN " + id,
                        "BAN " + id,
                        "ACT " + kick,
                        "ACCOUNT u.a"),
                other.after(0, 100).next().stream()
                        .map(change -> change.kind() + " " + change.key())
                        .toList());
    }

    @Test
    void theNumbersFollowTheCommitsWithoutHoles() throws Exception {
        String url = Postgres.NEW.schema();
        Journal reader = open(url).journal();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ModerationStore node = open(url).moderation();
                String name = "node" + i;
                writers.add(() -> {
                    for (int j = 0; j < 100; j++) {
                        node.ban(new StoredBan(0, name + j, name, false, null, "r", 6, null, "boss"), act("ban"));
                    }
                    return null;
                });
            }
            List<Future<Void>> done = new ArrayList<>();
            writers.forEach(writer -> done.add(threads.submit(writer)));
            List<Long> read = new ArrayList<>();
            while (read.size() < 300) {
                long last = read.isEmpty() ? 0 : read.get(read.size() - 1);
                for (StoredChange change : reader.after(last, 7).next()) {
                    read.add(change.id());
                }
            }
            for (Future<Void> each : done) {
                each.get();
            }

            assertEquals(LongStream.rangeClosed(1, 300).boxed().toList(), read);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsOldIsDeletedAndTheNumberStays() throws Exception {
        String url = Postgres.NEW.schema();
        MessageStore one = open(url);
        one.moderation().add(act("kick"));
        Postgres.execute(url, "update journal set at = at - interval '2 hours'");
        one.moderation().add(act("kick"));

        one.journal().forget(3_600_000);

        Journal.Changes left = one.journal().after(0, 10);
        assertEquals(2, left.last());
        assertEquals(List.of(2L), left.next().stream().map(StoredChange::id).toList());
        assertEquals(2, one.journal().after(2, 10).last());
    }

    @Test
    void whoWritesIsTold() throws Exception {
        MessageStore one = open(Postgres.NEW.schema());
        AtomicInteger told = new AtomicInteger();
        one.journal().onOwn(told::incrementAndGet);

        one.accounts().forgetSessions(0);
        assertEquals(0, told.get());
        one.moderation().add(act("kick"));

        assertEquals(1, told.get());
    }

    @Test
    void aStoreOfOneServerHasNone() throws Exception {
        try (MessageStore alone = new MemoryStore(10, 1_000, Clock.systemUTC())) {
            assertEquals(new Journal.Changes(0, List.of()), alone.journal().after(0, 10));
            assertTrue(!alone.isShared());
        }
    }

    private MessageStore open(String url) {
        MessageStore store = Stores.postgres(url, "", "", Clock.systemUTC());
        opened.add(store);
        return store;
    }

    private static StoredAct act(String act) {
        return new StoredAct(0, 1, "u.boss", "boss", act, "anna", "u.a", "r", null, null);
    }

    private static StoredSession session(String key) {
        return new StoredSession(key, new byte[] {1}, "u.a", 1, Long.MAX_VALUE);
    }
}
