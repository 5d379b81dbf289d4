package chat.parley.conformance.servers;

/** The suite on WildFly. */
class WildFlyIT extends ServerSuite {

    WildFlyIT() {
        super(new WildFlyServer());
    }
}
