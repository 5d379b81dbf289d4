package chat.parley.conformance.servers;

import chat.parley.conformance.Difference;
import chat.parley.conformance.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one kind of application server is laid out, started with the WAR and settings, and ended. What the operator would do by
 * hand, and nothing in the WAR.
 */
interface ApplicationServer {

    /** Where Maven unpacks servers. */
    Path UNPACKED = Path.of(System.getProperty("project.build.directory", "target"), "servers")
            .toAbsolutePath();

    /** The WAR as it is. */
    Path WAR = Path.of(System.getProperty("project.build.directory", "target"), "parley.war")
            .toAbsolutePath();

    /** As in the table: a word in lower case. */
    String name();

    /** What Maven unpacked, below {@link #UNPACKED}: present when the profile ran. */
    Path home();

    /**
     * Makes the server ready to start: its own configuration, the ports, the WAR with {@link Target#SETTINGS} as its
     * operators give settings.
     *
     * @param instance an empty folder, which goes at the end
     */
    void prepare(Instance instance) throws IOException, InterruptedException;

    /** What starts it and stays until it ends. */
    List<String> command(Instance instance);

    /** Environment variables beside {@code JAVA_HOME}. */
    Map<String, String> environment(Instance instance);

    /** What its operator types to end it; empty where that is a signal. */
    List<String> stopCommand(Instance instance);

    /** Where it writes what applications log. */
    Path log(Instance instance);

    /** Takes the second deployment away again, before the start. */
    void removeGuarded(Instance instance) throws IOException;

    /** Whether a second deployment stands beside the first, before which the server signs people in. */
    default boolean hasGuarded() {
        return true;
    }

    /** {@link Target#differences()}. */
    Map<String, Difference> differences();
}
