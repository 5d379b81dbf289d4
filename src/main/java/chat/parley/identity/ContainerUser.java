package chat.parley.identity;

import chat.parley.config.Settings;
import java.security.Principal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom the application server has signed in.
 *
 * @param name as the application server says it; it knows its users by that
 * @param isAdmin whether they have a role whose holders moderate this server
 */
public record ContainerUser(String name, boolean isAdmin) {

    /**
     * Whom a request is from.
     *
     * @param principal null when the application server has signed in nobody
     * @param hasRole whether they have the role of that name
     * @return null for nobody, and when the application server is not asked
     */
    public static @Nullable ContainerUser of(
            @Nullable Principal principal, Predicate<String> hasRole, Settings.External settings) {
        if (!settings.container() || principal == null || principal.getName() == null) {
            return null;
        }
        return new ContainerUser(
                principal.getName(), settings.adminRoles().stream().anyMatch(hasRole));
    }
}
