package chat.parley.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, checked.
 *
 * @param crowds one measurement each, one after the other
 * @param json print JSON and no table
 * @param plot where to write a picture of several measurements; null: nowhere
 */
public record Options(
        Target target,
        List<Crowd> crowds,
        Traffic traffic,
        Mode mode,
        boolean json,
        @Nullable Path plot) {

    /** @throws IllegalArgumentException with one line that names the option and what is wrong with it */
    public Options {
        crowds = List.copyOf(crowds);
        for (Crowd crowd : crowds) {
            check(crowd, traffic, mode);
        }
        if (mode instanceof Mode.Restart && !target.isOwn()) {
            throw new IllegalArgumentException("--restart is for a server of its own, without a URL");
        }
        if (mode instanceof Mode.Restart && traffic.rate() == 0) {
            throw new IllegalArgumentException("--restart needs messages at a --rate: no --window, no --idle");
        }
        if (plot != null) {
            check(plot, crowds, traffic, mode);
        }
    }

    /**
     * The same crowd with each number of connections, or of rooms.
     *
     * @throws IllegalArgumentException when both are lists
     */
    public static List<Crowd> series(Crowd usual, List<Integer> connections, List<Integer> rooms) {
        if (connections.size() > 1 && rooms.size() > 1) {
            throw new IllegalArgumentException("only one of --connections and --rooms can be a list");
        }
        return rooms.size() > 1
                ? rooms.stream().map(usual::withRooms).toList()
                : connections.stream().map(usual::withConnections).toList();
    }

    private static void check(Crowd crowd, Traffic traffic, Mode mode) {
        boolean isPlain = mode instanceof Mode.Messages;
        if (crowd.rooms() == 0 && !(isPlain && traffic.isIdle())) {
            throw new IllegalArgumentException("--rooms is 0, which only goes with --idle");
        }
        if (crowd.stalled() > 0 && !isPlain) {
            throw new IllegalArgumentException("--stalled does not go with --join-storm and --restart");
        }
    }

    private static void check(Path plot, List<Crowd> crowds, Traffic traffic, Mode mode) {
        if (crowds.size() == 1) {
            throw new IllegalArgumentException(
                    "--plot needs a list, such as --connections 10,100,1000 or --rooms 1,10,100");
        }
        if (!(mode instanceof Mode.Messages) || traffic.isIdle()) {
            throw new IllegalArgumentException("--plot shows deliveries: no --idle, no --join-storm, no --restart");
        }
        Path folder = plot.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(plot)) {
            throw new IllegalArgumentException("--plot cannot write " + plot);
        }
    }
}
