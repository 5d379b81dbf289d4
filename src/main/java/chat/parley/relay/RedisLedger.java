package chat.parley.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ledger} in a Redis: how many connections each user has on each server, and until when they pay for what they
 * took. What a server says that died counts no more when its lease is over; what nobody says again expires.
 */
final class RedisLedger implements Ledger {

    /** So many users are told of again at the same time. */
    private static final int AT_ONCE = 256;

    /** While no Redis can be told, it is kept of so many users at most that they left. */
    private static final int MOST_KEPT = 100_000;

    /** How many connections a user has here; each is another one, even of the same number. */
    private static final class Count {

        private final int here;

        Count(int here) {
            this.here = here;
        }
    }

    private final RedisLine line;
    private final RedisKeys keys;

    /** Of each user with connections here, and of who has none any more until the Redis knows it. */
    private final ConcurrentMap<String, Count> open = new ConcurrentHashMap<>();

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
        return told(user, before -> new Count(here))
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

    /** Says everything again: the Redis may know nothing any more, or what was before. */
    void tellAll() {
        tellAgain(new ArrayDeque<>(open.keySet()), line.link());
    }

    private void tellAgain(Queue<String> users, @Nullable RedisLink link) {
        if (link == null || link != line.link()) {
            return; // whoever has the next one begins again
        }
        CompletableFuture<?>[] some = new CompletableFuture<?>[Math.min(AT_ONCE, users.size())];
        for (int i = 0; i < some.length; i++) {
            some[i] = told(users.remove(), count -> count).toCompletableFuture();
        }
        if (some.length > 0) {
            // One that is refused keeps nothing from the rest.
            CompletableFuture.allOf(some).whenComplete((done, failure) -> line.later(() -> tellAgain(users, link)));
        }
    }

    /**
     * Tells what is so now. It is begun while the user's place is held, so that what is told of a user has the order in which
     * it happened.
     *
     * @param next from what was so before; both are null when nothing is known of the user
     */
    private CompletionStage<Object> told(String user, UnaryOperator<@Nullable Count> next) {
        AtomicReference<CompletionStage<Object>> answer = new AtomicReference<>(CompletableFuture.completedStage(0L));
        Count now = open.compute(user, (key, before) -> {
            Count count = next.apply(before);
            if (count != null) {
                answer.set(tell(user, count.here));
            }
            return count;
        });
        if (now == null || now.here > 0) {
            return answer.get();
        }
        return answer.get().whenComplete((all, failure) -> {
            if (failure == null || open.size() > MOST_KEPT) {
                open.remove(user, now);
            }
        });
    }

    private CompletionStage<Object> tell(String user, int here) {
        RedisLink link = line.link();
        return link == null
                ? CompletableFuture.failedStage(new IllegalStateException("there is no Redis"))
                : link.run(
                        Script.OPEN,
                        List.of(keys.open(user), keys.leases(), keys.links()),
                        keys.server(),
                        here,
                        RedisKeys.LIFE.toSeconds(),
                        link.number());
    }
}
