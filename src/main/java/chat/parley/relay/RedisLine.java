package chat.parley.relay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a Redis: a {@link RedisLink} that is made anew whenever it breaks, and then subscribed to all that is wished.
 * While there is none it is asked again and again. Any thread may call; nothing waits but {@link #close}.
 *
 * <p>Its lock keeps what is wished and what was sent in the same order; commands are only queued under it.
 */
final class RedisLine implements AutoCloseable {

    /** Who has to know when the link breaks and when there is another; told on the scheduler's thread. */
    interface Watcher {

        /** There is a link, and everything wished is confirmed on it. */
        void back(RedisLink link);

        /** The link is gone. */
        void away();
    }

    private static final Logger log = LoggerFactory.getLogger(RedisLine.class);

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** How long a room that is loaded waits for the confirmation of its subscription at most. */
    private static final Duration CONFIRMATION = Duration.ofMillis(500);

    private final ScheduledExecutorService scheduler;
    private final BiConsumer<String, byte[]> heard;
    private final RedisURI uri;
    private final ClientResources resources;
    private final RedisClient client;
    private final ReentrantLock lock = new ReentrantLock();

    /** How often each channel was subscribed to. */
    @GuardedBy("lock") private final Map<String, Integer> wished = new HashMap<>();

    /** Changed under the lock, read by everybody; null while there is none. */
    private volatile @Nullable RedisLink link;

    private volatile boolean closed;
    private volatile @Nullable Watcher watcher;

    // The scheduler's thread only.
    private long links;
    private boolean connecting;
    private boolean toldAway;
    private long pause = TICK.toNanos();
    private long connectAt = System.nanoTime();

    /**
     * A way to the Redis at a URL. Throws an {@link IllegalArgumentException} when that is none.
     *
     * @param heard hears what is published, by channel, on a thread of the client
     */
    RedisLine(String url, ScheduledExecutorService scheduler, BiConsumer<String, byte[]> heard) {
        this.uri = RedisURI.create(url);
        this.uri.setTimeout(CONNECT);
        this.scheduler = scheduler;
        this.heard = heard;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).build())
                .build());
    }

    /** Connects, and goes on doing so. Once. */
    void start(Watcher watching) {
        watcher = watching;
        Future<?> unused = scheduler.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The link there is; null while there is none. */
    @Nullable RedisLink link() {
        return link;
    }

    /** As {@link Relay#subscribe}, of a channel. */
    CompletionStage<Boolean> subscribe(String channel) {
        CompletionStage<Boolean> answer;
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.completedStage(false);
            }
            wished.merge(channel, 1, Integer::sum);
            RedisLink current = link;
            if (current == null) {
                return CompletableFuture.completedStage(false);
            }
            answer = current.subscribe(channel);
        } finally {
            lock.unlock();
        }
        CompletableFuture<Boolean> confirmed = new CompletableFuture<>();
        answer.thenAccept(confirmed::complete);
        atLatest(CONFIRMATION, confirmed);
        return confirmed;
    }

    /** Takes one subscription back. */
    void unsubscribe(String channel) {
        lock.lock();
        try {
            Integer times = wished.get(channel);
            if (times == null || closed) {
                return;
            }
            if (times > 1) {
                wished.put(channel, times - 1);
                return;
            }
            wished.remove(channel);
            RedisLink current = link;
            if (current != null) {
                current.unsubscribe(channel);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs something on the scheduler's thread; false when that has ended. */
    boolean later(Runnable task) {
        try {
            scheduler.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Completes it with false after so long. */
    void atLatest(Duration delay, CompletableFuture<Boolean> answer) {
        try {
            Future<?> unused =
                    scheduler.schedule(() -> answer.complete(false), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            answer.complete(false);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            link = null; // the client closes its connections itself
        } finally {
            lock.unlock();
        }
        client.shutdown(Duration.ZERO, CONNECT);
        try {
            resources.shutdown(0, CONNECT.toMillis(), TimeUnit.MILLISECONDS).await(CONNECT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the scheduler's thread

    private void tick() {
        RedisLink current = link;
        if (current != null && !current.isAlive()) {
            lock.lock();
            try {
                disconnect();
            } finally {
                lock.unlock();
            }
            if (!closed) {
                tellAway("the connection is gone");
            }
            connectAt = System.nanoTime();
            Watcher told = watcher;
            if (told != null) {
                told.away();
            }
        }
        if (link == null && !closed && !connecting && System.nanoTime() - connectAt >= 0) {
            connecting = true;
            try {
                RedisLink.connect(client, uri, ++links, heard).whenComplete((made, failure) -> {
                    if (!later(() -> connected(made, failure)) && made != null) {
                        made.close();
                    }
                });
            } catch (RuntimeException e) {
                connected(null, e); // it was closed meanwhile
            }
        }
    }

    private void connected(@Nullable RedisLink made, @Nullable Throwable failure) {
        connecting = false;
        if (made == null) {
            pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
            connectAt = System.nanoTime() + pause;
            if (!closed) {
                tellAway(failure == null ? "" : reason(failure));
            }
            return;
        }
        pause = TICK.toNanos();
        CompletionStage<Boolean> confirmed;
        lock.lock();
        try {
            if (closed) {
                made.close();
                return;
            }
            made.load();
            link = made;
            confirmed = made.subscribe(List.copyOf(wished.keySet()));
        } finally {
            lock.unlock();
        }
        confirmed.thenAccept(all -> later(() -> subscribed(made)));
        if (toldAway) {
            toldAway = false;
            log.info("the relay can be reached again");
        }
    }

    private void subscribed(RedisLink made) {
        Watcher told = watcher;
        if (told != null && link == made) {
            told.back(made);
        }
    }

    private void tellAway(String why) {
        if (!toldAway) {
            toldAway = true;
            log.atWarn()
                    .addKeyValue("why", why)
                    .log("the relay cannot be reached: what is said on other servers comes up to two seconds late");
        }
    }

    /** The innermost message: the outer ones say where to connect to, which may have the password in it. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    // ---- everybody

    @GuardedBy("lock") private void disconnect() {
        RedisLink current = link;
        link = null;
        if (current != null) {
            current.close();
        }
    }
}
