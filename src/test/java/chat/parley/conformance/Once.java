package chat.parley.conformance;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What is done once in a run, for all checks that need it: admins sign up, the server ends. Any thread may call. */
final class Once {

    private final Map<String, String> admins = new HashMap<>();
    private final Map<Target.Stop, Restarted> ends = new EnumMap<>(Target.Stop.class);

    /** The session of the admin with this name, who has signed up by the operator's code. */
    synchronized String adminCookie(String name, Supplier<Browser> browsers) {
        return admins.computeIfAbsent(name, who -> {
            Browser browser = browsers.get();
            String code = Target.SETTINGS.get("parley.admins.code");
            browser.post("api/users", "name", who, "password", Stage.PASSWORD, "code", code)
                    .expect(201);
            return browser.cookie();
        });
    }

    /** The end of this kind; whoever asks first brings it about. */
    synchronized Restarted restarted(Stage stage, Target.Stop how) throws Exception {
        Restarted known = ends.get(how);
        if (known == null) {
            known = Restarted.by(stage, how);
            ends.put(how, known);
        }
        return known;
    }
}
