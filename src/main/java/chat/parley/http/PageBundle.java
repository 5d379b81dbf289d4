package chat.parley.http;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A module and all that it imports, as one: some hundred small files would cost a browser as many requests, whose headers
 * alone weigh as much as what is in them. Each keeps a scope of its own. It knows the few forms of {@code import} and
 * {@code export} that the page uses, and refuses the others.
 */
final class PageBundle {

    private static final Pattern IMPORT = line("import \\{ ([^}]+) \\} from '([^']+)';$");
    private static final Pattern PASSED_ON = line("export \\{ ([^}]+) \\} from '([^']+)';$");
    private static final Pattern EXPORT = line("export ((?:async )?function|class|const) (\\w+)");
    private static final Pattern UNKNOWN = line("(?:import|export)\\b.*");
    private static final Pattern PLACED = Pattern.compile("\\bimport\\.meta\\b|\\bimport\\(");

    private final Map<String, String> sources;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final StringBuilder joined = new StringBuilder();

    private PageBundle(Map<String, String> sources) {
        this.sources = sources;
    }

    /**
     * What a browser loads instead of a module and those that it imports, and the names of all of them.
     *
     * @param modules all of them
     */
    record Joined(String source, Set<String> modules) {}

    /**
     * Joins a module with all that it imports.
     *
     * @param main the path of the module that is loaded first; the others are found from there
     * @param sources of the modules, by path
     * @throws IOException when one is missing, they import each other in a circle, or one is written in a form that is
     *     not known here
     */
    static Joined of(String main, Map<String, String> sources) throws IOException {
        PageBundle bundle = new PageBundle(sources);
        bundle.add(main);
        return new Joined(bundle.joined.toString(), Set.copyOf(bundle.numbers.keySet()));
    }

    private int add(String path) throws IOException {
        Integer known = numbers.get(path);
        if (known != null) {
            return known;
        }
        String source = sources.get(path);
        if (source == null) {
            throw new IOException("the page is missing: there is no " + path);
        }
        if (!open.add(path)) {
            throw new IOException("modules of the page import each other in a circle: " + String.join(", ", open));
        }
        if (path.contains("/") && PLACED.matcher(source).find()) {
            throw new IOException(path + " names files from where it is, and has to be beside the first module");
        }
        List<String> exports = new ArrayList<>();
        String code = exported(passedOn(imported(source, path), path, exports), exports);
        Matcher unknown = UNKNOWN.matcher(code);
        if (unknown.find()) {
            throw new IOException(path + " has a form that is not known: " + unknown.group());
        }
        open.remove(path);
        int number = numbers.size();
        numbers.put(path, number);
        joined.append("// ").append(path).append('\n');
        joined.append("const $").append(number).append(" = await (async () => {\n");
        joined.append(code.strip()).append('\n');
        joined.append("return { ").append(String.join(", ", exports)).append(" };\n})();\n");
        return number;
    }

    private String imported(String source, String path) throws IOException {
        return replaced(IMPORT, source, (names, from) -> {
            String locals = each(names, (name, as) -> as == null ? name : name + ": " + as);
            return "const { " + locals + " } = $" + add(resolved(path, from)) + ";";
        });
    }

    private String passedOn(String source, String path, List<String> exports) throws IOException {
        return replaced(PASSED_ON, source, (names, from) -> {
            int number = add(resolved(path, from));
            exports.add(each(names, (name, as) -> (as == null ? name : as) + ": $" + number + "." + name));
            return "";
        });
    }

    private static String exported(String source, List<String> exports) {
        Matcher matcher = EXPORT.matcher(source);
        matcher.results().map(match -> match.group(2)).forEach(exports::add);
        return matcher.replaceAll("$1 $2");
    }

    private interface Clause {
        String of(String names, String from) throws IOException;
    }

    private static String replaced(Pattern pattern, String source, Clause clause) throws IOException {
        StringBuilder result = new StringBuilder();
        int end = 0;
        for (MatchResult match : pattern.matcher(source).results().toList()) {
            result.append(source, end, match.start()).append(clause.of(match.group(1), match.group(2)));
            end = match.end();
        }
        return result.append(source.substring(end)).toString();
    }

    private interface Named {
        String as(String name, @Nullable String as);
    }

    private static String each(String names, Named named) {
        return List.of(names.split(",")).stream()
                .map(name -> name.strip().split(" as "))
                .map(parts -> named.as(parts[0], parts.length == 1 ? null : parts[1]))
                .collect(Collectors.joining(", "));
    }

    private static String resolved(String path, String from) {
        return URI.create("/" + path).resolve(from).getPath().substring(1);
    }

    private static Pattern line(String pattern) {
        return Pattern.compile("^" + pattern, Pattern.MULTILINE);
    }
}
