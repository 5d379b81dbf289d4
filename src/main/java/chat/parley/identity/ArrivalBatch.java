package chat.parley.identity;

import chat.parley.store.GuestClaims;
import chat.parley.store.StoreException;
import chat.parley.store.StoreTasks;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store for all who come while it is asked for others as one: thousands who come at once, because another server
 * is gone, are a few queries. Bounded: one more fails with {@link StoreException.Kind#BUSY}. What is refused of one is refused to them alone. Any thread may ask; nothing
 * waits.
 */
public final class ArrivalBatch {

    /** Of one transaction, which is bounded in time. */
    private static final int MOST_AT_ONCE = 2_000;

    private static final int MOST_WAITING = 50_000;

    private record Waiting(
            Set<String> keys,
            GuestClaims.@Nullable Claim claim,
            Map<String, Long> tickets,
            CompletableFuture<GuestClaims.Answer> answer) {}

    private final GuestClaims claims;
    private final StoreTasks reader;
    private final Object lock = new Object();

    @GuardedBy("lock") private final List<Waiting> waiting = new ArrayList<>();

    @GuardedBy("lock") private boolean isAsking;

    /** Asks those claims, on the threads of that reader. */
    public ArrivalBatch(GuestClaims claims, StoreTasks reader) {
        this.claims = claims;
        this.reader = reader;
    }

    /** Asks; the answer may tell of others besides. Its tickets are for whoever takes them out first. */
    CompletionStage<GuestClaims.Answer> ask(
            Set<String> keys, GuestClaims.@Nullable Claim claim, Map<String, Long> tickets) {
        Waiting mine = new Waiting(keys, claim, tickets, new CompletableFuture<>());
        synchronized (lock) {
            if (waiting.size() >= MOST_WAITING) {
                return CompletableFuture.failedFuture(
                        new StoreException(StoreException.Kind.BUSY, "too many come at once"));
            }
            waiting.add(mine);
        }
        askNext();
        return mine.answer();
    }

    private void askNext() {
        List<Waiting> asked;
        synchronized (lock) {
            if (isAsking || waiting.isEmpty()) {
                return;
            }
            isAsking = true;
            List<Waiting> some = waiting.subList(0, Math.min(MOST_AT_ONCE, waiting.size()));
            asked = List.copyOf(some);
            some.clear();
        }
        reader.submit(() -> answers(asked)).whenComplete((answers, failure) -> {
            synchronized (lock) {
                isAsking = false;
            }
            askNext();
            if (failure == null) {
                answers.forEach(Runnable::run);
            } else {
                asked.forEach(each -> each.answer().completeExceptionally(failure));
            }
        });
    }

    /**
     * What tells them. When the store refuses what one of them brought, each half is asked by itself, so that nobody else
     * is turned away for it.
     */
    private List<Runnable> answers(List<Waiting> asked) {
        List<Runnable> answers = new ArrayList<>();
        try {
            GuestClaims.Answer answer = ask(asked);
            asked.forEach(each -> answers.add(() -> each.answer().complete(answer)));
        } catch (StoreException e) {
            int half = asked.size() / 2;
            if (e.kind() == StoreException.Kind.REFUSED && half > 0) {
                answers.addAll(answers(asked.subList(0, half)));
                answers.addAll(answers(asked.subList(half, asked.size())));
            } else {
                asked.forEach(each -> answers.add(() -> each.answer().completeExceptionally(e)));
            }
        }
        return answers;
    }

    private GuestClaims.Answer ask(List<Waiting> asked) throws StoreException {
        Set<String> keys = new HashSet<>();
        List<GuestClaims.Claim> names = new ArrayList<>();
        Map<String, Long> tickets = new HashMap<>();
        for (Waiting each : asked) {
            keys.addAll(each.keys());
            tickets.putAll(each.tickets());
            if (each.claim() != null) {
                names.add(each.claim());
            }
        }
        GuestClaims.Answer answer = claims.arrive(keys, names, tickets);
        Set<String> redeemed = ConcurrentHashMap.newKeySet();
        redeemed.addAll(answer.redeemed());
        return new GuestClaims.Answer(answer.known(), answer.claimed(), redeemed);
    }
}
