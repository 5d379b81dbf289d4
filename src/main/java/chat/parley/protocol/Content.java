package chat.parley.protocol;

/**
 * The rules of a message's content (protocol, section 2). DEL and the C1 controls are allowed: they are Unicode that
 * some text carries, and nothing here or in a browser acts on them.
 */
final class Content {
    private Content() {}

    /**
     * Checks a content as it was sent.
     *
     * @param maxBytes the most bytes of UTF-8 it may have once its line ends are newlines; 0 for no limit
     * @throws Refusal if it may not be said
     */
    static void check(String content, int maxBytes) throws Refusal {
        String clean = withNewlines(content);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c < 0x20 && c != '\t' && c != '\n') {
                throw Refusal.field(
                        "content", "The field content has a control character; only tab and newline are allowed.");
            }
        }
        if (maxBytes > 0 && Utf8.length(clean) > maxBytes) {
            throw Refusal.tooLarge("content", "The content has more than " + maxBytes + " bytes of UTF-8.");
        }
    }

    /** CRLF becomes newline. A carriage return alone is no line end today, and stays to be refused. */
    static String withNewlines(String content) {
        return content.indexOf('\r') < 0 ? content : content.replace("\r\n", "\n");
    }
}
