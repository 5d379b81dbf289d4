package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The WAR in an application server that signs people in by itself: at {@code /closed} for every address, at {@code /open} for
 * some that are not Parley's, and at {@code /deaf} with Parley not asking it.
 */
class ContainerIT {

    private static final Path WAR =
            Path.of(System.getProperty("project.build.directory", "target")).resolve("parley.war");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Server jetty = new Server();
    private static final ServerConnector connector = new ServerConnector(jetty);

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        connector.setHost("localhost");
        jetty.addConnector(connector);
        ContextHandlerCollection contexts = new ContextHandlerCollection(
                war("/closed", "/*", "true"), war("/open", "/staff/*", "true"), war("/deaf", "/*", "false"));
        jetty.setHandler(contexts);
        jetty.start();
    }

    @AfterAll
    static void stop() throws Exception {
        jetty.stop();
    }

    @Test
    void whomTheContainerSignedInIsWelcomedByThatName() throws Exception {
        for (String path : new String[] {"/closed", "/open"}) {
            try (RawClient chat = connect(path + "/chat?name=somebody", basic("Dora", "pass"))) {
                JsonObject welcome = chat.readUntil(Wire.type("welcome")).get(0);

                assertEquals("dora", welcome.getString("sender"), path);
                assertFalse(welcome.containsKey("guest"), welcome::toString);
                assertFalse(welcome.containsKey("session"), welcome::toString);
                assertFalse(welcome.containsKey("expiresAt"), welcome::toString);
            }
        }
    }

    @Test
    void aPageIsToldThatTheyAreFromElsewhere() throws Exception {
        HttpResponse<String> ways = api("GET", "/closed", "ways", basic("Dora", "pass"));

        JsonObject session = Wire.objects(ways.body()).get(0).getJsonObject("session");
        assertEquals("dora", session.getString("name"));
        assertTrue(session.getBoolean("external"));
    }

    @Test
    void theSameIsWhoTheyAreOverHttpAndByATicket() throws Exception {
        HttpResponse<String> who = api("GET", "/closed", "session", basic("Dora", "pass"));
        HttpResponse<String> ticket = api("POST", "/closed", "tickets", basic("Dora", "pass"));

        assertEquals(200, who.statusCode(), who.body());
        JsonObject session = Wire.objects(who.body()).get(0);
        assertEquals("dora", session.getString("name"));
        assertFalse(session.getBoolean("guest"));
        assertFalse(session.containsKey("token"));
        assertEquals(201, ticket.statusCode(), ticket.body());
        String text = Wire.objects(ticket.body()).get(0).getString("ticket");
        try (RawClient chat = connect("/closed/chat?ticket=" + text, basic("Egon", "word"))) {
            assertEquals(
                    "egon",
                    chat.readUntil(Wire.type("welcome")).get(0).getString("sender"),
                    "the container goes before a ticket");
        }
    }

    @Test
    void withoutCredentialsItIsAsTheContainerSays() throws Exception {
        assertEquals(401, handshake("/closed/chat?name=guest", null));
        assertEquals(401, handshake("/closed/chat?name=guest", basic("Dora", "wrong")));
        HttpResponse<String> refused = api("GET", "/closed", "session", null);
        assertEquals(401, refused.statusCode());
        assertTrue(
                refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"),
                "it is the container that refuses");
    }

    @Test
    void whereTheContainerKnowsNobodyTheNextWaysAreAsked() throws Exception {
        try (RawClient guest = connect("/open/chat?name=gustav", null)) {
            JsonObject welcome = guest.readUntil(Wire.type("welcome")).get(0);
            assertEquals("gustav", welcome.getString("sender"));
            assertTrue(welcome.getBoolean("guest"));
        }
        HttpResponse<String> nobody = api("GET", "/open", "session", null);
        assertEquals(401, nobody.statusCode());
        assertEquals("not_signed_in", Wire.objects(nobody.body()).get(0).getString("code"));
    }

    @Test
    void aNameOfTheContainerIsNoGuests() throws Exception {
        try (RawClient dora = connect("/open/chat", basic("Dora", "pass"))) {
            dora.readUntil(Wire.type("welcome"));
        }
        try (RawClient guest = connect("/open/chat?name=d0ra", null)) {
            assertEquals(4409, guest.awaitClose().code());
        }
    }

    @Test
    void aNameThatCannotBeIsNamed() throws Exception {
        try (RawClient refused = connect("/closed/chat", basic("Fritz Lang", "film"))) {
            assertEquals(4400, refused.awaitClose().code());
        }
        HttpResponse<String> who = api("GET", "/closed", "session", basic("Fritz Lang", "film"));
        assertEquals(400, who.statusCode());
        assertEquals("bad_name", Wire.objects(who.body()).get(0).getString("code"));
    }

    @Test
    void parleyNeedNotAskTheContainer() throws Exception {
        try (RawClient guest = connect("/deaf/chat?name=gustav", basic("Dora", "pass"))) {
            assertEquals("gustav", guest.readUntil(Wire.type("welcome")).get(0).getString("sender"));
        }
        assertEquals(401, api("GET", "/deaf", "session", basic("Dora", "pass")).statusCode());
    }

    private static WebAppContext war(String path, String closed, String container) throws IOException {
        WebAppContext context = new WebAppContext();
        context.setContextPath(path);
        context.setWar(WAR.toString());
        context.setTempDirectory(
                Files.createDirectory(folder.resolve(path.substring(1))).toFile());
        context.setInitParameter("parley.store.url", "memory:");
        context.setInitParameter("parley.auth.container", container);
        context.setThrowUnavailableOnStartupException(true);
        ConstraintMapping mapping = new ConstraintMapping();
        mapping.setPathSpec(closed);
        mapping.setConstraint(Constraint.ANY_USER);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.addConstraintMapping(mapping);
        security.setAuthenticator(new BasicAuthenticator());
        security.setLoginService(users());
        security.setRealmName("shop");
        context.setSecurityHandler(security);
        return context;
    }

    private static HashLoginService users() {
        UserStore users = new UserStore();
        users.addUser("Dora", Credential.getCredential("pass"), new String[] {"staff"});
        users.addUser("Egon", Credential.getCredential("word"), new String[] {});
        users.addUser("Fritz Lang", Credential.getCredential("film"), new String[] {});
        HashLoginService login = new HashLoginService("shop");
        login.setUserStore(users);
        return login;
    }

    private static RawClient connect(String target, String authorization) {
        return authorization == null
                ? RawClient.connect(connector.getLocalPort(), target, Subprotocol.SINGLE)
                : RawClient.connect(connector.getLocalPort(), target, Subprotocol.SINGLE, authorization);
    }

    private static int handshake(String target, String authorization) {
        return authorization == null
                ? RawClient.handshake(connector.getLocalPort(), target).status()
                : RawClient.handshake(connector.getLocalPort(), target, authorization)
                        .status();
    }

    private static HttpResponse<String> api(String method, String context, String path, String authorization)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + connector.getLocalPort() + context + "/api/" + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        if (authorization != null) {
            int colon = authorization.indexOf(':');
            request.header(
                    authorization.substring(0, colon),
                    authorization.substring(colon + 1).strip());
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
