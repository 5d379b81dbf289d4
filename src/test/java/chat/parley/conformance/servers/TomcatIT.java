package chat.parley.conformance.servers;

/** The suite on Tomcat. */
class TomcatIT extends ServerSuite {

    TomcatIT() {
        super(TomcatServer.tomcat());
    }
}
