package chat.parley.protocol;

import org.jspecify.annotations.Nullable;

/** What must hold of a field, or between two (protocol, sections 2 and 3). */
@FunctionalInterface
interface Rule {
    Rule ID = (frame, maxContentBytes) -> id(frame);
    Rule ROOM = (frame, maxContentBytes) -> required(frame, "room");
    Rule CONTENT = (frame, maxContentBytes) -> Content.check(required(frame, "content"), maxContentBytes);
    Rule SINCE_NEEDS_EPOCH = (frame, maxContentBytes) -> {
        if (frame.integer("since", 0, Long.MAX_VALUE) != null && frame.string("epoch") == null) {
            throw Refusal.field("epoch", "A join with since needs the epoch that since belongs to.");
        }
    };

    int MAX_ID_CHARS = 64;

    void check(ClientFrame frame, int maxContentBytes) throws Refusal;

    static Rule string(String name) {
        return (frame, maxContentBytes) -> frame.string(name);
    }

    /** From {@code min} to {@code max}, both allowed. */
    static Rule integer(String name, long min, long max) {
        return (frame, maxContentBytes) -> frame.integer(name, min, max);
    }

    /** The id, null if absent. */
    static @Nullable String id(ClientFrame frame) throws Refusal {
        String id = frame.string("id");
        if (id == null) {
            return null;
        }
        if (id.isEmpty() || id.length() > MAX_ID_CHARS || !id.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
            throw Refusal.field("id", "The field id must be 1 to " + MAX_ID_CHARS + " printable characters of ASCII.");
        }
        return id;
    }

    private static String required(ClientFrame frame, String name) throws Refusal {
        String text = frame.string(name);
        if (text == null) {
            throw Refusal.field(name, "The field " + name + " is missing.");
        }
        return text;
    }
}
