package chat.parley.conformance.servers;

/** The suite on Liberty. */
class LibertyIT extends ServerSuite {

    LibertyIT() {
        super(new LibertyServer());
    }
}
