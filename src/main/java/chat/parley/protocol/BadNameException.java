package chat.parley.protocol;

/** A text cannot be the name it is meant to be. It is an answer, not an accident: it carries no stack trace. */
public final class BadNameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    BadNameException(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    /** What is wrong with it: a sentence for people. It never quotes the text, which may be long or hostile. */
    public String why() {
        return why;
    }
}
