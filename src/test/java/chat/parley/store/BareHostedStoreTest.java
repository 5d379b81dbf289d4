package chat.parley.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The store behind a pool that does nothing for its connections keeps what every store promises. */
class BareHostedStoreTest extends MessageStoreContract {

    @TempDir
    private Path folder;

    private final List<BarePool> pools = new ArrayList<>();

    @AfterEach
    void closePools() throws SQLException {
        for (BarePool each : pools) {
            each.close();
        }
    }

    @Override
    MessageStore open(Clock clock) {
        BarePool pool = new BarePool(folder.resolve(UUID.randomUUID() + ".db"), false);
        pools.add(pool);
        return Stores.hosted(pool.source(), "java:comp/env/jdbc/parley", clock);
    }
}
