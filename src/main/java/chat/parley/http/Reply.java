package chat.parley.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param body null for none
 * @param cookie null leaves the session cookie as it is; empty takes it away
 * @param cookieSeconds how long a browser keeps it; -1 as long as it is open
 */
record Reply(int status, @Nullable Record body, @Nullable String cookie, int cookieSeconds) {

    /** Without the cookie, for logs. */
    @Override
    public String toString() {
        return "Reply[" + status + ", " + body + "]";
    }

    /** Nothing to say. */
    static final Reply NOTHING = new Reply(204, null, null, 0);

    static Reply of(int status, Record body) {
        return new Reply(status, body, null, 0);
    }

    static Reply of(Problem problem) {
        return of(problem.status(), problem);
    }

    /** Nothing to say, and no session any more. */
    static Reply signedOut() {
        return new Reply(204, null, "", 0);
    }
}
