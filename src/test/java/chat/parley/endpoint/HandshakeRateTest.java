package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.SettingsLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeRateTest {

    @Test
    void byDefaultFiveThousandWhoComeBackAtOnceFromThreeOfficesAreLetIn() {
        HandshakeRate rate = rate(Map.of());

        for (int i = 0; i < 5_000; i++) {
            assertNull(rate.refusal(from("192.0.2." + i % 3)), "client " + i);
        }
    }

    @Test
    void anAddressThatFloodsUsesUpNothingOfWhatIsThereForAll() {
        HandshakeRate rate = rate(Map.of(
                "parley.limits.handshakes-per-address", "1",
                "parley.limits.handshakes-per-address-burst", "10",
                "parley.limits.handshakes", "1",
                "parley.limits.handshakes-burst", "20"));
        for (int i = 0; i < 1_000; i++) {
            Refusal refusal = rate.refusal(from("203.0.113.66"));
            assertTrue(refusal == null || refusal.status() == 429);
        }

        for (int i = 0; i < 5; i++) {
            assertNull(rate.refusal(from("192.0.2." + i)));
        }
    }

    @Test
    void aNetworkOf64BitsIsOneAddress() {
        HandshakeRate rate = rate(Map.of(
                "parley.limits.handshakes-per-address", "1", "parley.limits.handshakes-per-address-burst", "10"));
        int refused = 0;

        for (int i = 0; i < 1_000; i++) {
            refused += rate.refusal(from("2001:db8::" + Integer.toHexString(i))) == null ? 0 : 1;
        }

        assertTrue(refused > 0);
        assertNull(rate.refusal(from("2001:db8:0:1::1")));
    }

    @Test
    void inAllTheyAre503AndAreToldAWholeSecondAtLeast() {
        HandshakeRate rate = rate(Map.of("parley.limits.handshakes", "1", "parley.limits.handshakes-burst", "1"));
        rate.refusal(from("192.0.2.1"));
        Refusal refusal = null;

        for (int i = 0; refusal == null; i++) {
            refusal = rate.refusal(from("192.0.2." + i));
        }

        assertEquals(503, refusal.status());
        assertEquals(1, refusal.retryAfterSeconds());
    }

    private static Handshake from(String address) {
        return new Handshake(address, "localhost", null, false);
    }

    private static HandshakeRate rate(Map<String, String> settings) {
        return new HandshakeRate(SettingsLoader.of(settings).handshakes());
    }
}
