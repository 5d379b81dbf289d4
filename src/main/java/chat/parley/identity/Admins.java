package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.config.SettingsException;
import chat.parley.protocol.BadNameException;
import chat.parley.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may kick and ban: whom the setting names, and whom another system vouches for. Never a guest: a guest's name is
 * only lent. The named ones have their names kept for them: no guest gets one, nor one that looks like it, and only the
 * operator's code opens a sign-up, else a stranger could be quicker than the admin. Thread-safe; nothing here waits.
 */
public final class Admins {

    private static final Logger log = LoggerFactory.getLogger(Admins.class);

    /** By look. */
    private final Map<String, UserName> names = new LinkedHashMap<>();

    private final byte[] code;

    /**
     * Those of the settings.
     *
     * @throws SettingsException if what is named cannot be a name
     */
    public Admins(Settings.Admins settings) {
        for (String written : settings.names()) {
            try {
                UserName name = UserName.parse(written);
                if (HouseNames.hasLook(name.skeleton())) {
                    throw new SettingsException(
                            "parley.admins names '" + written + "', which nobody can have: it is kept for the house");
                }
                names.put(name.skeleton(), name);
            } catch (BadNameException e) {
                throw new SettingsException("parley.admins names '" + written + "', which nobody can have: " + e.why());
            }
        }
        this.code = settings.code().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether somebody may moderate this server. */
    public boolean isAdmin(Pass pass) {
        return !pass.identity().guest()
                && (pass.isAdmin() || isNamed(pass.identity().name()));
    }

    /** Whether the setting names somebody, who then is an admin unless they are a guest. */
    public boolean isNamed(UserName name) {
        return names.containsValue(name);
    }

    /** What the names look like, for whoever keeps others from having them. */
    Set<String> looks() {
        return names.keySet();
    }

    /** Says once at start which of the named have no account here, and whether they can make one. */
    void tellWhoIsMissing(Set<String> accounts) {
        for (UserName name : names.values()) {
            if (!accounts.contains(name.value())) {
                log.atInfo()
                        .addKeyValue("user", name.value())
                        .addKeyValue("hasCode", code.length > 0)
                        .log("an admin has no account here: to sign up takes parley.admins.code");
            }
        }
    }

    /** Whether an account may be made by this name, as far as admins are concerned. */
    boolean maySignUp(UserName name, String look, @Nullable String said) {
        UserName named = names.get(look);
        return named == null
                || named.equals(name)
                        && code.length > 0
                        && said != null
                        && MessageDigest.isEqual(code, said.getBytes(StandardCharsets.UTF_8));
    }
}
