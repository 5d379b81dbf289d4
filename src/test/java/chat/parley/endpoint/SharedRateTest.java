package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.relay.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of what users take, and what comes of what they took elsewhere. */
class SharedRateTest {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

    /** What they owe altogether. */
    private volatile long owed;

    private volatile boolean isAlone;

    private final Ledger ledger = new Ledger() {
        @Override
        public boolean isAlone() {
            return isAlone;
        }

        @Override
        public CompletionStage<Integer> connections(String user, int here) {
            return CompletableFuture.completedStage(here);
        }

        @Override
        public CompletionStage<Long> spent(
                String what, String user, long tokens, Duration ago, Duration token, long most) {
            told.add(what + " " + user + " " + tokens + " " + token.toMinutes() + " " + most);
            return CompletableFuture.completedStage(owed);
        }
    };

    private final SharedRate rate =
            new SharedRate("joins", new KeyedRate(30, Duration.ofHours(1), 30), ledger, scheduler);

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    @Test
    void whoTakesLittleIsNotToldOf() {
        for (int i = 0; i < 1_000; i++) {
            rate.take("user-" + i);
            rate.take("user-" + i);
        }

        assertEquals(List.of(), List.copyOf(told));
    }

    @Test
    void whoTakesMuchIsToldOfAMomentLaterAndOnceForAll() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertEquals(0, rate.take("anna"));
        }

        assertEquals("joins anna 6 2 60", told.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void whatIsTakenElsewhereIsTakenHereToo() throws Exception {
        owed = 30;
        for (int i = 0; i < 3; i++) {
            assertEquals(0, rate.take("anna"));
        }
        told.poll(30, TimeUnit.SECONDS);

        awaitRefused("anna", 27);
        assertEquals(0, rate.take("bert"));
    }

    @Test
    void whatWasTakenHereIsNotTakenTwice() throws Exception {
        owed = 3;
        for (int i = 0; i < 3; i++) {
            rate.take("anna");
        }
        told.poll(30, TimeUnit.SECONDS);
        fence();

        for (int i = 3; i < 30; i++) {
            assertEquals(0, rate.take("anna"));
        }
        assertTrue(rate.take("anna") > 0);
    }

    @Test
    void whatIsRefusedIsNotToldOf() throws Exception {
        for (int i = 0; i < 40; i++) {
            rate.take("anna");
        }
        fence();

        long all = 0;
        for (String each = told.poll(1, TimeUnit.SECONDS); each != null; each = told.poll(1, TimeUnit.SECONDS)) {
            all += Long.parseLong(each.split(" ")[2]);
        }
        assertEquals(30, all);
    }

    @Test
    void withoutALimitNothingIsTold() throws Exception {
        SharedRate open = new SharedRate("joins", new KeyedRate(0, Duration.ofHours(1), 0), ledger, scheduler);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, open.take("anna"));
        }
        fence();

        assertEquals(List.of(), List.copyOf(told));
    }

    @Test
    void whereThereAreNoOthersNothingIsToldNorScheduled() {
        isAlone = true;
        for (int i = 0; i < 30; i++) {
            assertEquals(0, rate.take("anna"));
        }

        assertTrue(rate.take("anna") > 0, "the limit holds");
        assertEquals(0, scheduler.getTaskCount());
        assertEquals(List.of(), List.copyOf(told));
    }

    /** Refused after at most so many more; what was told has an effect a moment later. */
    private void awaitRefused(String key, int atMost) throws Exception {
        int more = 0;
        fence();
        while (rate.take(key) == 0) {
            more++;
            assertTrue(more <= atMost);
        }
        assertTrue(more <= 2, more + " more were allowed");
    }

    /** Behind everything that was scheduled until now. */
    private void fence() throws Exception {
        scheduler.schedule(() -> {}, 150, TimeUnit.MILLISECONDS).get(30, TimeUnit.SECONDS);
    }
}
