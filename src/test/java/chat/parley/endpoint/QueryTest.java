package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @ParameterizedTest
    @CsvSource({
        "name=alice,alice",
        "ticket=t&name=alice&session=s,alice",
        "name=alice&name=bob,alice",
        "n%61me=alice,alice",
        "name=%E7%8E%8B,\u738b",
        "name=a+b%2Bc%26,a b+c&",
        "name=a=b,a=b",
        "name=100%,100%",
        "name=%zz,%zz"
    })
    void theFirstIsTakenAndDecoded(String query, String value) {
        assertEquals(value, Query.first(query, "name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "name=", "name=&name=x"})
    void itMayBeEmpty(String query) {
        assertEquals("", Query.first(query, "name"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "&", "=alice", "names=alice", "NAME=alice", "x=name"})
    void itMayNotBeThere(String query) {
        assertNull(Query.first(query, "name"));
    }
}
