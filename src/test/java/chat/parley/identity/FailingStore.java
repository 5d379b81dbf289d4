package chat.parley.identity;

import chat.parley.store.AccountStore;
import chat.parley.store.MemoryStore;
import chat.parley.store.StoreException;
import java.lang.reflect.Proxy;
import java.time.Clock;

/** A store on the heap that fails as it is told to: before it does what it is asked for, or when it has done it. */
final class FailingStore {

    enum Failure {
        NONE,
        BEFORE,
        AFTER
    }

    private final AccountStore works = new MemoryStore(1, 1_000, Clock.systemUTC()).accounts();
    private Failure failure = Failure.NONE;

    void fail(Failure from) {
        failure = from;
    }

    AccountStore proxy() {
        return (AccountStore) Proxy.newProxyInstance(
                AccountStore.class.getClassLoader(), new Class<?>[] {AccountStore.class}, (proxy, method, given) -> {
                    if (failure == Failure.BEFORE) {
                        throw new StoreException(StoreException.Kind.UNAVAILABLE, "refused");
                    }
                    Object result = method.invoke(works, given);
                    if (failure == Failure.AFTER) {
                        throw new StoreException(StoreException.Kind.UNAVAILABLE, "did it, and failed");
                    }
                    return result;
                });
    }
}
