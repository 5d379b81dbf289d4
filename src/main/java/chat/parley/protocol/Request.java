package chat.parley.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of requests and the rules of their fields (protocol, section 3). The order of the rules is that of the
 * checks.
 */
enum Request {
    JOIN(
            ClientMessage.Join.class,
            Rule.ID,
            Rule.ROOM,
            Rule.integer("since", 0, Long.MAX_VALUE),
            Rule.string("epoch"),
            Rule.SINCE_NEEDS_EPOCH,
            Rule.integer("limit", 0, 200)),
    LEAVE(ClientMessage.Leave.class, Rule.ID, Rule.ROOM),
    MESSAGE(ClientMessage.Message.class, Rule.ID, Rule.ROOM, Rule.CONTENT),
    HISTORY(
            ClientMessage.History.class,
            Rule.ID,
            Rule.ROOM,
            Rule.integer("before", 1, Long.MAX_VALUE),
            Rule.integer("after", 0, Long.MAX_VALUE),
            Rule.integer("limit", 1, 200)),
    MEMBERS(ClientMessage.Members.class, Rule.ID, Rule.ROOM, Rule.string("after"), Rule.integer("limit", 1, 200)),
    TYPING(ClientMessage.Typing.class, Rule.ID, Rule.ROOM),
    PING(ClientMessage.Ping.class, Rule.ID),
    AUTH(ClientMessage.Auth.class, Rule.ID, Rule.CONTENT);

    private static final Map<String, Request> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Request::type, request -> request));

    private final Class<? extends ClientMessage> record;
    private final Rule[] rules;

    Request(Class<? extends ClientMessage> record, Rule... rules) {
        this.record = record;
        this.rules = rules;
    }

    /** The request of that type; null if there is none. */
    static @Nullable Request of(String type) {
        return BY_TYPE.get(type);
    }

    /** The word on the wire, which is also that of the record. */
    private String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a frame of this type becomes. */
    Class<? extends ClientMessage> record() {
        return record;
    }

    /**
     * Checks the fields that this type has; others may hold anything.
     *
     * @param maxContentBytes the most bytes of UTF-8 a content may have; 0 for no limit
     * @throws Refusal for the first field that breaks its rule
     */
    void check(ClientFrame frame, int maxContentBytes) throws Refusal {
        for (Rule rule : rules) {
            rule.check(frame, maxContentBytes);
        }
    }
}
