package chat.parley.verify;

/** Frames to send. */
final class Wire {

    private Wire() {}

    static String message(String room, String id, String content) {
        return head("message", room, id) + ",\"content\":" + quoted(content) + "}";
    }

    static String join(String room, String id, int limit) {
        return head("join", room, id) + ",\"limit\":" + limit + "}";
    }

    static String resume(String room, String id, long since, String epoch) {
        return head("join", room, id) + ",\"since\":" + since + ",\"epoch\":" + quoted(epoch) + "}";
    }

    static String history(String room, String id, long after) {
        return head("history", room, id) + ",\"after\":" + after + ",\"limit\":200}";
    }

    static String ping() {
        return "{\"type\":\"ping\"}";
    }

    private static String head(String type, String room, String id) {
        return "{\"type\":\"" + type + "\",\"room\":\"" + room + "\",\"id\":\"" + id + "\"";
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
