package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingTableTest {

    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");

    @Test
    void thePageOnConfigurationHoldsTheTable() throws IOException {
        String page = Files.readString(PAGE);

        assertTrue(page.contains(SettingTable.markdown()), PAGE + " lacks this table:\n" + SettingTable.markdown());
    }

    @Test
    void theTableHasARowForEverySettingInOrder() {
        String[] lines = SettingTable.markdown().split("\n");

        assertEquals(Setting.values().length + 2, lines.length);
        for (Setting setting : Setting.values()) {
            String line = lines[setting.ordinal() + 2];
            assertTrue(line.startsWith("| " + setting.key() + " "), line);
            assertTrue(line.endsWith("| " + setting.sentence() + " |"), line);
        }
    }

    @Test
    void everySettingIsTold() {
        for (Setting setting : Setting.values()) {
            assertTrue(setting.key().matches("parley(\\.[a-z0-9-]+)+"), setting.key());
            assertTrue(setting.sentence().endsWith("."), setting.key());
            assertTrue(!setting.unit().isEmpty(), setting.key());
            setting.parse(setting.defaultValue());
        }
    }
}
