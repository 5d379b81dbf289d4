package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderTest {

    @ParameterizedTest
    @CsvSource({
        "/parley,parley",
        "'',ROOT",
        "/,ROOT",
        "/team/chat,team%2Fchat",
        "/a%2Fb,a%252Fb",
        "/ch\u00e4t,ch%C3%A4t"
    })
    void eachContextPathHasItsOwn(String contextPath, String folder) {
        assertEquals(
                "jdbc:sqlite:/home/chat/.parley/" + folder + "/parley.db",
                DataFolder.storeUrl(contextPath, "/home/chat"));
    }

    @Test
    void withoutAHomeThereIsNone() {
        for (String home : new String[] {null, "", "?"}) {
            assertNull(DataFolder.storeUrl("/parley", home));
        }
    }

    @Test
    void itIsAGoodValue() {
        StoreUrls.parse(DataFolder.storeUrl("/team/chat", "/home/chat"));
    }
}
