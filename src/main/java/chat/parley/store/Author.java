package chat.parley.store;

/**
 * Who said something, as the store keeps it.
 *
 * @param key stands for the person for ever, across names and connections; part of the dedupe key
 * @param name the user name, as the store last heard it
 * @param guest whether the person had no account
 */
public record Author(String key, String name, boolean guest) {}
