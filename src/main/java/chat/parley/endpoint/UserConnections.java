package chat.parley.endpoint;

import chat.parley.protocol.CloseCode;
import chat.parley.relay.Ledger;
import chat.parley.room.Outlet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections each user may have on all servers together. How many they may have here is decided before; what
 * they have elsewhere is asked afterwards. Who seems to have one too many is asked about again when the connections of a
 * server that died count no more, as they may have come from there; a connection that is one too many then is closed, the
 * newest first. Without the others nothing is. Any thread may call; nothing here waits.
 */
final class UserConnections {

    private static final Logger log = LoggerFactory.getLogger(UserConnections.class);

    private final int most;
    private final boolean isAsking;
    private final Ledger ledger;
    private final ScheduledExecutorService scheduler;
    private final ConcurrentMap<String, Open> open = new ConcurrentHashMap<>();

    /**
     * What a user has here.
     *
     * @param asked those of which it is not answered yet whether they are one too many
     * @param surplus those that were one too many when they came, oldest first
     */
    private record Open(int count, List<Outlet.Owner> asked, List<Outlet.Owner> surplus) {

        private static final Open NOTHING = new Open(0, List.of(), List.of());

        Open came(Outlet.Owner connection) {
            return new Open(count + 1, with(asked, connection), surplus);
        }

        /** The answer came; nothing is left to say of one that went before it. */
        Open answered(Outlet.Owner connection, boolean isSurplus) {
            return asked.contains(connection)
                    ? new Open(count, without(asked, connection), isSurplus ? with(surplus, connection) : surplus)
                    : this;
        }

        Open fits(Outlet.Owner connection) {
            return new Open(count, asked, without(surplus, connection));
        }

        Open went(Outlet.Owner connection) {
            return new Open(Math.max(0, count - 1), without(asked, connection), without(surplus, connection));
        }

        private static List<Outlet.Owner> with(List<Outlet.Owner> some, Outlet.Owner another) {
            List<Outlet.Owner> all = new ArrayList<>(some);
            all.add(another);
            return List.copyOf(all);
        }

        private static List<Outlet.Owner> without(List<Outlet.Owner> some, Outlet.Owner one) {
            return some.contains(one)
                    ? some.stream().filter(each -> each != one).toList()
                    : some;
        }

        /** How many there were when it had not come yet, nor any surplus one after it. */
        int before(Outlet.Owner one) {
            return Math.max(0, count - surplus.size() + surplus.indexOf(one));
        }
    }

    /**
     * Of users with at most so many connections.
     *
     * @param most 0 for no limit: then nobody is asked, nor are they where there are no others
     * @param scheduler asks again later
     */
    UserConnections(int most, Ledger ledger, ScheduledExecutorService scheduler) {
        this.most = most;
        this.isAsking = most > 0 && !ledger.isAlone();
        this.ledger = ledger;
        this.scheduler = scheduler;
    }

    /**
     * A connection was opened.
     *
     * @param user the key of an identity
     */
    void opened(String user, Outlet.Owner connection) {
        if (isAsking) {
            told(user, now -> now.came(connection)).thenAccept(all -> {
                changed(user, now -> now.answered(connection, all > most));
                if (all > most) {
                    askLater(user, connection);
                }
            });
        }
    }

    /** It has ended. */
    void closed(String user, Outlet.Owner connection) {
        if (isAsking) {
            CompletionStage<Integer> unused = told(user, now -> now.went(connection));
        }
    }

    private void askLater(String user, Outlet.Owner connection) {
        try {
            Future<?> unused = scheduler.schedule(
                    () -> askAgain(user, connection), Ledger.FORGETS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.trace("the server has stopped");
        }
    }

    /** The others are told as if it had not come: so of two servers that ask at once only one finds no room for its own. */
    private void askAgain(String user, Outlet.Owner connection) {
        AtomicReference<CompletionStage<Integer>> answer = new AtomicReference<>(CompletableFuture.completedStage(0));
        changed(user, now -> {
            if (now.surplus().contains(connection)) {
                answer.set(ledger.connections(user, now.before(connection)));
            }
            return now;
        });
        answer.get().thenAccept(others -> {
            if (others >= most) {
                connection.failed(CloseCode.TOO_MANY_CONNECTIONS, "too many connections of this user");
            } else {
                CompletionStage<Integer> unused = told(user, now -> now.fits(connection));
            }
        });
    }

    /** What is told keeps the order in which it happened, user by user. */
    private CompletionStage<Integer> told(String user, UnaryOperator<Open> change) {
        AtomicReference<CompletionStage<Integer>> answer = new AtomicReference<>(CompletableFuture.completedStage(0));
        changed(user, before -> {
            Open now = change.apply(before);
            answer.set(ledger.connections(user, now.count()));
            return now;
        });
        return answer.get();
    }

    private void changed(String user, UnaryOperator<Open> change) {
        open.compute(user, (key, before) -> {
            Open now = change.apply(before == null ? Open.NOTHING : before);
            return now.count() == 0 ? null : now;
        });
    }
}
