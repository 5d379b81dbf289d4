package chat.parley.config;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting as a table: what {@code --help-config} prints and the page on configuration holds. */
public final class SettingTable {

    private SettingTable() {}

    /** The table in Markdown, its columns aligned, a line a setting, each ended by a newline. */
    public static String markdown() {
        List<Row> rows = Stream.concat(
                        Stream.of(new Row("key", "default", "unit", "meaning")),
                        Stream.of(Setting.values()).map(Row::of))
                .toList();
        int key = width(rows, Row::key);
        int value = width(rows, Row::value);
        int unit = width(rows, Row::unit);
        String rule = "|" + "-".repeat(key + 2) + "|" + "-".repeat(value + 2) + "|" + "-".repeat(unit + 2) + "|---|\n";
        String lines = rows.stream()
                .map(row -> "| " + pad(row.key, key) + " | " + pad(row.value, value) + " | " + pad(row.unit, unit)
                        + " | " + row.sentence + " |\n")
                .collect(Collectors.joining());
        int header = lines.indexOf('\n') + 1;
        return lines.substring(0, header) + rule + lines.substring(header);
    }

    private static int width(List<Row> rows, Function<Row, String> column) {
        return rows.stream().map(column).mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private record Row(String key, String value, String unit, String sentence) {
        static Row of(Setting setting) {
            return new Row(setting.key(), setting.defaultValue(), setting.unit(), setting.sentence());
        }
    }
}
