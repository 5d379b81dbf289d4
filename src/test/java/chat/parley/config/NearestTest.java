package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({"'','',0", "a,'',1", "'',ab,2", "kitten,sitting,3", "port,prot,2", "same,same,0"})
    void distanceCountsInsertionsDeletionsAndReplacements(String from, String to, int distance) {
        assertEquals(distance, Nearest.distance(from, to));
    }

    @Property(tries = 200)
    void distanceIsTheSameBothWays(
            @ForAll @AlphaChars @StringLength(max = 12) String one,
            @ForAll @AlphaChars @StringLength(max = 12) String other) {
        assertEquals(Nearest.distance(one, other), Nearest.distance(other, one));
    }

    @ParameterizedTest
    @CsvSource({"parley.prot,parley.port", "PARLEY.HOSTS,parley.hosts", "port,parley.port"})
    void theNearestIsTheOneMeant(String written, String meant) {
        assertEquals(meant, Nearest.to(written, List.of("parley.host", "parley.hosts", "parley.port", "parley.drain")));
    }
}
