package chat.parley.load;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What was asked for on the command line, checked.
 *
 * @param url where the server listens
 * @param connections members that read, and that take turns in sending
 * @param stalled further members that join and then never read
 * @param rooms rooms they are spread over; 0, with {@code idle} only, is none
 * @param size bytes of a message's content
 * @param rate messages a second in all, open loop; 0 is a closed loop
 * @param window messages outstanding in all rooms together, closed loop; 0 is an open loop
 * @param idle nobody sends
 * @param seconds how long is measured
 * @param warmup seconds before, under the same load
 * @param form the name of the subprotocol
 * @param connectRate handshakes begun a second, at most
 * @param threads selector threads
 * @param serverPid the server's process, to read its CPU and memory; 0 is unknown
 * @param json print JSON and no table
 * @param help print the usage and nothing else
 */
record Options(
        URI url,
        int connections,
        int stalled,
        int rooms,
        int size,
        double rate,
        int window,
        boolean idle,
        int seconds,
        int warmup,
        String form,
        int connectRate,
        int threads,
        long serverPid,
        boolean json,
        boolean help) {

    static final String USAGE = """
            Usage: Load [options]
              --url URL           ws://HOST:PORT/PATH (ws://127.0.0.1:8080/chat)
              --connections N     members (1000)
              --rooms N           rooms they are spread over; 0, with --idle, is none (1)
              --size BYTES        of a message's content (64)
              --rate N            open loop: N messages a second in all; latency counts from the intended time (20)
              --window W          closed loop: W messages outstanding in all rooms together; the next is sent when a
                                  sender got its own message back
              --idle              nobody sends
              --seconds N         measured (10)
              --warmup N          seconds of the same load before (5)
              --form batch|single the subprotocol: parley.v1.batch or parley.v1 (batch)
              --stalled N         further members, who join and then never read, also no close (0)
              --connect-rate N    handshakes a second, at most (2000)
              --threads N         selector threads (1)
              --server-pid PID    show this process' CPU and memory
              --json              print JSON
            """;

    private static final Set<String> FLAGS = Set.of("idle", "json", "help");
    private static final Set<String> VALUES = Set.of(
            "url",
            "connections",
            "rooms",
            "size",
            "rate",
            "window",
            "seconds",
            "warmup",
            "form",
            "stalled",
            "connect-rate",
            "threads",
            "server-pid");

    /** @throws IllegalArgumentException with one line that names the option and what is wrong with it */
    static Options parse(String... args) {
        Map<String, String> given = split(args);
        boolean idle = given.containsKey("idle");
        if (given.containsKey("rate") && given.containsKey("window")) {
            throw new IllegalArgumentException("--rate and --window exclude each other");
        }
        int window = (int) number(given, "window", 0, 1, 1_000_000);
        return new Options(
                url(given.getOrDefault("url", "ws://127.0.0.1:8080/chat")),
                (int) number(given, "connections", 1000, 1, 1_000_000),
                (int) number(given, "stalled", 0, 0, 1_000_000),
                (int) number(given, "rooms", 1, idle ? 0 : 1, 1_000_000),
                (int) number(given, "size", 64, Stamp.LENGTH, 3072),
                idle || window > 0 ? 0 : number(given, "rate", 20, 0.01, 10_000_000),
                idle ? 0 : window,
                idle,
                (int) number(given, "seconds", 10, 1, 86_400),
                (int) number(given, "warmup", 5, 0, 86_400),
                form(given.getOrDefault("form", "batch")),
                (int) number(given, "connect-rate", 2000, 1, 1_000_000),
                (int) number(given, "threads", 1, 1, 64),
                (long) number(given, "server-pid", 0, 1, Integer.MAX_VALUE),
                given.containsKey("json"),
                given.containsKey("help"));
    }

    /** Whether frames are arrays of objects, and not one object each. */
    boolean isBatch() {
        return form.endsWith(".batch");
    }

    /** Sockets it takes. */
    int sockets() {
        return connections + stalled;
    }

    private static Map<String, String> split(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String[] parts = args[i].split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            String value;
            if (FLAGS.contains(name) && parts.length == 1) {
                value = "";
            } else if (!VALUES.contains(name)) {
                throw new IllegalArgumentException("unknown option " + args[i] + " (--help shows them all)");
            } else if (parts.length == 2) {
                value = parts[1];
            } else if (++i < args.length) {
                value = args[i];
            } else {
                throw new IllegalArgumentException("--" + name + " needs a value");
            }
            given.put(name, value);
        }
        return given;
    }

    private static double number(Map<String, String> given, String name, double absent, double least, double most) {
        String text = given.get(name);
        if (text == null) {
            return absent;
        }
        double value;
        try {
            value = name.equals("rate") ? Double.parseDouble(text) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " is no number: " + text, e);
        }
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "--%s is %s but must be from %s to %s".formatted(name, text, plain(least), plain(most)));
        }
        return value;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static String form(String form) {
        return switch (form) {
            case "batch" -> "parley.v1.batch";
            case "single" -> "parley.v1";
            default -> throw new IllegalArgumentException("--form is batch or single, not " + form);
        };
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--url is no URL: " + text, e);
        }
        if (!"ws".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("--url must look like ws://HOST:PORT/chat, not " + text);
        }
        return url;
    }
}
