package chat.parley.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table of the results of all targets, a row a check and a column a server: joins what lies in {@code
 * target/conformance} to {@code target/servers.md}. With the path of a page it also puts the table into that page, between the
 * two comments that mark its place.
 */
public final class ConformanceTable {

    static final List<String> ORDER =
            List.of("embedded", "tomcat", "jetty", "wildfly", "liberty", "payara", "glassfish", "tomee");

    private static final String BEGIN = "<!-- table of the conformance suite -->";
    private static final String END = "<!-- end of the table -->";

    private final Map<String, Map<String, String[]>> columns = new LinkedHashMap<>(); // by server, by name of the check
    private final Map<String, Integer> notes = new LinkedHashMap<>(); // by text, their number

    private ConformanceTable() {}

    /** The first argument, if there is one, is the page. */
    public static void main(String[] args) throws IOException {
        String text = write();
        if (args.length > 0) {
            Path page = Path.of(args[0]);
            Files.writeString(page, placed(Files.readString(page), text));
        }
    }

    /** Writes what has come of the suite so far; returns it as well. */
    static String write() throws IOException {
        Path build = Path.of(System.getProperty("project.build.directory", "target"));
        ConformanceTable table = new ConformanceTable();
        table.read(build.resolve("conformance"));
        String text = table.text();
        Files.writeString(build.resolve("servers.md"), text);
        return text;
    }

    /** The page with that table in its place. */
    static String placed(String page, String table) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no place for a table: " + BEGIN);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + page.substring(end);
    }

    private void read(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>((one, other) -> {
            int order = Integer.compare(rank(one), rank(other));
            return order != 0 ? order : one.compareTo(other);
        });
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.toString().endsWith(".tsv"))
                    .forEach(file -> files.put(file.getFileName().toString().replace(".tsv", ""), file));
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Map<String, String[]> results = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file.getValue(), StandardCharsets.UTF_8)) {
                String[] fields = line.split("\t", -1);
                results.put(line.startsWith("# ") ? fields[0] : fields[1], fields);
            }
            columns.put(file.getKey(), results);
        }
    }

    private static int rank(String server) {
        int rank = ORDER.indexOf(server);
        return rank < 0 ? ORDER.size() : rank;
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add("| section | check | " + String.join(" | ", columns.keySet()) + " |");
        lines.add("|---|---|" + "---|".repeat(columns.size()));
        lines.add(row("", "first 200 of `health/ready`", "# start"));
        lines.add(row("", "memory at rest (RSS)", "# rss"));
        for (Check check : Checks.ALL) {
            lines.add(row(check.section(), check.name(), check.name()));
        }
        if (!notes.isEmpty()) {
            lines.add("");
            notes.forEach((text, number) -> lines.add(number + ". " + text));
        }
        lines.add("");
        lines.add("What a client cannot bring about, and so is not checked here:");
        lines.add("");
        for (String mark : new TreeSet<>(OutOfReach.REASONS.keySet())) {
            String[] words = mark.split(" ");
            lines.add("- " + words[0] + " `" + words[1] + "`: " + OutOfReach.REASONS.get(mark));
        }
        return String.join("\n", lines) + "\n";
    }

    private String row(String section, String title, String key) {
        List<String> cells = new ArrayList<>(List.of(section, title));
        for (Map<String, String[]> results : columns.values()) {
            cells.add(cell(results.get(key)));
        }
        return "| " + String.join(" | ", cells) + " |";
    }

    private String cell(String @Nullable [] fields) {
        if (fields == null) {
            return "not run";
        }
        if (fields[0].startsWith("#")) {
            return fields[1];
        }
        return switch (fields[2]) {
            case "ok" -> "yes";
            case "differs" -> "differs (" + notes.computeIfAbsent(fields[3], text -> notes.size() + 1) + ")";
            default -> "**no**";
        };
    }
}
