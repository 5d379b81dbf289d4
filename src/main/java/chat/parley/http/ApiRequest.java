package chat.parley.http;

import chat.parley.identity.Credentials;

/**
 * A request that has passed the checks that all share.
 *
 * @param address the client's, as limits know it
 * @param credentials of its headers
 * @param body as the route wants it
 */
record ApiRequest<T>(String address, Credentials credentials, T body) {}
