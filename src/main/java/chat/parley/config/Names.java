package chat.parley.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds names that nobody knows. A key that is surely meant for Parley is refused, because it would be a setting that
 * silently does not hold; a variable is only warned of, because a whole environment (a cluster's, say) may share the
 * prefix.
 */
final class Names {

    private static final String OURS = "parley.";
    private static final String OUR_VARIABLES = "PARLEY_";

    private static final List<String> KEYS =
            Stream.of(Setting.values()).map(Setting::key).toList();
    private static final List<String> VARIABLES =
            Stream.of(Setting.values()).map(Setting::variable).toList();

    private final List<String> warnings = new ArrayList<>();

    void refuseUnknown(Collection<String> keys, String origin) {
        for (String key : keys) {
            if (!KEYS.contains(key)) {
                throw new SettingsException(
                        key + ": no such setting; did you mean " + Nearest.to(key, KEYS) + "? (from " + origin + ")");
            }
        }
    }

    /** {@code parley.test.*} belongs to tests. */
    void refuseUnknownOfOurs(Collection<String> keys, String origin) {
        refuseUnknown(
                keys.stream()
                        .filter(key -> key.startsWith(OURS) && !key.startsWith("parley.test."))
                        .sorted()
                        .toList(),
                origin);
    }

    void warnOfForeign(Collection<String> keys, String origin) {
        keys.stream()
                .filter(key -> !key.startsWith(OURS))
                .sorted()
                .forEach(key -> warnings.add(key + ": not a setting of Parley, ignored (from " + origin + ")"));
    }

    /** {@code PARLEY_TEST_*} belongs to tests. */
    void warnOfUnknownVariables(Collection<String> variables) {
        variables.stream()
                .filter(name -> name.startsWith(OUR_VARIABLES) && !name.startsWith("PARLEY_TEST_"))
                .filter(name -> !VARIABLES.contains(name))
                .sorted()
                .forEach(name -> warnings.add(name + ": no such setting, ignored; did you mean "
                        + Nearest.to(name, VARIABLES) + "? (from environment variable)"));
    }

    List<String> warnings() {
        return warnings;
    }
}
