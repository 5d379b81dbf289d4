package chat.parley.conformance.servers;

/** The suite on Payara. */
class PayaraIT extends ServerSuite {

    PayaraIT() {
        super(new PayaraServer());
    }
}
