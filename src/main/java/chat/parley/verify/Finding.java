package chat.parley.verify;

/**
 * Something that must never be.
 *
 * @param atMillis when it was noticed, since the run began
 * @param evidence which message, whose, who saw what, when and through which server
 */
public record Finding(Kind kind, long atMillis, String room, String evidence) {

    /** Which promise was broken. */
    public enum Kind {
        /** An acknowledged message is not in the log. */
        ACKED_IS_LOST("an acknowledged message is not in the log"),
        /** Somebody was shown a message that is not in the log. */
        SEEN_IS_LOST("a message that somebody was shown is not in the log"),
        /** What was sent once, or resent with the same id, has two numbers. */
        TWICE("one message has two numbers"),
        /** Two messages were told of under one number. */
        SEEN_OTHERWISE("two messages have one number"),
        /** The content or the sender is not what was sent. */
        CHANGED("a message was altered"),
        /** A message that none of the people of this run has sent. */
        NOT_SENT("a message that nobody sent"),
        /** A duplicate was told of a message that was sent once only. */
        FALSE_DUPLICATE("called a duplicate, but it was sent once"),
        /** Messages of one connection that were carried out in another order than they were sent in. */
        OUT_OF_ORDER("messages of one connection changed places"),
        /** A live event came out of its turn, and no gap was announced. */
        OUT_OF_TURN("a hole or a repetition that was not announced"),
        /** What was read of the history has a hole in it, or is not what was asked for. */
        HOLE("a hole in the history"),
        /** The log became shorter. */
        SHORTER("the log became shorter"),
        /** The numbers belong to another log now. */
        EPOCH("the epoch changed"),
        /** Two servers have different logs. */
        NODES_DIFFER("two servers have different logs"),
        /** Somebody who was answered came back and was taken for somebody else. */
        STRANGER("somebody who came back was taken for somebody else"),
        /** Not everything flowed again in time. */
        BEHIND("not everything flowed again in time"),
        /** An answer that nobody had reason to give. */
        UNEXPECTED("an answer that nobody had reason to give");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }

        /** What it means, for people. */
        public String sentence() {
            return sentence;
        }
    }

    @Override
    public String toString() {
        return kind + " at " + Seconds.of(atMillis) + " in " + room + ": " + evidence;
    }
}
