package chat.parley.endpoint;

import chat.parley.identity.ContainerUser;
import chat.parley.identity.Credentials;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a request say of who sent it. Secrets.
 *
 * @param container whom the application server has signed in; null for nobody
 * @param bearer of {@code Authorization: Bearer}
 * @param cookie the value of {@link #COOKIE}
 */
public record HttpCredentials(
        @Nullable ContainerUser container,
        @Nullable String bearer,
        @Nullable String cookie) {

    /** The name of the cookie that holds the session of the page. */
    public static final String COOKIE = "parley_session";

    static final HttpCredentials NONE = new HttpCredentials(null, null, null);

    private static final String BEARER = "bearer ";

    /** Those of some headers; of several that say the same, the first counts. */
    public static HttpCredentials of(
            @Nullable ContainerUser container, List<String> authorization, List<String> cookies) {
        return new HttpCredentials(container, bearer(authorization), cookie(cookies));
    }

    /** Those of the headers of a handshake, whatever the case of their names. */
    static HttpCredentials of(@Nullable ContainerUser container, Map<String, List<String>> headers) {
        return of(container, values(headers, "authorization"), values(headers, "cookie"));
    }

    /** Together with what the query says, and with the address as limits know it. */
    public Credentials with(@Nullable String ticket, @Nullable String name, @Nullable String session, String address) {
        return new Credentials(container, bearer, cookie, ticket, name, session, address);
    }

    /** Without the secrets, for logs. */
    @Override
    public String toString() {
        return "HttpCredentials[]";
    }

    private static List<String> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    /** RFC 6750, section 2.1. */
    private static @Nullable String bearer(List<String> authorization) {
        return authorization.stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).trim())
                .findFirst()
                .orElse(null);
    }

    /** RFC 6265, section 4.2.1. */
    private static @Nullable String cookie(List<String> headers) {
        return headers.stream()
                .flatMap(header -> List.of(header.split(";")).stream())
                .map(String::trim)
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .map(pair -> pair.substring(COOKIE.length() + 1))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
