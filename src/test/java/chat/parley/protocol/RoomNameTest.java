package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    @ParameterizedTest
    @CsvSource({
        "lobby, lobby",
        "Lobby, lobby",
        "Ｌｏｂｂｙ, lobby",
        "a.b_c-9, a.b_c-9",
        "ÉCLAIR, éclair",
        "e\u0301clair, éclair",
        "ﬁn, fin",
        "TITLE, title",
        "İzmir, i\u0307zmir",
        "हिन्दी, हिन्दी",
        "ภาษาไทย, ภาษาไทย",
        "שָׁלוֹם, שָׁלוֹם",
        "٣٤, ٣٤",
        "日本語, 日本語",
        "𐐀, 𐐨"
    })
    void nameHasOneCanonicalForm(String text, String canonical) throws BadNameException {
        assertEquals(canonical, RoomName.parse(text).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "@alice",
                "＠alice",
                "a@b",
                "#a",
                "a\nb",
                "a\u0000",
                "\u0301a",
                "1\u0301",
                "-\u0301",
                "👍",
                "a\u200db",
                "a\u200cb",
                "a\u00adb",
                "a\ufe0f",
                "a\u034f",
                "\u115f",
                "\u3164",
                "\uffa0",
                "\ud800",
                "a\udc00",
                "½",
                "a\u202eb",
                "\ufeffa",
                "²\u2044"
            })
    void whatIsNoNameIsRefusedWithASentence(String text) {
        var refusal = assertThrows(BadNameException.class, () -> RoomName.parse(text));

        assertTrue(refusal.why().matches("[A-Z].*[._-]"), refusal.why());
    }

    @Test
    void lengthIsCountedInCharactersOfTheCanonicalForm() throws BadNameException {
        assertEquals(128, RoomName.parse("𐐀".repeat(64)).value().length());
        assertEquals(64, RoomName.parse("e\u0301".repeat(64)).value().length());
        assertThrows(BadNameException.class, () -> RoomName.parse("𐐀".repeat(65)));
        assertThrows(BadNameException.class, () -> RoomName.parse("a".repeat(65)));
        assertThrows(BadNameException.class, () -> RoomName.parse("ﬁ".repeat(33)));
        assertThrows(BadNameException.class, () -> RoomName.parse("a".repeat(1_000_000)));
    }

    @Test
    void localeOfTheServerIsOfNoMatter() throws BadNameException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertEquals("title", RoomName.parse("TITLE").value());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyCharacterIsStableOrRefused() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (isWorthATry(c)) {
                assertStable(Character.toString(c));
                assertStable("a" + Character.toString(c) + "b");
            }
        }
    }

    @Property
    void canonicalFormOfACanonicalFormIsItself(@ForAll String text) {
        assertStable(text);
    }

    @Test
    void onlyCanonicalValuesMakeARoomName() {
        assertEquals("lobby", new RoomName("lobby").value());
        assertThrows(IllegalArgumentException.class, () -> new RoomName("Lobby"));
        assertThrows(IllegalArgumentException.class, () -> new RoomName("a b"));
    }

    /** Han and Hangul are most of Unicode and all alike here, and what is not assigned is refused. */
    private static boolean isWorthATry(int c) {
        var script = Character.UnicodeScript.of(c);
        return script != Character.UnicodeScript.HAN
                && script != Character.UnicodeScript.HANGUL
                && script != Character.UnicodeScript.UNKNOWN;
    }

    private static void assertStable(String text) {
        try {
            RoomName name = RoomName.parse(text);
            assertEquals(name, RoomName.parse(name.value()));
        } catch (BadNameException refused) {
            // as good
        }
    }
}
