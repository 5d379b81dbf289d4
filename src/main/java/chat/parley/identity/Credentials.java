package chat.parley.identity;

import org.jspecify.annotations.Nullable;

/**
 * What somebody brings to say who they are. Secrets, all but the name.
 *
 * @param container whom the application server has signed in; null for nobody, which is always so without one
 * @param bearer of the header {@code Authorization: Bearer} (RFC 6750)
 * @param cookie the page's session cookie
 * @param ticket of the query
 * @param name of the query
 * @param session a guest's secret, of the query
 * @param address where they come from, as limits know it
 */
public record Credentials(
        @Nullable ContainerUser container,
        @Nullable String bearer,
        @Nullable String cookie,
        @Nullable String ticket,
        @Nullable String name,
        @Nullable String session,
        String address) {
    /** Without what is brought, for logs. */
    @Override
    public String toString() {
        return "Credentials[]";
    }

    /** The same, as a guest who has this name and comes by this secret. */
    Credentials asGuest(String name, String session) {
        return new Credentials(container, bearer, cookie, ticket, name, session, address);
    }

    /** Whether the query says who somebody wants to be. */
    boolean hasQuery() {
        return ticket != null || name != null || session != null;
    }
}
