package chat.parley.conformance.servers;

/** Why something is otherwise: what more than one server does. */
final class Reasons {

    static final String PORT_IS_CLOSED =
            "It closes its port before it stops applications: who comes meanwhile is refused by the system and not by HTTP.";

    private Reasons() {}
}
