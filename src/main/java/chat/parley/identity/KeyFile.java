package chat.parley.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A key set in a file. */
final class KeyFile implements KeySource {

    private final Path file;
    private final Executor threads;

    /** A file that is read by threads that may wait for a disk. */
    KeyFile(Path file, Executor threads) {
        this.file = file;
        this.threads = threads;
    }

    @Override
    public CompletionStage<String> fetch() {
        return CompletableFuture.supplyAsync(this::read, threads);
    }

    /** Reads it now. */
    String read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(ExternalKeys.MAX_BYTES + 1);
            if (bytes.length > ExternalKeys.MAX_BYTES) {
                throw new IOException("it has more than " + ExternalKeys.MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
