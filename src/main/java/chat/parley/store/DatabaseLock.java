package chat.parley.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second server away from a database: a lock on a file beside it, because SQLite's own would lock our readers out
 * too. The system knows locks of processes alone, and drops them when any channel to the file is closed; so within one
 * process there is a claim before the file is opened, which all class loaders see.
 */
final class DatabaseLock implements AutoCloseable {

    private static final String CLAIM = "chat.parley.store.open:";

    private final String claim;
    private final FileChannel channel;

    private DatabaseLock(String claim, FileChannel channel) {
        this.claim = claim;
        this.channel = channel;
    }

    /**
     * Takes the lock of a database, whose folder is there.
     *
     * @throws StoreRefusedException when another server has it
     */
    static DatabaseLock of(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + ".lock");
        Path folder = file.toAbsolutePath().getParent();
        String claim = CLAIM + (folder == null ? file : folder.toRealPath().resolve(file.getFileName()));
        if (System.getProperties().putIfAbsent(claim, "") != null) {
            throw refusal(database, file);
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held == null) {
                throw refusal(database, file);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            taken = true;
            return new DatabaseLock(claim, channel);
        } catch (OverlappingFileLockException e) {
            throw refusal(database, file); // of somebody in this process who did not claim it
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                System.getProperties().remove(claim);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The system releases it when the process ends.
        }
        System.getProperties().remove(claim);
    }

    private static StoreRefusedException refusal(Path database, Path file) {
        return new StoreRefusedException("the database " + database + " is in use by another server, which holds "
                + file + ": stop that one first");
    }
}
