package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings of another user system fit together. */
class ExternalSettingsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void withoutAnIssuerThereIsNoOtherSystem() {
        Settings.External external = SettingsLoader.of(Map.of()).auth().external();

        assertFalse(external.jwt().isOn());
        assertTrue(external.container());
        assertEquals(List.of(), external.adminRoles());
    }

    @Test
    void theAlgorithmsFitTheKeys() {
        assertEquals(
                List.of("RS256", "PS256", "ES256"),
                jwt("jwks-url", "https://sso.example.org/keys").algorithms());
        assertEquals(
                List.of("RS256", "PS256", "ES256"),
                jwt("jwks-file", "keys.json").algorithms());
        assertEquals(List.of("HS256"), jwt("secret", SECRET).algorithms());
        assertEquals(
                List.of("ES512", "RS256"),
                jwt("jwks-file", "keys.json", "algorithms", "ES512, RS256").algorithms());
    }

    @ParameterizedTest
    @CsvSource({
        "audience, a, audience, needs parley.auth.jwt.issuer beside it",
        "secret, 0123456789abcdef0123456789abcdef, secret, needs parley.auth.jwt.issuer beside it",
        "issuer, parley, issuer, is how this server calls itself",
        "issuer, i, issuer, needs parley.auth.jwt.audience beside it",
        "issuer+audience, a, issuer, needs exactly one of parley.auth.jwt.jwks-url",
        "issuer+audience+jwks-file+secret, 0123456789abcdef0123456789abcdef, secret, needs exactly one of",
        "issuer+audience+secret, short, secret, must have at least 32 bytes for HS256",
        "issuer+audience+jwks-file+name-claim, '', name-claim, must name a claim",
        "issuer+audience+jwks-file+algorithms, HS256, algorithms, HS256 needs parley.auth.jwt.secret",
        "issuer+audience+jwks-file+algorithms, none, algorithms, must be some of RS256",
        "issuer+audience+jwks-url, ftp://x/y, jwks-url, must be an address such as",
        "issuer+audience+jwks-url, https://user@x/y, jwks-url, must be an address such as",
        "issuer+audience+jwks-url, /keys, jwks-url, must be an address such as",
    })
    void whatDoesNotFitIsRefusedInOneLine(String keys, String last, String at, String why) {
        Map<String, String> settings = new HashMap<>();
        for (String key : keys.split("[+]")) {
            settings.put("parley.auth.jwt." + key, "x.json");
        }
        settings.put("parley.auth.jwt." + keys.substring(keys.lastIndexOf('+') + 1), last);

        String line = refusal(settings);

        assertTrue(line.startsWith("parley.auth.jwt." + at + " = "), line);
        assertTrue(line.contains(why), line);
        assertEquals(1, line.lines().count(), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "HS256,RS256", "HS512"})
    void aSecretSignsWithNothingElseAndIsLongEnough(String algorithms) {
        refusal(Map.of(
                "parley.auth.jwt.issuer",
                "i",
                "parley.auth.jwt.audience",
                "a",
                "parley.auth.jwt.secret",
                SECRET,
                "parley.auth.jwt.algorithms",
                algorithms));
    }

    @Test
    void aSecretIsInNoRefusal() {
        String line = refusal(Map.of("parley.auth.jwt.secret", SECRET));

        assertFalse(line.contains(SECRET), line);
        assertTrue(line.contains("(hidden)"), line);
    }

    private static Settings.Jwt jwt(String... keysAndValues) {
        Map<String, String> settings =
                new HashMap<>(Map.of("parley.auth.jwt.issuer", "i", "parley.auth.jwt.audience", "a"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put("parley.auth.jwt." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return SettingsLoader.of(settings).auth().external().jwt();
    }

    private static String refusal(Map<String, String> settings) {
        return assertThrows(SettingsException.class, () -> SettingsLoader.of(settings))
                .getMessage();
    }
}
