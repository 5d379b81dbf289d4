package chat.parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Finds the process that listens at an address of this machine, by proc(5); elsewhere than on Linux it finds none. */
final class ListeningProcess {
    private static final Path PROC = Path.of("/proc");
    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");

    // The columns of those tables, and the state of a socket that listens.
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENS = "0A";

    private ListeningProcess() {}

    /** Its number; 0 when there is none here, or none that this user may look at. */
    static long find(InetSocketAddress address) {
        if (!isLocal(address.getAddress())) {
            return 0;
        }
        Set<String> sockets = new HashSet<>();
        for (String table : TABLES) {
            try {
                for (String line : Files.readAllLines(PROC.resolve(table))) {
                    String[] columns = line.strip().split("\\s+", -1);
                    if (columns.length > INODE
                            && columns[STATE].equals(LISTENS)
                            && listensAt(columns[LOCAL_ADDRESS], address)) {
                        sockets.add("socket:[" + columns[INODE] + "]");
                    }
                }
            } catch (IOException e) {
                // No Linux, or no IPv6.
            }
        }
        return sockets.isEmpty() ? 0 : owner(sockets);
    }

    static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** @param local such as {@code 0100007F:1F90}: groups of four bytes in the machine's order, and the port */
    private static boolean listensAt(String local, InetSocketAddress address) {
        int colon = local.indexOf(':');
        if (Integer.parseInt(local.substring(colon + 1), 16) != address.getPort()) {
            return false;
        }
        ByteBuffer groups = ByteBuffer.wrap(HexFormat.of().parseHex(local.substring(0, colon)));
        ByteBuffer bytes = ByteBuffer.allocate(groups.capacity()).order(ByteOrder.nativeOrder());
        while (groups.hasRemaining()) {
            bytes.putInt(groups.getInt());
        }
        try {
            // An IPv4 address that is written as IPv6 becomes IPv4 here.
            InetAddress listening = InetAddress.getByAddress(bytes.array());
            return listening.isAnyLocalAddress() || listening.equals(address.getAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static long owner(Set<String> sockets) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (hasOneOf(process, sockets)) {
                    return Long.parseLong(process.getFileName().toString());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nothing can be seen.
        }
        return 0;
    }

    private static boolean hasOneOf(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (isOneOf(file, sockets)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It ended, or belongs to somebody else.
        }
        return false;
    }

    private static boolean isOneOf(Path file, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
            return false; // Closed meanwhile.
        }
    }
}
