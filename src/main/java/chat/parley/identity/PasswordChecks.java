package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.identity.AccountException.Reason;
import chat.parley.protocol.UserName;
import chat.parley.store.AccountStore;
import chat.parley.store.StoreTasks;
import chat.parley.store.StoredAccount;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a name and a password belong together, as often as one may ask. Neither the answer nor the time it
 * takes tells which of the two was wrong. Thread-safe; nothing here waits.
 */
final class PasswordChecks {

    /** None has so many characters, nor bytes: a hash of a book is not made. */
    private static final int LONGEST_TYPED = 4 * 128;

    private final AccountStore store;
    private final StoreTasks reader;
    private final Passwords passwords;
    private final Throttle perName;
    private final Throttle perAddress;

    PasswordChecks(Settings.Auth settings, AccountStore store, StoreTasks reader, Passwords passwords) {
        this.store = store;
        this.reader = reader;
        this.passwords = passwords;
        this.perName = new Throttle(settings.attemptsPerName());
        this.perAddress = new Throttle(settings.attemptsPerAddress());
    }

    /**
     * The account of the name, if that is its password.
     *
     * @param user null for a name that cannot be
     * @param typed the name as it counts for the throttle
     */
    CompletionStage<StoredAccount> account(@Nullable UserName user, String typed, String password, String address) {
        try {
            take(perAddress, address);
            take(perName, typed);
        } catch (AccountException e) {
            return CompletableFuture.failedFuture(e);
        }
        return compared(user, password.length() > LONGEST_TYPED ? "" : password).whenComplete((account, failure) -> {
            // What was right is no guess, and neither is what nobody could look at: a crowd costs nobody their
            // attempts.
            if (failure == null || AccountException.of(failure).reason() != Reason.WRONG_CREDENTIALS) {
                perAddress.giveBack(address);
                perName.giveBack(typed);
            }
        });
    }

    /** Counts a sign-up, which costs as much as a guess. */
    void takeSignUp(String address) throws AccountException {
        take(perAddress, address);
    }

    /** It was none. */
    void giveSignUpBack(String address) {
        perAddress.giveBack(address);
    }

    static AccountException wrongCredentials() {
        return new AccountException(Reason.WRONG_CREDENTIALS, "This name and this password do not belong together.");
    }

    private CompletionStage<StoredAccount> compared(@Nullable UserName user, String password) {
        return reader.submit(() -> Optional.ofNullable(user == null ? null : store.account(user.value())))
                .thenCompose(account -> passwords
                        .matches(account.map(StoredAccount::passwordHash).orElse(null), password)
                        .thenCompose(matches -> account.isEmpty() || !matches
                                ? CompletableFuture.failedFuture(wrongCredentials())
                                : CompletableFuture.completedFuture(account.get())));
    }

    private static void take(Throttle throttle, String key) throws AccountException {
        long wait = throttle.take(key);
        if (wait > 0) {
            throw new AccountException(Reason.RATE_LIMITED, "Too many attempts; wait a little.", wait);
        }
    }
}
