package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page over three nodes behind one port, while they are killed one after the other. */
class ClusterPageIT {

    private static final String ROOM = "room";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @Test
    void peopleTalkOnWhileEachNodeIsKilledInTurn() throws Exception {
        chromium.expectOutages();
        List<String> said = new ArrayList<>();
        try (ClusterProcess cluster = ClusterProcess.start()) {
            Visitor anna = signedUp(cluster, "anna");
            Visitor bert = signedUp(cluster, "bert");
            said.addAll(talk(0, anna, bert));

            for (int node = 1; node <= 3; node++) {
                int round = node;
                cluster.kill(node, () -> said.addAll(talk(round, anna, bert)));
                anna.connected();
                bert.connected();
            }
            anna.say("all is well");
            said.add("all is well");
            bert.awaitRead("all is well");

            List<String> log = PageLog.of(cluster.page(), ROOM);
            assertEquals(said.stream().sorted().toList(), log.stream().sorted().toList(), "each once");
            for (Visitor visitor : List.of(anna, bert)) {
                visitor.awaitNewest(log.get(log.size() - 1)).awaitNothingOnItsWay();
                visitor.assertReads(log);
            }
        }
    }

    /** With an account: who that is knows every node. */
    private static Visitor signedUp(ClusterProcess cluster, String name) {
        Page page = chromium.open(cluster.page(), new Browser.NewContextOptions().setViewportSize(1280, 2000));
        page.locator("#tab-signUp").click();
        page.locator("#up-name").fill(name);
        page.locator("#up-password").fill("correct horse");
        page.locator("#up-password").press("Enter");
        return Visitor.at(page).connected().enter(ROOM);
    }

    /** Everybody says something three times, each for themselves. */
    private static List<String> talk(int round, Visitor anna, Visitor bert) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            anna.write("anna " + round + " " + i);
            bert.write("bert " + round + " " + i);
            said.addAll(List.of("anna " + round + " " + i, "bert " + round + " " + i));
        }
        return said;
    }
}
