package chat.parley.conformance.servers;

/** The suite on JettyHome. */
class JettyHomeIT extends ServerSuite {

    JettyHomeIT() {
        super(new JettyHomeServer());
    }
}
