package chat.parley.cluster;

import chat.parley.server.Main;

/** The server as it is, for as long as whoever started it lives. Its arguments are the server's. */
final class Node {

    private Node() {}

    public static void main(String[] arguments) {
        WithParent.endToo();
        Main.main(arguments);
    }
}
