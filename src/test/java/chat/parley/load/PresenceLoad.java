package chat.parley.load;

import chat.parley.config.Settings;
import chat.parley.protocol.RoomName;
import chat.parley.relay.Redis;
import chat.parley.relay.Relay;
import chat.parley.relay.Relays;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what coming and going costs one Redis: {@code PresenceLoad <nodes> <rooms> <people in each> <changes a second>
 * <seconds>}. The nodes are what a server has for this, each with its own connections; each person is at one of them by chance,
 * and each node watches the rooms in which it has somebody. Then people leave and come back. Prints the processor time of Redis
 * for a change, and how many of them the other nodes heard of; Redis is started for it.
 */
final class PresenceLoad {

    private static final long PATIENCE_SECONDS = 120;

    private final List<Node> nodes = new ArrayList<>();
    private final AtomicLong heard = new AtomicLong();
    private final SplittableRandom random = new SplittableRandom(1);

    /** What a server has. */
    private record Node(ScheduledExecutorService scheduler, Relay relay) {}

    /** Somebody in a room, at a node. */
    private record Place(Node node, RoomName room, String name) {}

    private PresenceLoad() {}

    public static void main(String[] arguments) throws Exception {
        PresenceLoad load = new PresenceLoad();
        RedisClient client = RedisClient.create(Redis.url());
        try (StatefulRedisConnection<String, String> watching = client.connect()) {
            load.start(Integer.parseInt(arguments[0]));
            List<Place> places = load.fill(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            load.awaitQuiet();
            int rate = Integer.parseInt(arguments[3]);
            load.change(places, rate, 3);
            load.awaitQuiet();

            double cpu = cpu(watching);
            long before = load.heard.get();
            long begin = System.nanoTime();
            long count = load.change(places, rate, Integer.parseInt(arguments[4]));
            double took = (System.nanoTime() - begin) / 1e9;
            double used = cpu(watching) - cpu;
            load.awaitQuiet();
            System.out.printf(
                    "%,.0f changes/s, each heard by %.1f nodes, Redis %.2f cores, %.1f us a change%n",
                    count / took, (load.heard.get() - before) / (double) count, used / took, used * 1e6 / count);
        } finally {
            load.close();
            client.shutdown();
        }
    }

    private void start(int count) {
        String epoch = UUID.randomUUID().toString();
        for (int i = 0; i < count; i++) {
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
            Relay relay = Relays.open(new Settings.Relay(Redis.url()), epoch, scheduler);
            relay.neighbours().start((room, came, went) -> heard.addAndGet(came.size() + went.size()));
            relay.start(new Relay.Listener() {
                @Override
                public void announced(RoomName room, long seq, byte[] event) {}

                @Override
                public void typing(RoomName room, String sender) {}
            });
            nodes.add(new Node(scheduler, relay));
        }
    }

    private List<Place> fill(int rooms, int people) throws Exception {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            RoomName room = new RoomName("room-" + i);
            List<Node> with = new ArrayList<>();
            for (int j = 0; j < people; j++) {
                Node node = nodes.get(random.nextInt(nodes.size()));
                if (!with.contains(node)) {
                    with.add(node);
                    watch(node, room);
                }
                places.add(new Place(node, room, "person-" + i + "-" + j));
            }
        }
        places.forEach(place -> place.node().relay().neighbours().enter(place.room(), place.name()));
        return places;
    }

    private static void watch(Node node, RoomName room) throws Exception {
        boolean known = false;
        while (!known) {
            known = node.relay().subscribe(room).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    && node.relay()
                            .neighbours()
                            .watch(room)
                            .toCompletableFuture()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** So many a second leave or come back; who left is away for a tenth of a second, that it is no change taken back. */
    private long change(List<Place> places, int rate, int seconds) throws InterruptedException {
        long begin = System.nanoTime();
        Deque<Place> away = new ArrayDeque<>();
        for (long count = 0; count < (long) rate * seconds; count++) {
            if (away.size() > rate / 10) {
                come(away.remove());
            } else {
                Place next = places.get(random.nextInt(places.size()));
                if (!away.contains(next)) {
                    next.node().relay().neighbours().leave(next.room(), next.name());
                    away.add(next);
                }
            }
            long ahead = begin + count * 1_000_000_000L / rate - System.nanoTime();
            if (ahead > 0) {
                TimeUnit.NANOSECONDS.sleep(ahead);
            }
        }
        away.forEach(PresenceLoad::come);
        return (long) rate * seconds;
    }

    private static void come(Place place) {
        place.node().relay().neighbours().enter(place.room(), place.name());
    }

    private void awaitQuiet() throws InterruptedException {
        for (long last = -1; last != heard.get(); ) {
            last = heard.get();
            TimeUnit.SECONDS.sleep(2);
        }
    }

    private void close() {
        for (Node node : nodes) {
            node.scheduler().shutdownNow();
            node.relay().close();
        }
    }

    /** Seconds of processor that Redis has used. */
    private static double cpu(StatefulRedisConnection<String, String> connection) {
        return connection
                .sync()
                .info("cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
