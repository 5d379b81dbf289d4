package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * A log event as one JSON object on one line: {@code timestamp}, {@code level}, {@code logger}, {@code thread},
 * {@code message}, the key-values under {@code kvp} and a stack trace under {@code exception}; the last two only when
 * there are any. Numbers and booleans stay what they are, everything else is a string.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256).append('{');
        field(line, "timestamp", event.getInstant());
        field(line.append(','), "level", event.getLevel());
        field(line.append(','), "logger", event.getLoggerName());
        field(line.append(','), "thread", event.getThreadName());
        field(line.append(','), "message", event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null && !pairs.isEmpty()) {
            line.append(",\"kvp\":{");
            String comma = "";
            for (KeyValuePair pair : pairs) {
                field(line.append(comma), pair.key, pair.value);
                comma = ",";
            }
            line.append('}');
        }
        if (event.getThrowableProxy() != null) {
            field(line.append(','), "exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.append("}\n").toString().getBytes(UTF_8);
    }

    private static void field(StringBuilder line, String key, Object value) {
        string(line, key);
        line.append(':');
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            line.append(value);
        } else {
            string(line, String.valueOf(value));
        }
    }

    /** RFC 8259, section 7; DEL and what some tools take for a line end are escaped too. */
    private static void string(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029') {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
