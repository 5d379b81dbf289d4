package chat.parley.moderation;

import chat.parley.identity.Pass;

/**
 * An admin at work.
 *
 * @param pass of whom it is known that they may
 * @param address where they are, as text, so that they do not shut themselves out
 */
public record Admin(Pass pass, String address) {}
