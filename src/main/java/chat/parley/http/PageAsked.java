package chat.parley.http;

import chat.parley.moderation.ModerationException;
import java.util.Map;

/**
 * Which part of a list is asked for, the newest first.
 *
 * @param before only what has a lower number
 * @param limit how many at most
 */
record PageAsked(long before, int limit) {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    /** What a query asks for. */
    static PageAsked of(Map<String, String> query) throws ModerationException {
        return new PageAsked(
                number(query, "before", Long.MAX_VALUE, Long.MAX_VALUE), (int) number(query, "limit", USUAL, MOST));
    }

    private static long number(Map<String, String> query, String name, long usual, long most)
            throws ModerationException {
        String written = query.get(name);
        if (written == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(written);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw AdminRoutes.bad("The parameter " + name + " is a whole number from 1 to " + most + ".");
    }
}
