package chat.parley.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The store behind a pool of an application server keeps what every store promises. */
class HostedStoreTest extends MessageStoreContract {

    @TempDir
    private Path folder;

    private final List<ServerPool> pools = new ArrayList<>();

    @AfterEach
    void closePools() {
        pools.forEach(ServerPool::close);
    }

    @Override
    MessageStore open(Clock clock) {
        ServerPool pool = new ServerPool(folder.resolve(UUID.randomUUID() + ".db"));
        pools.add(pool);
        return Stores.hosted(pool.source(), "java:comp/env/jdbc/parley", clock);
    }
}
