package chat.parley.store;

/** What became of a {@link Draft} once its batch was committed. */
public sealed interface Outcome {

    /**
     * It is in the log now.
     *
     * @param first the lowest seq the room's log still has
     */
    record Stored(StoredMessage message, long first) implements Outcome {}

    /** It was in the log already; nothing changed. */
    record Duplicate(StoredMessage message) implements Outcome {}

    /**
     * It is in the log, but whether it was before nobody knows: it was stored by somebody of whom no answer came, perhaps by
     * this append itself. Whoever asks again is told that it is a duplicate, and that is true then.
     */
    record Unsure(StoredMessage message) implements Outcome {}

    /** Its id belongs to a message with other content; nothing changed. */
    record Conflict() implements Outcome {}
}
