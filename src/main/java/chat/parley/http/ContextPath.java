package chat.parley.http;

import jakarta.servlet.ServletContext;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the web application is. Not as the request has it: that may carry path parameters ({@code /parley;x=y}), which
 * whoever made a link has chosen, and which end a path where it is written into a header.
 */
final class ContextPath {

    private ContextPath() {}

    /** As it is written in a URL (RFC 3986, section 3.3); empty at the root. */
    static String of(ServletContext context) {
        try {
            return new URI(null, null, context.getContextPath(), null)
                    .toASCIIString()
                    .replace(";", "%3B")
                    .replace(",", "%2C");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
