package chat.parley.identity;

import chat.parley.store.StoreException;
import java.util.concurrent.CompletionException;

/** Why something about accounts, sessions or tickets was refused; nothing was changed unless the reason says so. */
public final class AccountException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The names of the refusals; the wire has them in lower case. */
    public enum Reason {
        /** Nobody can have this name. */
        BAD_NAME,
        /** Somebody has this name, had it, or has one that looks like it. */
        NAME_TAKEN,
        /** Only a code of the operator opens this name. */
        NAME_KEPT,
        /** A new password that is too short or too long. */
        BAD_PASSWORD,
        /** There is no such account, or this is not its password: nobody is told which. */
        WRONG_CREDENTIALS,
        /** No session, or one that is over. */
        NOT_SIGNED_IN,
        /** This kind of coming in, or of signing up, is switched off. */
        SWITCHED_OFF,
        /** Guests have no password and no account to delete. */
        GUESTS_CANNOT,
        /** Whoever vouches for them keeps their account; there is none here. */
        NO_ACCOUNT,
        /** Too many attempts; says when to try again. */
        RATE_LIMITED,
        /** This address has as many guest names as it may have. */
        TOO_MANY_NAMES,
        /** Too much is asked at once; nothing was done. */
        BUSY,
        /** The store does not work; whether something was changed is unknown. */
        UNAVAILABLE
    }

    private static final long RETRY_MILLIS = 1_000;

    private final Reason reason;
    private final long retryAfterMillis;

    /** A refusal; the message is a sentence for people, and holds no secret. */
    public AccountException(Reason reason, String message) {
        this(reason, message, 0);
    }

    /** A refusal with the time after which to try again, in milliseconds; 0 when nobody knows. */
    public AccountException(Reason reason, String message, long retryAfterMillis) {
        super(message);
        this.reason = reason;
        this.retryAfterMillis = retryAfterMillis;
    }

    /** What a failed stage of this package failed for. */
    public static AccountException of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof AccountException known) {
            return known;
        }
        if (cause instanceof StoreException store && store.kind() == StoreException.Kind.BUSY) {
            return new AccountException(Reason.BUSY, "Too much is asked at once; try again.", RETRY_MILLIS);
        }
        return new AccountException(Reason.UNAVAILABLE, "This cannot be done now; try again.", RETRY_MILLIS);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** After how many milliseconds to try again; 0 when nobody knows. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
