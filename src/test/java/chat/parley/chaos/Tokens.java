package chat.parley.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of another system that every node trusts: whoever brings one is the same person everywhere. */
final class Tokens {

    private static final String SECRET = "a secret of more than thirty-two bytes";

    /** What the nodes have to know of it. */
    static final Map<String, String> SETTINGS = Map.of(
            "parley.auth.jwt.issuer", "elsewhere",
            "parley.auth.jwt.audience", "parley",
            "parley.auth.jwt.secret", SECRET);

    private Tokens() {}

    /** So many people's, good for a day. */
    static List<String> of(String name, int count) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        long now = System.currentTimeMillis() / 1_000;
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String person = name + i;
            String claims =
                    "{\"iss\":\"elsewhere\",\"aud\":\"parley\",\"sub\":\"" + person + "\",\"preferred_username\":\""
                            + person + "\",\"iat\":" + now + ",\"exp\":" + (now + 86_400) + "}";
            String said = encoder.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                    + encoder.encodeToString(claims.getBytes(UTF_8));
            tokens.add(said + "." + encoder.encodeToString(mac.doFinal(said.getBytes(UTF_8))));
        }
        return tokens;
    }
}
