package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {
    @ParameterizedTest
    @CsvSource({
        "alice, alice",
        "Alice, alice",
        "ＡＬＩＣＥ, alice",
        "René, rené",
        "Rene\u0301, rené",
        "TITUS, titus",
        "Дарья, дарья",
        "שירה, שירה",
        "محمد, محمد",
        "प्रिया, प्रिया",
        "美咲, 美咲",
        "a.b-c_d, a.b-c_d",
        "d'Arc, d'arc",
        "𐐀, 𐐨"
    })
    void nameHasOneCanonicalForm(String text, String canonical) throws BadNameException {
        assertEquals(canonical, UserName.parse(text).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\u00a0b",
                "a\u3000b",
                "a\tb",
                "a\u0000",
                "👍",
                "♥",
                "a\u200bb",
                "a\u200db",
                "a\u200cb",
                "a\u00adb",
                "a\u202eb",
                "a\ufe0f",
                "a\udb40\udd00",
                "\udb40\udc41",
                "\u0301a",
                "\u3164",
                "\u115f",
                "\ufeffa",
                "\ud800",
                "\udc00a",
                "ﬁn",
                "Ⅳ",
                "aא",
                "אa",
                "א1٢",
                "\ue000",
                "\u0378"
            })
    void whatIsNoNameIsRefusedWithASentence(String text) {
        var refusal = assertThrows(BadNameException.class, () -> UserName.parse(text));

        assertTrue(refusal.why().matches("[A-Z].*\\."), refusal.why());
    }

    @Test
    void commonMistakesAreNamed() {
        assertEquals("A name has no spaces.", whyNot("alice smith"));
        assertEquals("A name has letters, digits and the signs of ASCII; no emoji, no other signs.", whyNot("alice👍"));
        assertEquals("A name has at most 32 characters.", whyNot("a".repeat(33)));
    }

    @Test
    void lengthIsCountedInCharacters() throws BadNameException {
        assertEquals(64, UserName.parse("𐐀".repeat(32)).value().length());
        assertThrows(BadNameException.class, () -> UserName.parse("𐐀".repeat(33)));
        assertThrows(BadNameException.class, () -> UserName.parse("a".repeat(1_000_000)));
    }

    @Test
    void localeOfTheServerIsOfNoMatter() throws BadNameException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertEquals("titus", UserName.parse("TITUS").value());
            assertEquals(UserName.parse("i1").skeleton(), UserName.parse("I1").skeleton());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alice, \u0430lice",
        "alice, a1ice",
        "alice, a|ice",
        "bob, b0b",
        "bob, BOB",
        "paypal, \u0440\u0430ypal",
        "modern, modem",
        "scope, \u0455\u0441\u043e\u0440\u0435",
        "i, \u0456",
        "x1, xl",
        "oo, 00",
        "\u03bf, o"
    })
    void namesThatLookAlikeHaveOneSkeleton(String name, String other) throws BadNameException {
        assertEquals(UserName.parse(name).skeleton(), UserName.parse(other).skeleton());
    }

    @ParameterizedTest
    @CsvSource({"alice, alina", "bob, rob", "rene, rené", "anna, hanna", "a1, a2"})
    void namesThatDifferHaveTwoSkeletons(String name, String other) throws BadNameException {
        assertNotEquals(UserName.parse(name).skeleton(), UserName.parse(other).skeleton());
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
    void onlyCanonicalValuesMakeAUserName() {
        assertEquals("alice", new UserName("alice").value());
        assertThrows(IllegalArgumentException.class, () -> new UserName("Alice"));
        assertThrows(IllegalArgumentException.class, () -> new UserName(""));
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
            UserName name = UserName.parse(text);
            assertEquals(name, UserName.parse(name.value()));
            assertEquals(name.skeleton(), LookAlikes.skeleton(name.skeleton()), name::value);
        } catch (BadNameException refused) {
            // as good
        }
    }

    private static String whyNot(String text) {
        return assertThrows(BadNameException.class, () -> UserName.parse(text)).why();
    }
}
