package chat.parley.conformance;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a check has met of what the protocol names: {@code request join} and {@code message ack} for the types of what was
 * sent and received, {@code error bad_room}, {@code close 4409}, {@code problem bad_name}, {@code status 429}. Any thread may call.
 */
final class Marks {

    private static final Pattern TYPE = Pattern.compile("\"type\":\"([a-z]+)\"");

    private final Set<String> met = ConcurrentHashMap.newKeySet();

    void frame(JsonObject object) {
        String type = object.getString("type", "");
        met.add("message " + type);
        if (type.equals("error")) {
            met.add("error " + object.getString("code", ""));
        }
    }

    void sent(String frame) {
        Matcher type = TYPE.matcher(frame);
        if (type.find()) {
            met.add("request " + type.group(1));
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
