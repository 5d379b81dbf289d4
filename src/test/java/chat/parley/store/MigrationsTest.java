package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

    private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");

    @ParameterizedTest
    @EnumSource
    void theNewestFileIsTheOneThatIsWaitedFor(Dialect dialect) throws Exception {
        String folder = dialect.migrations().substring("classpath:".length()) + "/";
        Path files = Path.of(Objects.requireNonNull(getClass().getClassLoader().getResource(folder))
                .toURI());
        try (Stream<Path> names = Files.list(files)) {
            int newest = names.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            assertEquals(newest, Migrations.NEWEST);
        }
    }
}
