package chat.parley.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.relay.OwnRedis;
import chat.parley.verify.Access;
import chat.parley.verify.Plan;
import chat.parley.verify.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes over one PostgreSQL and one Redis, whatever becomes of one of them: nothing acknowledged is lost, nothing is
 * doubled, all have one order, every hole is announced or filled, and soon after the last fault everything flows again. How soon
 * stands in {@code target/chaos.txt}. {@code -Dchaos.seconds=600} makes the last one longer, {@code
 * -Dchaos.seed} makes it break the same things again.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {

    /** The promise: after the last fault everything flows again within this. */
    private static final Duration PROMISE = Duration.ofSeconds(10);

    /** That something is the matter is known only when an answer or a message is late. */
    private static final long SHOWS_MILLIS = 3_000;

    private static final int PEOPLE = 12;
    private static final int RATE = 60;
    private static final int SECONDS = Integer.getInteger("chaos.seconds", 30);
    private static final long SEED = Long.getLong("chaos.seed", new SplittableRandom().nextInt(1_000_000));
    private static final Path FIGURES = Path.of(System.getProperty("project.build.directory", "target"), "chaos.txt");

    @TempDir
    private static Path folder;

    private static PostgresProcess postgres;
    private static OwnRedis redis;
    private static List<Node> nodes;
    private static int runs;

    /** A fault, from its beginning to its end. */
    private interface Fault {
        void happen(Run run) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        Files.deleteIfExists(FIGURES);
        postgres = new PostgresProcess(folder);
        redis = OwnRedis.start();
        Node one = new Node(folder, "one", postgres, redis);
        nodes = List.of(one, new Node(folder, "two", postgres, redis), new Node(folder, "three", postgres, redis));
    }

    @AfterAll
    static void stop() throws Exception {
        if (nodes != null) {
            for (Node node : nodes) {
                node.close();
            }
        }
        if (redis != null) {
            redis.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @Order(1)
    void redisKilledAndBack() throws Exception {
        survives("Redis killed and back", run -> {
            redis.kill();
            assertFlows(run, "without Redis");
            redis.startAgain();
        });
    }

    @Test
    @Order(2)
    void redisPausedForHalfAMinute() throws Exception {
        survives("Redis paused for 30 s", run -> {
            redis.pause();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            assertFlows(run, "while Redis stands still");
            TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
            redis.goOn();
        });
    }

    @Test
    @Order(3)
    void postgresRestartedFast() throws Exception {
        survives("PostgreSQL restarted, fast", run -> {
            postgres.stopFast();
            TimeUnit.SECONDS.sleep(1);
            postgres.start();
        });
    }

    @Test
    @Order(4)
    void postgresRestartedAfterACrash() throws Exception {
        survives("PostgreSQL restarted, immediate", run -> {
            postgres.stopAtOnce();
            TimeUnit.SECONDS.sleep(1);
            postgres.start();
        });
    }

    @Test
    @Order(5)
    void postgresPaused() throws Exception {
        survives("PostgreSQL paused for 6 s", run -> {
            postgres.pause();
            TimeUnit.SECONDS.sleep(6); // longer than anybody waits for an answer
            postgres.goOn();
        });
    }

    @Test
    @Order(6)
    void aNodeKilledAndStartedAgain() throws Exception {
        survives("a node killed and started again", run -> {
            nodes.get(0).kill();
            assertFlows(run, "with two nodes of three");
            nodes.get(0).start();
        });
    }

    @Test
    @Order(7)
    void aNodePausedAndLetGo() throws Exception {
        survives("a node paused for 20 s", run -> {
            nodes.get(1).pause();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            assertFlows(run, "with one node of three paused");
            TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
            nodes.get(1).goOn();
        });
    }

    @Test
    @Order(8)
    void theConnectionsOfANodeCutOrMute() throws Exception {
        survives("a node cut off from Redis", run -> {
            nodes.get(0).redis.goAway(true);
            assertFlows(run, "with one node of three cut off from Redis");
            nodes.get(0).redis.goAway(false);
            nodes.get(1).redis.standStill(true);
            assertFlows(run, "with one node of three that Redis does not answer");
            nodes.get(1).redis.standStill(false);
        });
        survives("a node cut off from PostgreSQL", run -> {
            nodes.get(2).postgres.goAway(true);
            TimeUnit.SECONDS.sleep(2);
            nodes.get(2).postgres.goAway(false);
        });
        survives("a node that PostgreSQL does not answer", run -> {
            nodes.get(0).postgres.standStill(true);
            TimeUnit.SECONDS.sleep(6);
            nodes.get(0).postgres.standStill(false);
        });
    }

    @Test
    @Order(9)
    void allAtRandom() throws Exception {
        survives("all at random for " + SECONDS + " s, seed " + SEED, this::atRandom);
    }

    /** What the nodes stand on and the nodes break independently, so that more than one thing is broken at a time. */
    private void atRandom(Run run) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Void>> sides = List.of(
                    () -> serversAtRandom(new SplittableRandom(SEED), end),
                    () -> nodesAtRandom(new SplittableRandom(SEED + 1), end));
            for (Future<Void> side : threads.invokeAll(sides)) {
                side.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void serversAtRandom(SplittableRandom random, long end) throws Exception {
        while (System.nanoTime() < end) {
            long millis = 200 + random.nextInt(4_000);
            switch (random.nextInt(5)) {
                case 0 -> during(redis::kill, millis, redis::startAgain);
                case 1 -> during(redis::pause, millis, redis::goOn);
                case 2 -> during(postgres::stopFast, millis / 4, postgres::start);
                case 3 -> during(postgres::stopAtOnce, millis / 4, postgres::start);
                default -> during(postgres::pause, millis, postgres::goOn);
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(5_000));
        }
        return null;
    }

    private static Void nodesAtRandom(SplittableRandom random, long end) throws Exception {
        while (System.nanoTime() < end) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            long millis = 200 + random.nextInt(4_000);
            switch (random.nextInt(6)) {
                case 0 -> during(node::kill, millis / 4, node::start);
                case 1 -> during(node::pause, millis, node::goOn);
                case 2 -> during(() -> node.redis.goAway(true), millis, () -> node.redis.goAway(false));
                case 3 -> during(() -> node.redis.standStill(true), millis, () -> node.redis.standStill(false));
                case 4 -> during(() -> node.postgres.goAway(true), millis, () -> node.postgres.goAway(false));
                default -> during(() -> node.postgres.standStill(true), millis, () -> node.postgres.standStill(false));
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
        }
        return null;
    }

    private interface Act {
        void happen() throws Exception;
    }

    private static void during(Act fault, long millis, Act mending) throws Exception {
        fault.happen();
        TimeUnit.MILLISECONDS.sleep(millis);
        mending.happen();
    }

    /** Two thirds of what is broken still carry everything. */
    private static void assertFlows(Run run, String when) throws Exception {
        Duration flows = run.awaitFlowMeanwhile(PROMISE);
        run.shownLately();
        TimeUnit.MILLISECONDS.sleep(SHOWS_MILLIS);
        note(
                "    %s: everything flows after %.1f s, and then %s",
                when, flows == null ? -1 : flows.toMillis() / 1e3, run.shownLately());
        assertNotNull(flows, () -> when + ": " + run.troubles() + " " + run.summary());
    }

    private static void survives(String what, Fault fault) throws Exception {
        try (Run run = Run.start(plan())) {
            assertTrue(run.awaitEverybody(Duration.ofSeconds(20)), () -> "came in: " + run.inside() + run.troubles());
            assertTrue(run.awaitFlow(PROMISE), () -> "before anything broke: " + run.troubles());

            fault.happen(run);
            Duration flows = run.awaitFlowAgain(PROMISE);
            String troubles = run.troubles().toString();
            run.finish();
            run.readBack();

            note(
                    "%s: everything flowed again %.1f s after its end%n    %s, found %s",
                    what, flows == null ? -1 : flows.toMillis() / 1e3, run.summary(), run.counts());
            assertEquals(List.of(), run.findings(), () -> what + ": " + run.counts() + " " + run.summary());
            assertNotNull(flows, () -> what + ": not everything flowed again: " + troubles + " " + run.summary());
        }
    }

    private static Plan plan() throws Exception {
        runs++;
        return new Plan(
                nodes.stream().map(Node::uri).toList(),
                PEOPLE,
                3,
                RATE,
                3_600,
                Duration.ofSeconds(15),
                PROMISE,
                null,
                new Access(Tokens.of("run" + runs + "-", PEOPLE), null, null, false),
                SEED + runs);
    }

    private static void note(String format, Object... values) throws IOException {
        String line = String.format(Locale.ROOT, format + "%n", values);
        System.out.print(line);
        Files.writeString(FIGURES, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
