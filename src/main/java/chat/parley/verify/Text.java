package chat.parley.verify;

import java.util.SplittableRandom;

/**
 * What a message says, which its id decides: so whoever sees it knows whether it is what was sent, and nobody has to keep
 * it. Short ones, long ones, other scripts, and characters that have to be escaped.
 */
final class Text {

    private static final String[] WORDS = {
        "hello",
        "caf\u00e9",
        "\"quoted\"",
        "back\\slash",
        "new\nline",
        "tab\there",
        "\u2713",
        "\ud83d\ude80",
        "\u0645\u0631\u062d\u0628\u0627",
        "\u4f60\u597d",
        "</script>",
        "{\"type\":\"ack\"}",
        "\u200f\u05e9\u05dc\u05d5\u05dd",
        "e\u0301"
    };

    private static final int LONG_EVERY = 50;
    private static final int MOST_WORDS = 8;
    private static final int MOST_OF_A_LONG_ONE = 120;

    private Text() {}

    /** At most 2048 bytes of UTF-8. */
    static String of(String id) {
        SplittableRandom random = new SplittableRandom(id.hashCode());
        int words = random.nextInt(random.nextInt(LONG_EVERY) == 0 ? MOST_OF_A_LONG_ONE : MOST_WORDS);
        StringBuilder text = new StringBuilder(id);
        for (int i = 0; i < words; i++) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
