package chat.parley.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ledger} in a Redis: how many connections each user has on each server, and until when they pay for what they
 * took. What a server says that died counts no more when its lease is over; what nobody says again expires.
 */
final class RedisLedger implements Ledger {

    /** So many users are told of again at the same time. */
    private static final int AT_ONCE = 256;

    private final RedisLine line;
    private final RedisKeys keys;

    /** How many connections each user has here. */
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    RedisLedger(RedisLine line, RedisKeys keys) {
        this.line = line;
        this.keys = keys;
    }

    @Override
    public boolean isAlone() {
        return false;
    }

    @Override
    public CompletionStage<Integer> connections(String user, int here) {
        if (here > 0) {
            open.put(user, here);
        } else {
            open.remove(user);
        }
        return tell(user, here)
                .handle((all, failure) -> all instanceof Long sum ? Math.max(here, sum.intValue()) : here);
    }

    @Override
    public CompletionStage<Long> spent(String what, String user, long tokens, Duration ago, Duration token, long most) {
        long cost = Math.max(1, token.toNanos() / 1_000);
        RedisLink link = line.link();
        CompletionStage<Object> answer = link == null
                ? CompletableFuture.failedStage(new IllegalStateException("there is no Redis"))
                : link.run(
                        Script.SPEND,
                        List.of(keys.owed(what, user)),
                        tokens * cost,
                        most * cost,
                        ago.toNanos() / 1_000);
        return answer.handle((owed, failure) -> owed instanceof Long micros ? micros / cost : 0L);
    }

    /** Says everything again: the Redis may know nothing any more. */
    void tellAll() {
        tellAgain(new ArrayDeque<>(open.entrySet()), line.link());
    }

    private void tellAgain(Queue<Map.Entry<String, Integer>> users, @Nullable RedisLink link) {
        if (link == null || link != line.link()) {
            return; // whoever has the next one begins again
        }
        CompletableFuture<?>[] some = new CompletableFuture<?>[Math.min(AT_ONCE, users.size())];
        for (int i = 0; i < some.length; i++) {
            String user = users.remove().getKey();
            some[i] = tell(user, open.getOrDefault(user, 0)).toCompletableFuture();
        }
        if (some.length > 0) {
            CompletableFuture.allOf(some).thenRun(() -> line.later(() -> tellAgain(users, link)));
        }
    }

    private CompletionStage<Object> tell(String user, int here) {
        RedisLink link = line.link();
        return link == null
                ? CompletableFuture.failedStage(new IllegalStateException("there is no Redis"))
                : link.run(
                        Script.OPEN,
                        List.of(keys.open(user), keys.leases()),
                        keys.server(),
                        here,
                        RedisKeys.LIFE.toSeconds());
    }
}
