package chat.parley.config;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values by network, found by address: one look into a hash table for each length of network there is, however many
 * networks there are. One thread at a time changes it; any number look meanwhile, and never wait.
 */
public final class NetworkMap<V> {

    private final ConcurrentMap<Network, V> values = new ConcurrentHashMap<>();
    private final Lengths ofIpv4 = new Lengths(32);
    private final Lengths ofIpv6 = new Lengths(128);

    /** Puts a value in the place of the one before, which is returned; null when there was none. */
    public @Nullable V put(Network network, V value) {
        V before = values.put(network, value);
        if (before == null) {
            lengths(network.isIpv4()).added(network.bits());
        }
        return before;
    }

    /** Takes this value of a network away; fine also when it has another one, or none. */
    public void remove(Network network, V value) {
        if (values.remove(network, value)) {
            lengths(network.isIpv4()).removed(network.bits());
        }
    }

    /** The value that fits of the narrowest network with the address in it; null for none. */
    public @Nullable V find(IpAddress address, Predicate<V> fits) {
        for (int bits : lengths(address.isIpv4()).longestFirst) {
            V value = values.get(Network.of(address, bits));
            if (value != null && fits.test(value)) {
                return value;
            }
        }
        return null;
    }

    private Lengths lengths(boolean isIpv4) {
        return isIpv4 ? ofIpv4 : ofIpv6;
    }

    /** How many networks there are of each length. */
    private static final class Lengths {

        private final int most;
        private final int[] counts; // whoever changes the map
        private volatile int[] longestFirst = new int[0];

        Lengths(int most) {
            this.most = most;
            this.counts = new int[most + 1];
        }

        void added(int bits) {
            if (counts[bits]++ == 0) {
                tell();
            }
        }

        void removed(int bits) {
            if (--counts[bits] == 0) {
                tell();
            }
        }

        private void tell() {
            longestFirst = IntStream.rangeClosed(0, most)
                    .map(i -> most - i)
                    .filter(bits -> counts[bits] > 0)
                    .toArray();
        }
    }
}
