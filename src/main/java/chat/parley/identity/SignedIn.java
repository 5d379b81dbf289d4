package chat.parley.identity;

/**
 * A session just begun.
 *
 * @param secret whoever brings it is this person; it goes to the browser, as the cookie, and nowhere else
 */
public record SignedIn(Pass pass, String secret) {
    /** Without the secret, for logs. */
    @Override
    public String toString() {
        return "SignedIn[" + pass + "]";
    }
}
