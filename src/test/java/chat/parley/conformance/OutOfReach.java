package chat.parley.conformance;

import java.util.Map;

/** What the protocol names and a client cannot bring about, each with the reason. Named as in {@link Marks}. */
final class OutOfReach {

    static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("error not_found", "no request of version 1 is answered with it"),
            Map.entry("error unavailable", "the disk has to fail"),
            Map.entry("error internal", "the server has to have a fault"),
            Map.entry("close 1011", "the server has to have a fault"),
            Map.entry("close 1013", "the key host of another user system has to be slow"),
            Map.entry("close 4513", "who does not read may not get the word either; that they are ended is checked"),
            Map.entry("problem switched_off", "a setting says so, and here everything is on"),
            Map.entry("problem too_many_bans", "10,000 bans have to be made first"),
            Map.entry("problem internal", "the server has to have a fault"),
            Map.entry(
                    "problem busy", "more passwords have to be hashed at once than a client that behaves can ask for"),
            Map.entry("problem unavailable", "the disk has to fail"));

    private OutOfReach() {}
}
