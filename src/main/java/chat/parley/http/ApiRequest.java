package chat.parley.http;

import chat.parley.identity.Credentials;
import java.util.Map;

/**
 * A request that has passed the checks that all share.
 *
 * @param address the client's, as limits know it
 * @param remote the client's IP address itself, as bans know it
 * @param credentials of its headers
 * @param caller who asks, by them
 * @param query its parameters, the first of each name; none of a request with a body
 * @param body as the route wants it
 */
record ApiRequest<T>(
        String address, String remote, Credentials credentials, Caller caller, Map<String, String> query, T body) {}
