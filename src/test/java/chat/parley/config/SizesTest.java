package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"0,0", "4096,4096", "512B,512", "64KB,65536", "64 kb,65536", "1MB,1048576", "2GB,2147483648"})
    void unitsAreBinaryMultiples(String written, long bytes) {
        assertEquals(bytes, Sizes.parse(written, 0, Long.MAX_VALUE, false));
    }

    @ParameterizedTest
    @CsvSource({"''", "KB", "-1", "1.5MB", "1TB", "1KiB"})
    void whatIsNoSizeIsRefusedWithAnExample(String written) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Sizes.parse(written, 0, Long.MAX_VALUE, false));

        assertEquals("must be a number of bytes such as 4096, 64KB or 1MB", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"255", "65537", "999999999999GB"})
    void outOfBoundsIsRefusedWithTheBounds(String written) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Sizes.parse(written, 256, 65536, true));

        assertEquals("must be 0 or from 256 to 65536 bytes", refusal.getMessage());
    }
}
