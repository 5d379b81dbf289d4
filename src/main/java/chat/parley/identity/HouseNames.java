package chat.parley.identity;

import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names that would make others believe that the house is speaking. Nobody can have them, or any that looks like them.
 */
final class HouseNames {
    private static final Set<String> LOOKS =
            Stream.of("""
            admin administrator all anonymous channel everyone guest here host mod moderator official
            operator owner parley root security server staff support system webmaster""".split("\\s+")).map(HouseNames::look).collect(Collectors.toUnmodifiableSet());

    private HouseNames() {}

    /** How those are named in the log who had an account and deleted it. */
    static final String GONE = "deleted-";

    private static final String GONE_LOOK = look(GONE);

    static boolean hasLook(String look) {
        return LOOKS.contains(look) || look.startsWith(GONE_LOOK);
    }

    private static String look(String name) {
        try {
            return UserName.parse(name).skeleton();
        } catch (BadNameException e) {
            throw new IllegalStateException(name + ": " + e.why(), e);
        }
    }
}
