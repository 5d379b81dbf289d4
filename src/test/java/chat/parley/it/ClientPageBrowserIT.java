package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example for browsers on the page of clients does what it says. */
class ClientPageBrowserIT {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with();

    @Test
    void theExampleOfTheBrowserChats() {
        ChatClient witness = server.connect("witness");
        witness.join("lobby");
        Page page = chromium.open(server);
        page.navigate(server.uri().toString());
        String example = ClientPage.example("chat.onmessage")
                .replace(ClientPage.URL, "ws://localhost:" + server.port() + "/chat?name=ada");

        ConsoleMessage own = page.waitForConsoleMessage(() -> page.evaluate("() => {" + example + "}"));
        ConsoleMessage heard = page.waitForConsoleMessage(() -> witness.say("lobby", "welcome"));

        assertEquals("ada: hello, ada", own.text());
        assertEquals(witness.name() + ": welcome", heard.text());
        witness.seen().await(Wire.type("message", "lobby").and(Wire.from("ada")));
    }
}
