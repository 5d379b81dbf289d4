package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.verify.Access;
import chat.parley.verify.Kill;
import chat.parley.verify.Plan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code verify} mean, and which it refuses; {@link VerifyIT} has what it does. */
class VerifyCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void urlsAloneAreAMinuteOfGuests() {
        Plan plan = plan("ws://a/chat", "wss://b");

        assertEquals(List.of(URI.create("ws://a/chat"), URI.create("wss://b/chat")), plan.urls());
        assertEquals(
                new Plan(
                        plan.urls(),
                        12,
                        3,
                        60,
                        60,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        null,
                        Access.GUESTS,
                        plan.seed()),
                plan);
    }

    @Test
    void everyOptionGoesWhereItBelongs(@TempDir Path folder) throws Exception {
        Path tokens = Files.writeString(folder.resolve("tokens"), "second\n\n third \n");

        Plan plan = plan(
                "ws://a/chat",
                "--people=20",
                "--rooms=4",
                "--rate=0",
                "--seconds=8",
                "--stay=0",
                "--settle=2.5",
                "--kill=docker restart redis",
                "--every=7",
                "--token=first",
                "--tokens=" + tokens,
                "--origin=https://b",
                "--insecure",
                "--seed=42");

        assertEquals(
                new Plan(
                        List.of(URI.create("ws://a/chat")),
                        20,
                        4,
                        0,
                        8,
                        Duration.ZERO,
                        Duration.ofMillis(2_500),
                        new Kill("docker restart redis", Duration.ofSeconds(7)),
                        new Access(List.of("first", "second", "third"), null, "https://b", true),
                        42),
                plan);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --people=2                              | which server? A URL such as ws://127.0.0.1:8080/chat is missing
                    ws://a --people=1                       | --people is 1 but must be from 2 to 1000
                    ws://a --people=5 --rooms=6             | --rooms is 6, which is more than the 5 of --people
                    ws://a --rate=-1                        | --rate is -1 but must be from 0.1 to 10000, or 0 for as fast as they are answered
                    ws://a --seconds=0                      | --seconds is 0 but must be from 1 to 604800
                    ws://a --rate=10000 --seconds=100000    | --rate times --seconds is 1,000,000,000 messages, but no more than 20,000,000 are kept in mind
                    ws://a --settle=0                       | --settle is 0 but must be from 0.1 to 3600
                    ws://a --every=5                        | --every goes with --kill
                    ws://a --kill=true --every=0            | --every is 0 but must be from 0.1 to 86400
                    ws://a --kill=true --seconds=15         | --every is not before the end of --seconds: nothing would be broken
                    ws://a --token=x --cookie=y=z           | --token and --cookie exclude each other
                    ws://a --tokens=no/where                | --tokens cannot read no/where
                    ws://a --json=no/where.json             | --json cannot write no/where.json
                    http://a/chat                           | a URL must look like ws://HOST:PORT/chat, not http://a/chat
                    ws://a/chat --fast                      | Unknown option: '--fast'
                    """)
    void whatCannotBeIsOneLineAndExitCodeTwo(String arguments, String line) {
        assertEquals(2, run(("verify " + arguments).split(" ")));

        assertEquals(
                "parley: " + line + " (verify --help tells the options)" + System.lineSeparator(), err.toString(UTF_8));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void helpNamesTheCommandAndTheCommandsHelpItsOptions() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString(UTF_8).contains("  verify  "), out.toString(UTF_8));

        assertEquals(0, run("verify", "--help"));
        for (String option : List.of("--people", "--kill", "--every", "--settle", "--tokens", "--json", "Exit code")) {
            assertTrue(out.toString(UTF_8).contains(option), option);
        }
    }

    private static Plan plan(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "verify";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        VerifyCommand command = new ServerOptions().parse(all).getCommand();
        return command.plan();
    }

    private int run(String... arguments) {
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }
}
