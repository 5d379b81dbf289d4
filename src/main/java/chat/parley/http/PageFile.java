package chat.parley.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the page, ready to be sent.
 *
 * @param type for {@code Content-Type}
 * @param tag for {@code ETag}: changes with what is in it
 * @param plain as it is
 * @param gzipped compressed (RFC 1952); null where that saves nothing
 */
record PageFile(String type, String tag, byte[] plain, byte @Nullable [] gzipped) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8", // RFC 9239
            "css", "text/css;charset=UTF-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    /** A file of this name; null for what a page does not consist of. */
    static @Nullable PageFile of(String name, byte[] bytes) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (type == null) {
            return null;
        }
        byte[] small = gzip(bytes);
        String tag = '"' + PageFiles.version(Map.of(name, bytes)) + '"';
        return new PageFile(type, tag, bytes, small.length < bytes.length ? small : null);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
