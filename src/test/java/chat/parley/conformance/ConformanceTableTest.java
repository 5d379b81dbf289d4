package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of servers has its place in the page, and the page has every check in it. */
class ConformanceTableTest {

    private static final Path PAGE = Path.of("src/site/markdown/servers.md");

    @Test
    void aTableTakesThePlaceOfTheOneBefore() {
        String page = "before <!-- table of the conformance suite -->\n\nold\n<!-- end of the table --> behind";

        String renewed = ConformanceTable.placed(page, "new\n");

        assertEquals(
                "before <!-- table of the conformance suite -->\n\nnew\n\n<!-- end of the table --> behind", renewed);
        assertEquals(renewed, ConformanceTable.placed(renewed, "new\n"), "and again");
        assertThrows(IllegalArgumentException.class, () -> ConformanceTable.placed("no place", "new"));
    }

    @Test
    void theKeptTableHasEveryCheckAndNothingElse() throws IOException {
        String page = Files.readString(PAGE);
        long rows =
                page.lines().filter(line -> line.matches("\\| [0-9-] \\| .*")).count();

        for (Check check : Checks.ALL) {
            assertTrue(page.contains("| " + check.section() + " | " + check.name() + " |"), check::name);
        }
        assertEquals(Checks.ALL.size(), rows);
        assertTrue(!page.contains("**no**"), "a failure is no known difference");
        assertTrue(!page.contains("not run"), "each has been run everywhere");
        assertTrue(page.contains("| section | check | " + String.join(" | ", ConformanceTable.ORDER) + " |"));
    }
}
