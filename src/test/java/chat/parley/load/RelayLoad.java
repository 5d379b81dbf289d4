package chat.parley.load;

import chat.parley.relay.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what one Redis carries: {@code RelayLoad <nodes> <channels> <seconds>}. One connection publishes what an announcement is
 * long, 256 at a time; each of so many others listens to all channels, as a node does that has somebody in each of those
 * rooms. Prints publishes and deliveries a second, and the processor time and memory of Redis, which it starts.
 */
final class RelayLoad {

    private static final int OUTSTANDING = 256;
    private static final String PAYLOAD = "x".repeat(220);

    private RelayLoad() {}

    public static void main(String[] arguments) throws Exception {
        int nodes = Integer.parseInt(arguments[0]);
        int channels = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        RedisClient client = RedisClient.create(Redis.url());
        AtomicLong heard = new AtomicLong();
        List<StatefulRedisPubSubConnection<String, String>> listeners = new ArrayList<>();
        try (StatefulRedisConnection<String, String> publisher = client.connect()) {
            long empty = number(publisher, "memory", "used_memory");
            for (int i = 0; i < nodes; i++) {
                listeners.add(listener(client, channels, heard));
            }
            System.out.printf(
                    "%d nodes in %,d rooms each: %,d bytes of Redis for each subscription%n",
                    nodes, channels, (number(publisher, "memory", "used_memory") - empty) / nodes / channels);
            publish(publisher, channels, seconds / 3 + 1);
            heard.set(0);
            double cpu = cpu(publisher);
            long begin = System.nanoTime();
            long count = publish(publisher, channels, seconds);
            double took = (System.nanoTime() - begin) / 1e9;
            double used = cpu(publisher) - cpu;
            System.out.printf(
                    "%,.0f publishes/s, %,.0f deliveries/s, Redis %.2f cores, %.1f us a publish%n",
                    count / took, heard.get() / took, used / took, used * 1e6 / count);
        } finally {
            listeners.forEach(StatefulRedisPubSubConnection::close);
            client.shutdown();
        }
    }

    private static StatefulRedisPubSubConnection<String, String> listener(
            RedisClient client, int channels, AtomicLong heard) throws Exception {
        StatefulRedisPubSubConnection<String, String> listener = client.connectPubSub();
        listener.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                heard.incrementAndGet();
            }
        });
        for (int from = 0; from < channels; from += 1_000) {
            String[] names = new String[Math.min(1_000, channels - from)];
            for (int i = 0; i < names.length; i++) {
                names[i] = channel(from + i);
            }
            listener.async().subscribe(names).get(30, TimeUnit.SECONDS);
        }
        return listener;
    }

    private static long publish(StatefulRedisConnection<String, String> publisher, int channels, int seconds)
            throws Exception {
        Deque<RedisFuture<Long>> under = new ArrayDeque<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long count = 0;
        while (System.nanoTime() < end) {
            under.add(publisher.async().publish(channel((int) (count % channels)), PAYLOAD));
            count++;
            if (under.size() == OUTSTANDING) {
                under.remove().get(30, TimeUnit.SECONDS);
            }
        }
        for (RedisFuture<Long> each : under) {
            each.get(30, TimeUnit.SECONDS);
        }
        return count;
    }

    /** Seconds of processor that Redis has used. */
    private static double cpu(StatefulRedisConnection<String, String> connection) {
        return Double.parseDouble(info(connection, "cpu", "used_cpu_user"))
                + Double.parseDouble(info(connection, "cpu", "used_cpu_sys"));
    }

    private static long number(StatefulRedisConnection<String, String> connection, String section, String name) {
        return Long.parseLong(info(connection, section, name));
    }

    private static String info(StatefulRedisConnection<String, String> connection, String section, String name) {
        return connection
                .sync()
                .info(section)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    private static String channel(int number) {
        return "parley:0123456789abcdef:room-" + number;
    }
}
