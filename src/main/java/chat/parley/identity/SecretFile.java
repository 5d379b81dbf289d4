package chat.parley.identity;

import chat.parley.config.Setting;
import chat.parley.config.SettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the key that wraps the keys in the store: {@link KeyWrap#BYTES} random bytes in base64, for the account
 * alone that runs Parley. Made when it is not there, whole or not at all; never written again.
 */
public final class SecretFile {

    private static final Logger log = LoggerFactory.getLogger(SecretFile.class);

    /** Base64 of 32 bytes has 44; what is longer than a few lines is something else. */
    private static final int MOST_BYTES = 256;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path path;

    /** The file of that name, there or not. */
    public SecretFile(String path) {
        this.path = Path.of(path);
    }

    /**
     * The key in it; makes the file first if there is none.
     *
     * @throws SettingsException when it cannot be made or read, or holds something else
     */
    public byte[] key() {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                make();
            }
            return read();
        } catch (IOException e) {
            throw refused("can neither be read nor made (" + e + ")", e);
        }
    }

    private byte[] read() throws IOException {
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw refused("must be a file itself, and no link or folder", null);
        }
        byte[] content;
        try (SeekableByteChannel channel =
                Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            content = Channels.newInputStream(channel).readNBytes(MOST_BYTES + 1);
        }
        warnIfOthersMayRead();
        byte[] key;
        try {
            key = Base64.getDecoder().decode(new String(content, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != KeyWrap.BYTES) {
            throw refused(
                    "must hold " + KeyWrap.BYTES
                            + " random bytes in base64 and nothing else; remove it, and another is made",
                    null);
        }
        return key;
    }

    private void make() throws IOException {
        byte[] key = new byte[KeyWrap.BYTES];
        new SecureRandom().nextBytes(key);
        byte[] line = (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw refused("must be the path of a file", null);
        }
        Files.createDirectories(folder, ownerOnly("rwx------"));
        Path begun = Files.createTempFile(folder, ".parley", ".secret", ownerOnly("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(begun, StandardOpenOption.WRITE)) {
                for (ByteBuffer left = ByteBuffer.wrap(line); left.hasRemaining(); ) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(begun, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(begun);
        }
        sync(folder);
        log.atDebug().addKeyValue("file", path).log("a secret was made for the keys in the store");
    }

    /** So that a loss of power does not undo that the file is there. Not every system lets a folder be opened. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("the folder of the secret could not be synced");
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void warnIfOthersMayRead() throws IOException {
        if (isPosix()) {
            Set<PosixFilePermission> given =
                    new HashSet<>(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
            given.retainAll(OTHERS);
            if (!isOwn()) {
                given.remove(
                        PosixFilePermission.GROUP_READ); // How an orchestrator gives a file of its own to this process.
            }
            if (!given.isEmpty()) {
                log.atWarn().addKeyValue("file", path).log("the secret is open to others: chmod 600 it");
            }
        }
    }

    private boolean isOwn() throws IOException {
        String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
        return ProcessHandle.current().info().user().map(owner::equals).orElse(false);
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private SettingsException refused(String why, @Nullable Throwable cause) {
        return new SettingsException(Setting.AUTH_SECRET_FILE, path.toString(), why, cause);
    }
}
