package chat.parley.store;

import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** PostgreSQL keeps what every store promises behind a pooler in transaction mode as well. */
class PooledContractsTest {

    private static String database;
    private static PgBouncer bouncer;

    @BeforeAll
    static void start() throws IOException {
        database = Postgres.NEW.database("");
        bouncer = PgBouncer.before(database);
    }

    @AfterAll
    static void stop() {
        if (bouncer != null) {
            bouncer.close();
        }
    }

    /** Its tables are made past the pooler, as it is documented. */
    private static MessageStore open(Clock clock) {
        String place = bouncer.place(
                database, past -> Stores.postgres(past, "", "", clock).close());
        return Stores.postgres(place, "", "", clock);
    }

    @Nested
    class Messages extends MessageStoreContract {
        @Override
        MessageStore open(Clock clock) {
            return PooledContractsTest.open(clock);
        }
    }

    @Nested
    class Accounts extends AccountStoreContract {
        @Override
        MessageStore open() {
            return PooledContractsTest.open(Clock.systemUTC());
        }
    }

    @Nested
    class Moderation extends ModerationStoreContract {
        @Override
        MessageStore open() {
            return PooledContractsTest.open(Clock.systemUTC());
        }
    }
}
