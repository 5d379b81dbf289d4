package chat.parley.conformance.servers;

/** The suite on TomEE. */
class TomeeIT extends ServerSuite {

    TomeeIT() {
        super(new TomcatServer("tomee", "apache-tomee-webprofile-9.0.0", Reasons.waitsForTheClientsClose()));
    }
}
