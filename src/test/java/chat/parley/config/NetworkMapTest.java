package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkMapTest {

    private final NetworkMap<String> map = new NetworkMap<>();

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7,        198.51.100.7",
        "198.51.100.7/32,     198.51.100.7",
        "198.51.100.0/24,     198.51.100.255",
        "198.51.100.4/30,     198.51.100.7",
        "198.0.0.0/8,         198.51.100.7",
        "0.0.0.0/0,           198.51.100.7",
        "::ffff:198.51.100.7, 198.51.100.7",
        "198.51.100.7,        ::ffff:198.51.100.7",
        "::ffff:198.51.100.0/120, 198.51.100.7",
        "2001:db8::1,         2001:DB8:0::1",
        "2001:db8::/64,       2001:db8::ffff:1",
        "2001:db8::/33,       2001:db8:7fff::1",
        "::/0,                2001:db8::1",
    })
    void anAddressIsFoundInItsNetwork(String network, String address) {
        map.put(Network.parse(network), network);

        assertEquals(network, find(address));
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7,    198.51.100.8",
        "198.51.100.0/24, 198.51.101.0",
        "198.51.100.4/30, 198.51.100.8",
        "0.0.0.0/0,       2001:db8::1",
        "::/0,            198.51.100.7",
        "::/0,            ::ffff:198.51.100.7",
        "2001:db8::/64,   2001:db8:0:1::",
        "2001:db8::/33,   2001:db8:8000::",
    })
    void anAddressBesideItIsNot(String network, String address) {
        map.put(Network.parse(network), network);

        assertNull(find(address));
    }

    @Test
    void theNarrowestThatFitsIsFound() {
        map.put(Network.parse("10.0.0.0/8"), "wide");
        map.put(Network.parse("10.1.0.0/16"), "narrow");

        assertEquals("narrow", find("10.1.2.3"));
        assertEquals("wide", find("10.2.2.3"));
        assertEquals("wide", map.find(address("10.1.2.3"), value -> !value.equals("narrow")));
    }

    @Test
    void oneValueOfANetworkTakesThePlaceOfTheOther() {
        assertNull(map.put(Network.parse("10.0.0.0/8"), "first"));

        assertEquals("first", map.put(Network.parse("10.0.0.0/8"), "second"));
        map.remove(Network.parse("10.0.0.0/8"), "first");

        assertEquals("second", find("10.0.0.1"));
        map.remove(Network.parse("10.0.0.0/8"), "second");
        map.remove(Network.parse("10.0.0.0/8"), "second");
        assertNull(find("10.0.0.1"));
        map.put(Network.parse("10.0.0.0/8"), "third");
        assertEquals("third", find("10.0.0.1"));
    }

    /** Many changes in any order: the map finds what a look at every network finds. */
    @Test
    void itFindsWhatALookAtEveryNetworkFinds() {
        Random random = new Random(5);
        List<Network> there = new ArrayList<>();
        for (int round = 0; round < 3_000; round++) {
            Network network = Network.of(any(random), random.nextInt(random.nextBoolean() ? 33 : 129));
            if (random.nextInt(3) == 0 && !there.isEmpty()) {
                Network gone = there.remove(random.nextInt(there.size()));
                map.remove(gone, gone.toString());
            } else if (map.put(network, network.toString()) == null) {
                there.add(network);
            }
            IpAddress address = any(random);

            String expected = there.stream()
                    .filter(each -> each.contains(address))
                    .max(Comparator.comparingInt(Network::bits))
                    .map(Network::toString)
                    .orElse(null);
            assertEquals(expected, map.find(address, value -> true), () -> address + " in " + there);
        }
    }

    /** Few bits differ, so that networks meet. */
    private static IpAddress any(Random random) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        bytes[0] = 32;
        bytes[bytes.length - 1] = (byte) random.nextInt();
        bytes[1] = (byte) (random.nextInt(2) << 7);
        return IpAddress.of(bytes);
    }

    private String find(String address) {
        return map.find(address(address), value -> true);
    }

    private static IpAddress address(String written) {
        IpAddress address = IpAddress.parse(written);
        assertNotNull(address);
        return address;
    }
}
