package chat.parley.conformance.servers;

/** The suite on GlassFish. */
class GlassFishIT extends ServerSuite {

    GlassFishIT() {
        super(new GlassFishServer());
    }
}
