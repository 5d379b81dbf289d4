package chat.parley.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which guests got their names from which address, so that none takes them all. Whoever is no longer in the book does
 * not count, and is found out here when it matters. Not thread-safe.
 */
final class AddressNames {

    private final Map<String, List<Guest>> byAddress = new HashMap<>();
    private final int most;
    private final Predicate<Guest> isKept;

    /**
     * None yet.
     *
     * @param most how many names an address may have at the same time; 0 for no limit
     * @param isKept whether a guest still has the name
     */
    AddressNames(int most, Predicate<Guest> isKept) {
        this.most = most;
        this.isKept = isKept;
    }

    boolean isFull(String address) {
        List<Guest> guests = byAddress.getOrDefault(address, List.of());
        if (most == 0 || guests.size() < most) {
            return false;
        }
        guests.removeIf(isKept.negate());
        return guests.size() >= most;
    }

    void add(String address, Guest guest) {
        if (most > 0) {
            byAddress.computeIfAbsent(address, it -> new ArrayList<>(1)).add(guest);
        }
    }

    /** Gives back the memory of those who do not count any more. */
    void prune() {
        byAddress.values().removeIf(guests -> {
            guests.removeIf(isKept.negate());
            return guests.isEmpty();
        });
    }
}
