package chat.parley.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page and its files, from memory: the page is asked for each time and answered with 304 while it is the same, its
 * files are kept for a year. What is not of the page is not there, however it is written.
 *
 * <p>One file has a place of its own besides, the same in every version: the client that pages of other sites load.
 * Only that may be read by pages of any origin. Whether they may connect is not decided here.
 */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ASSETS = "/assets";
    private static final String CLIENT = "/" + PageFiles.CLIENT;

    /** Whoever has not taken a file by then gets no more of it. */
    private static final long TIMEOUT_MILLIS = 30_000;

    private transient @Nullable PageFiles files;

    /** Where it has to be mapped. */
    public static String[] patterns() {
        return new String[] {"", "/index.html", CLIENT, ASSETS + "/*"};
    }

    @Override
    public void init() throws ServletException {
        try {
            files = PageFiles.of(getServletContext());
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageFiles page = files;
        if (page == null) {
            throw new IllegalStateException("not initialised");
        }
        switch (request.getServletPath()) {
            case ASSETS -> asset(page, String.valueOf(request.getPathInfo()), request, response);
            case CLIENT -> {
                response.setHeader("Access-Control-Allow-Origin", "*");
                response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
                askAgain(page.client(), request, response);
            }
            default -> {
                if (request.getRequestURI().equals(request.getContextPath())) {
                    sendOn(request, response);
                } else {
                    askAgain(page.index(), request, response);
                }
            }
        }
    }

    /** To where the page's relative names hold: not every container does that itself. */
    private static void sendOn(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader(
                "Location", ContextPath.of(request.getServletContext()) + "/" + (query == null ? "" : "?" + query));
    }

    private static void askAgain(PageFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.tag());
        if (file.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        write(file, request, response);
    }

    private static void asset(PageFiles page, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        PageFile file = page.asset(path);
        if (file != null) {
            response.setHeader("Cache-Control", "public, max-age=31536000, immutable"); // RFC 8246
            write(file, request, response);
            return;
        }
        PageFile other = page.assetOfAnotherVersion(path);
        if (other != null) {
            askAgain(other, request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void write(PageFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = file.plain();
        byte[] gzipped = file.gzipped();
        if (gzipped != null) {
            response.setHeader("Vary", "Accept-Encoding");
            if (takesGzip(request)) {
                response.setHeader("Content-Encoding", "gzip");
                body = gzipped;
            }
        }
        response.setContentType(file.type());
        response.setContentLength(body.length);
        AsyncContext context = HandshakeListener.answerLater(request);
        context.setTimeout(TIMEOUT_MILLIS);
        AsyncBody.send(context, response, body);
    }

    /** RFC 9110, section 12.5.3; who weighs it with 0 does not want it. */
    private static boolean takesGzip(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Accept-Encoding")).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(coding -> coding.toLowerCase(Locale.ROOT).replace(" ", ""))
                .anyMatch(coding ->
                        coding.equals("gzip") || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }
}
