package chat.parley.relay;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to a Redis, one that publishes and one that listens. It is used until it breaks and never mended: then
 * whoever has it closes it and makes another. Any thread may call; nothing waits.
 */
final class RedisLink {

    /** A server that answers nothing for so long is taken for gone: a cut cable says nothing. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(3).toNanos();

    /** What may wait for a Redis that does not answer, in bytes; what comes then is lost. */
    private static final long MAX_WAITING = 16L << 20;

    /** What a command takes beside what it carries; a guess. */
    private static final int OVERHEAD = 512;

    private static final int CHANNELS_A_COMMAND = 500;

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final long number;
    private final StatefulRedisConnection<String, byte[]> out;
    private final StatefulRedisPubSubConnection<String, byte[]> in;
    private final AtomicLong waiting = new AtomicLong();

    /** {@code System.nanoTime()} when the pings under way were sent; 0 when all are answered. */
    private volatile long askedAt;

    private volatile boolean broken;

    private RedisLink(
            long number,
            StatefulRedisConnection<String, byte[]> out,
            StatefulRedisPubSubConnection<String, byte[]> in) {
        this.number = number;
        this.out = out;
        this.in = in;
    }

    /**
     * Connects.
     *
     * @param number higher than that of every earlier link of this server
     * @param heard hears what is published, by channel, on a thread of the client
     * @return fails when one of the two cannot be made; then the other is closed
     */
    static CompletionStage<RedisLink> connect(
            RedisClient client, RedisURI uri, long number, BiConsumer<String, byte[]> heard) {
        CompletableFuture<StatefulRedisConnection<String, byte[]>> out =
                client.connectAsync(CODEC, uri).toCompletableFuture();
        CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>> in =
                client.connectPubSubAsync(CODEC, uri).toCompletableFuture();
        CompletableFuture<RedisLink> link = new CompletableFuture<>();
        CompletableFuture.allOf(out, in).whenComplete((both, failure) -> {
            if (failure == null) {
                in.join().addListener(new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, byte[] frame) {
                        heard.accept(channel, frame);
                    }
                });
                link.complete(new RedisLink(number, out.join(), in.join()));
            } else {
                out.thenAccept(StatefulConnection::closeAsync);
                in.thenAccept(StatefulConnection::closeAsync);
                link.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
            }
        });
        return link;
    }

    /**
     * Which link of this server it is. What was sent on one that was given up may arrive long after, when the network comes
     * back; by the number the scripts know that something newer has been said.
     */
    long number() {
        return number;
    }

    /** Publishes; false when it is lost already, because too much waits or the connection is gone. */
    boolean publish(String channel, byte[] frame) {
        int size = frame.length + OVERHEAD;
        if (waiting.addAndGet(size) > MAX_WAITING) {
            waiting.addAndGet(-size);
            return false;
        }
        try {
            out.async().publish(channel, frame).whenComplete((hearers, failure) -> waiting.addAndGet(-size));
            return true;
        } catch (RuntimeException e) {
            waiting.addAndGet(-size);
            broken = true;
            return false;
        }
    }

    /** Completes when the server has confirmed it; a link that cannot subscribe is broken. */
    CompletionStage<Boolean> subscribe(String channel) {
        return done(() -> in.async().subscribe(channel));
    }

    /** The same for many: completes when all are confirmed. */
    CompletionStage<Boolean> subscribe(List<String> channels) {
        CompletionStage<Boolean> all = CompletableFuture.completedStage(true);
        for (int from = 0; from < channels.size(); from += CHANNELS_A_COMMAND) {
            List<String> some = channels.subList(from, Math.min(channels.size(), from + CHANNELS_A_COMMAND));
            CompletionStage<Boolean> confirmed = done(() -> in.async().subscribe(some.toArray(String[]::new)));
            all = all.thenCombine(confirmed, (these, those) -> these && those);
        }
        return all;
    }

    void unsubscribe(String channel) {
        CompletionStage<Boolean> unused = done(() -> in.async().unsubscribe(channel));
    }

    /** Has the server know the scripts; before any is run. One that it may not run fails then. */
    void load() {
        for (Script script : Script.values()) {
            try {
                RedisFuture<String> unused = out.async().scriptLoad(script.text());
            } catch (RuntimeException e) {
                broken = true;
            }
        }
    }

    /**
     * Runs a script, after everything that was asked before.
     *
     * @return what it answers: a {@code Long}, or a list of these, of {@code byte[]} and of lists; fails when it was not run,
     *     or nobody knows whether it was
     */
    CompletionStage<Object> run(Script script, List<String> keys, Object... values) {
        byte[][] bytes = new byte[values.length][];
        int length = OVERHEAD;
        for (int i = 0; i < values.length; i++) {
            bytes[i] = values[i].toString().getBytes(StandardCharsets.UTF_8);
            length += bytes[i].length;
        }
        int size = length;
        if (waiting.addAndGet(size) > MAX_WAITING) {
            waiting.addAndGet(-size);
            return CompletableFuture.failedStage(new IllegalStateException("too much waits for the Redis"));
        }
        RedisFuture<Object> answer;
        try {
            answer = out.async().evalsha(script.digest(), script.answer(), keys.toArray(String[]::new), bytes);
        } catch (RuntimeException e) {
            waiting.addAndGet(-size);
            broken = true;
            return CompletableFuture.failedStage(e);
        }
        return answer.whenComplete((value, failure) -> {
            waiting.addAndGet(-size);
            if (failure instanceof RedisReadOnlyException) {
                broken = true; // it is no master any more
            }
        });
    }

    /** Whether both connections stand and are answered, as far as is known; asks again. To be called often. */
    boolean isAlive() {
        long asked = askedAt;
        if (broken || !out.isOpen() || !in.isOpen()) {
            return false;
        }
        if (asked != 0) {
            return System.nanoTime() - asked < SILENCE_NANOS;
        }
        askedAt = System.nanoTime() | 1; // never 0
        CompletionStage<Boolean> published = done(() -> out.async().ping());
        CompletionStage<Boolean> heard = done(() -> in.async().ping());
        CompletionStage<Void> unused = published
                .thenCombine(heard, (one, other) -> one && other)
                .thenAccept(answered -> askedAt = answered ? 0 : askedAt);
        return true;
    }

    void close() {
        broken = true;
        CompletableFuture<Void> unused = out.closeAsync();
        CompletableFuture<Void> unusedToo = in.closeAsync();
    }

    private interface Command {
        CompletionStage<?> send();
    }

    private CompletionStage<Boolean> done(Command command) {
        CompletionStage<?> answer;
        try {
            answer = command.send();
        } catch (RuntimeException e) {
            broken = true;
            return CompletableFuture.completedStage(false);
        }
        return answer.handle((@Nullable Object value, @Nullable Throwable failure) -> {
            if (failure != null) {
                broken = true;
            }
            return failure == null;
        });
    }
}
