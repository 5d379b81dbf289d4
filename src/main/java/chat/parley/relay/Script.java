package chat.parley.relay;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** What a Redis carries out as one, each in a file of its name. */
enum Script {
    BEAT(ScriptOutputType.MULTI),
    DEPART(ScriptOutputType.INTEGER),
    CHANGE(ScriptOutputType.INTEGER),
    BURY(ScriptOutputType.INTEGER),
    READ(ScriptOutputType.MULTI),
    CROWDS(ScriptOutputType.MULTI),
    OPEN(ScriptOutputType.INTEGER),
    SPEND(ScriptOutputType.INTEGER);

    private final ScriptOutputType answer;

    private final String text = text(name().toLowerCase(Locale.ROOT) + ".lua");
    private final String digest = digest(text);

    Script(ScriptOutputType answer) {
        this.answer = answer;
    }

    String text() {
        return text;
    }

    /** A whole number, or a list of numbers, bytes and lists. */
    ScriptOutputType answer() {
        return answer;
    }

    /** By what a Redis knows it once it has it. */
    String digest() {
        return digest;
    }

    private static String text(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
