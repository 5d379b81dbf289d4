package chat.parley.moderation;

import chat.parley.identity.Pass;

/**
 * A connection, as an admin sees it.
 *
 * @param connection its number, which rises with every one that is opened
 * @param pass by what they are here
 * @param address the client's IP address, as text
 * @param since milliseconds since the Unix epoch
 * @param rooms in how many rooms it is
 */
public record Visit(long connection, Pass pass, String address, long since, int rooms) {}
