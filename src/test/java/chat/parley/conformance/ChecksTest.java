package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on the protocol and the suite name the same things. */
class ChecksTest {

    private static final Path PAGE = Path.of("src/site/markdown/protocol.md");

    @Test
    void allThatTheProtocolNamesIsCheckedOrOutOfReachForAReason() throws IOException {
        Set<String> named = named();
        Set<String> held = new TreeSet<>(OutOfReach.REASONS.keySet());
        Checks.ALL.forEach(check -> held.addAll(check.marks()));
        held.removeIf(mark -> mark.startsWith("status "));

        assertTrue(named.size() > 60, named::toString);
        assertEquals(named, held);
    }

    @Test
    void whatIsOutOfReachIsNotChecked() {
        for (Check check : Checks.ALL) {
            for (String mark : check.marks()) {
                assertTrue(!OutOfReach.REASONS.containsKey(mark), () -> check.name() + " brings about " + mark);
            }
        }
    }

    /** Everything that section 3, section 4 and the codes over HTTP name. */
    private static Set<String> named() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> named = new TreeSet<>();
        rows(named, "request ", between(page, "## 3. ", "## 4. "), "[a-z]+");
        rows(named, "message ", between(page, "## 4. ", "### Error codes"), "[a-z]+");
        for (String item : between(page, "### Error codes", "### Close codes").split("\\s-\\s")) {
            find(named, "error ", item, "(?:^|\n)\\s*`([a-z_]+)`", 1);
        }
        rows(named, "close ", between(page, "### Close codes", "Floods, shutdown"), "[0-9]{4}");
        find(named, "problem ", between(page, "A refusal is", "Whoever is banned"), "[ (-]`([a-z_]+)`", 99);
        Set.of("type", "title", "status", "code", "detail").forEach(field -> named.remove("problem " + field));
        return named;
    }

    /** What stands in the first column of a table. */
    private static void rows(Set<String> named, String kind, String section, String word) {
        section.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1])
                .forEach(cell ->
                        find(named, kind, cell, word.startsWith("[0") ? "(" + word + ")" : "`(" + word + ")`", 9));
    }

    private static void find(Set<String> named, String kind, String text, String pattern, int most) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        for (int i = 0; i < most && matcher.find(); i++) {
            named.add(kind + matcher.group(1));
        }
    }

    private static String between(String page, String from, String to) {
        int start = page.indexOf(from);
        return page.substring(start, page.indexOf(to, start));
    }
}
