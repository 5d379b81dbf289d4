package chat.parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The server that is measured.
 *
 * @param address the one of its addresses that answers
 * @param pid its process at first; 0 when it is unknown
 * @param own its process when it was started here; else null
 */
record Peer(
        URI url,
        InetSocketAddress address,
        long pid,
        @Nullable OwnServer own) {
    private static final int WS_PORT = 80;
    private static final int CONNECT_MILLIS = 5000;

    /** A server that runs already. */
    static Peer find(URI url, long pid) throws CannotMeasure {
        if (pid > 0 && ProcessHandle.of(pid).isEmpty()) {
            throw new CannotMeasure("--server-pid: there is no process " + pid);
        }
        InetSocketAddress address = answering(url);
        long found = ListeningProcess.find(address);
        if (pid > 0 && !ListeningProcess.isLocal(address.getAddress())) {
            throw new CannotMeasure("--server-pid: " + url.getHost() + " is not on this machine");
        }
        if (pid > 0 && found > 0 && found != pid) {
            throw new CannotMeasure("--server-pid: not " + pid + " but process " + found + " listens there");
        }
        return new Peer(url, address, pid > 0 ? pid : found, null);
    }

    static Peer of(OwnServer own) throws CannotMeasure {
        return new Peer(own.url(), answering(own.url()), own.pid(), own);
    }

    /** Its process now; 0 when it is unknown. */
    @Override
    public long pid() {
        return own == null ? pid : own.pid();
    }

    /** Whether its address is this machine's. */
    boolean isLocal() {
        return ListeningProcess.isLocal(address.getAddress());
    }

    /** A name can stand for several addresses, such as localhost for those of IPv4 and IPv6. */
    private static InetSocketAddress answering(URI url) throws CannotMeasure {
        int port = url.getPort() < 0 ? WS_PORT : url.getPort();
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(url.getHost());
        } catch (UnknownHostException e) {
            throw new CannotMeasure("unknown host: " + url.getHost());
        }
        String why = "";
        for (InetAddress address : addresses) {
            InetSocketAddress candidate = new InetSocketAddress(address, port);
            try (Socket socket = new Socket()) {
                socket.connect(candidate, CONNECT_MILLIS);
                return candidate;
            } catch (IOException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        throw new CannotMeasure("nothing listens at " + url + ": " + why);
    }
}
