package chat.parley.conformance;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a check has met of what the protocol names: {@code message ack} for a type, {@code error bad_room}, {@code close
 * 4409}, {@code problem bad_name}. Any thread may call.
 */
final class Marks {

    private final Set<String> met = ConcurrentHashMap.newKeySet();

    void frame(JsonObject object) {
        String type = object.getString("type", "");
        met.add("message " + type);
        if (type.equals("error")) {
            met.add("error " + object.getString("code", ""));
        }
    }

    void closed(int code) {
        met.add("close " + code);
    }

    void problem(String code) {
        met.add("problem " + code);
    }

    void status(int status) {
        met.add("status " + status);
    }

    boolean have(String mark) {
        return met.contains(mark);
    }
}
