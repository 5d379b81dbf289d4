package chat.parley.conformance;

import java.util.List;

/**
 * One rule of the protocol as somebody outside meets it.
 *
 * @param section where the protocol has it, such as {@code 4}; {@code -} for what stands on another page
 * @param name the rule as a sentence; a row of the table, and the same in no other check
 * @param need what it wants of the target
 * @param marks what it has to have met of what the protocol names, see {@link Marks}
 * @param act does it, and throws when it is not so
 */
record Check(String section, String name, Need need, List<String> marks, Act act) {

    /** What a check wants of the target. */
    enum Need {
        /** A place beside others: it may run while they do. */
        PLACE,
        /** The whole server for itself; it may leave it worn out, but ready after a restart. */
        SERVER,
        /** A deployment in which the server signs people in. */
        GUARDED
    }

    /** What a check does. */
    @FunctionalInterface
    interface Act {
        void on(Stage stage) throws Exception;
    }

    /** A check that runs beside others. */
    static Check of(String section, String name, Act act, String... marks) {
        return new Check(section, name, Need.PLACE, List.of(marks), act);
    }

    /** A check that has the server for itself. */
    static Check alone(String section, String name, Act act, String... marks) {
        return new Check(section, name, Need.SERVER, List.of(marks), act);
    }

    /** A check of a deployment in which the server signs people in. */
    static Check guarded(String section, String name, Act act, String... marks) {
        return new Check(section, name, Need.GUARDED, List.of(marks), act);
    }
}
