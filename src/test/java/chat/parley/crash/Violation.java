package chat.parley.crash;

/** Something that must never be. */
record Violation(Kind kind, String what) {

    /** Which promise was broken. */
    enum Kind {
        /** An acknowledged message is not in the log under its number. */
        ACKED_IS_LOST,
        /** A duplicate was told of a message that is not stored, or was sent once only. */
        FALSE_DUPLICATE,
        /** Somebody saw something else than what is stored. */
        SEEN_OTHERWISE,
        /** The numbers of a room are not 1 to its head. */
        HOLE,
        /** What a client put together is not a piece of the log. */
        RECORD,
        /** What was sent once is stored twice. */
        TWICE,
        /** The log became another one, or shorter. */
        OTHER_LOG,
        /** Somebody who was answered came back and was taken for somebody else. */
        STRANGER,
        /** A live event came out of its turn. */
        OUT_OF_TURN,
        /** A client could not get to the end of the log. */
        BEHIND,
        /** An answer that nobody had reason to give. */
        UNEXPECTED
    }
}
