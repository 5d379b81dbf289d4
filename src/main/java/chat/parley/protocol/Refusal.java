package chat.parley.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Why a frame is no message, on its way from where that is found to the {@link ClientMessage.Undecodable} it becomes.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String field;
    private final String why;

    private Refusal(ErrorCode code, @Nullable String field, String why) {
        super(why, null, false, false);
        this.code = code;
        this.field = field;
        this.why = why;
    }

    static Refusal frame(String why) {
        return new Refusal(ErrorCode.BAD_MESSAGE, null, why);
    }

    static Refusal field(String field, String why) {
        return new Refusal(ErrorCode.BAD_MESSAGE, field, why);
    }

    static Refusal tooLarge(String field, String why) {
        return new Refusal(ErrorCode.TOO_LARGE, field, why);
    }

    ClientMessage.Undecodable toUndecodable(@Nullable String id, @Nullable String room) {
        return new ClientMessage.Undecodable(id, room, code, field, why);
    }
}
