package chat.parley.identity;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds claims of a token, those in claims too. */
final class Claims {

    private Claims() {}

    /**
     * The claim of that name; when there is none, the one at the end of that path, such as {@code realm_access.roles}. Names
     * may have dots themselves: many are addresses.
     *
     * @return null when there is none
     */
    static @Nullable Object at(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                return at(inner, path.substring(dot + 1));
            }
        }
        return null;
    }

    /** The texts of a list; of one text its words, as {@code scope} has them; nothing of everything else. */
    static Set<String> texts(@Nullable Object claim) {
        Stream<?> all = claim instanceof Collection<?> several
                ? several.stream()
                : claim instanceof String text ? Stream.of(text.split(" ")) : Stream.of();
        return all.filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
