package chat.parley.http;

import org.jspecify.annotations.Nullable;

/**
 * What people are told about their coming in. Times are milliseconds since the Unix epoch. Public for the sake of its
 * records, which JSON-B writes.
 */
public final class IdentityAnswers {

    private IdentityAnswers() {}

    /**
     * Who somebody is.
     *
     * @param expiresAt milliseconds since the Unix epoch when the session ends; null when it does not by itself
     * @param token good for a connection, and for renewing one; null for somebody whom somebody else vouches for, who has
     *     tokens of their own
     * @param tokenExpiresAt milliseconds since the Unix epoch
     */
    public record Session(
            String name,
            boolean guest,
            @Nullable Long expiresAt,
            @Nullable String token,
            @Nullable Long tokenExpiresAt) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "Session[" + name + "]";
        }
    }

    /**
     * Which ways in the page may offer, and who is in already.
     *
     * @param guests whether a name is enough
     * @param signIn whether people with an account can come in, and anybody has one or can make one
     * @param signUp whether an account can be made
     * @param elsewhere true where another system lets people in; null where none does
     * @param closed why no connection is taken now; null when one is
     * @param session who the session is of; null when there is none, or when it would open no connection
     */
    public record Ways(
            boolean guests,
            boolean signIn,
            boolean signUp,
            @Nullable Boolean elsewhere,
            @Nullable String closed,
            @Nullable Who session) {}

    /**
     * Whose session it is, without anything that opens a connection.
     *
     * @param external true for somebody whom somebody else vouches for: no account here to change; null for others
     * @param expiresAt milliseconds since the Unix epoch when the session ends; null when it does not by itself
     */
    public record Who(
            String name,
            boolean guest,
            @Nullable Boolean external,
            @Nullable Long expiresAt) {}

    /**
     * A ticket.
     *
     * @param expiresAt milliseconds since the Unix epoch
     */
    public record Ticket(String ticket, long expiresAt) {
        /** Without the secrets, for logs. */
        @Override
        public String toString() {
            return "Ticket[" + expiresAt + "]";
        }
    }
}
