package chat.parley.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads addresses that are fetched by HTTP. */
final class HttpUrls {

    private HttpUrls() {}

    static String parse(String written) {
        if (written.isEmpty()) {
            return written;
        }
        try {
            URI uri = new URI(written);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean isHttp = scheme.equals("http") || scheme.equals("https");
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return written;
            }
        } catch (URISyntaxException e) {
            // The same is wrong with it.
        }
        throw new IllegalArgumentException("must be an address such as https://sso.example.org/keys");
    }
}
