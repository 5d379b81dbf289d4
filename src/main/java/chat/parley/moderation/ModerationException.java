package chat.parley.moderation;

/** Why an act of an admin was refused; nothing was changed. */
public final class ModerationException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The names of the refusals; the wire has them in lower case. */
    public enum Reason {
        /** What was asked for makes no sense. */
        BAD_REQUEST,
        /** There is no such user, or no such ban. */
        NOT_FOUND,
        /** It would have been the admin themselves. */
        YOURSELF,
        /** It would have been another admin. */
        IS_ADMIN,
        /** There are as many bans as there can be. */
        TOO_MANY_BANS
    }

    private final Reason reason;

    /** A refusal; the message is a sentence for people. */
    public ModerationException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
