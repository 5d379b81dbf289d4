package chat.parley.http;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, read once: some 300 KB, compressed. All but {@code index.html} are found below a path that is
 * made of what is in all of them, so that a browser may keep them for ever and still never mixes two versions. The modules
 * come as one.
 */
final class PageFiles {

    /** What pages of other sites load: it imports nothing. */
    static final String CLIENT = "parley-client.js";

    private static final String INDEX = "index.html";
    private static final Pattern NAMED = Pattern.compile("(src|href)=\"([^\"]+)\"");
    private static final Pattern VERSIONED = Pattern.compile("/[0-9a-f]{16}/(.+)");
    private static final Pattern CODE = Pattern.compile(".+\\.(js|css|html)");
    private static final String MAIN = "main.js";

    private final PageFile index;
    private final PageFile client;
    private final String version;
    private final Map<String, PageFile> files;

    private PageFiles(PageFile index, PageFile client, String version, Map<String, PageFile> files) {
        this.version = version;
        this.index = index;
        this.client = client;
        this.files = files;
    }

    /** Those of a web application, whatever holds them: a folder, a WAR, a jar. */
    static PageFiles of(ServletContext context) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        read(context, "/", contents);
        byte[] index = contents.remove(INDEX);
        if (index == null) {
            throw new IOException("the page is missing: there is no " + INDEX);
        }
        byte[] alone = contents.get(CLIENT);
        join(contents);
        Map<String, PageFile> files = new TreeMap<>();
        contents.forEach((name, bytes) -> {
            PageFile file = PageFile.of(name, bytes);
            if (file != null) {
                files.put(name, file);
            }
        });
        String version = version(contents);
        String html = linked(new String(index, StandardCharsets.UTF_8), "assets/" + version + "/", files.keySet());
        PageFile page = PageFile.of(INDEX, html.getBytes(StandardCharsets.UTF_8));
        PageFile client = alone == null ? null : PageFile.of(CLIENT, alone);
        if (page == null || client == null) {
            throw new IOException("the page is missing: there is no " + CLIENT);
        }
        return new PageFiles(page, client, version, prefixed(version, files));
    }

    /** The page itself. */
    PageFile index() {
        return index;
    }

    /** The client alone, for pages of other sites. */
    PageFile client() {
        return client;
    }

    /** The file of a path below {@code assets/}; null when there is none. */
    @Nullable PageFile asset(String path) {
        return files.get(path);
    }

    /**
     * The file that a page of another version asks for by its path, which is open over an update or was given by a
     * server that has been updated; null when there is none. No code: pages of two versions are never mixed.
     */
    @Nullable PageFile assetOfAnotherVersion(String path) {
        Matcher other = VERSIONED.matcher(path);
        return !other.matches() || CODE.matcher(path).matches()
                ? null
                : files.get("/" + version + "/" + other.group(1));
    }

    private static Map<String, PageFile> prefixed(String version, Map<String, PageFile> files) {
        return files.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(file -> "/" + version + "/" + file.getKey(), Map.Entry::getValue));
    }

    /** Puts one module in the place of all that the page loads together. */
    private static void join(Map<String, byte[]> contents) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        contents.forEach((name, bytes) -> {
            if (name.endsWith(".js")) {
                sources.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        });
        PageBundle.Joined page = PageBundle.of(MAIN, sources);
        contents.keySet().removeAll(page.modules());
        contents.put(MAIN, page.source().getBytes(StandardCharsets.UTF_8));
    }

    private static void read(ServletContext context, String folder, Map<String, byte[]> contents) throws IOException {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            if (path.startsWith("/WEB-INF") || path.startsWith("/META-INF")) {
                continue;
            }
            if (path.endsWith("/")) {
                read(context, path, contents);
                continue;
            }
            try (InputStream in = context.getResourceAsStream(path)) {
                if (in != null) {
                    contents.put(path.substring(1), in.readAllBytes());
                }
            }
        }
    }

    /** What the page names is named by its place. */
    private static String linked(String html, String place, Set<String> names) {
        return NAMED.matcher(html)
                .replaceAll(match -> Matcher.quoteReplacement(
                        names.contains(match.group(2))
                                ? match.group(1) + "=\"" + place + match.group(2) + "\""
                                : match.group()));
    }

    /** Changes whenever anything of it does. */
    static String version(Map<String, byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(contents).forEach((name, bytes) -> {
                digest.update((name + '\n' + bytes.length + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
