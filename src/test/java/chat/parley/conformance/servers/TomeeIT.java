package chat.parley.conformance.servers;

/** The suite on TomEE. */
class TomeeIT extends ServerSuite {

    TomeeIT() {
        super(TomcatServer.tomee());
    }
}
