package chat.parley.moderation;

/** Somebody may not do this because they are banned. */
public final class BannedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Ban ban;

    /** By this ban. */
    public BannedException(Ban ban) {
        super("You are banned: " + ban.reason());
        this.ban = ban;
    }

    /** The ban. */
    public Ban ban() {
        return ban;
    }
}
