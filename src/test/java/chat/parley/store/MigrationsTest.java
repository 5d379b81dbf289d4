package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

    @ParameterizedTest
    @EnumSource
    void everyFileIsApplied(Dialect dialect) throws Exception {
        Path folder = Path.of(Objects.requireNonNull(Migrations.class.getResource(dialect.migrations()))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(Migrations.files(dialect).stream().sorted().toList(), names);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theyAreNumberedWithoutHoles(Dialect dialect) {
        List<String> files = Migrations.files(dialect);
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i);
            assertEquals("V" + (i + 1), name.substring(0, name.indexOf("__")));
        }
    }
}
