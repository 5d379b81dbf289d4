package chat.parley.store;

import java.time.Clock;
import org.junit.jupiter.api.Nested;

/** PostgreSQL keeps what every store promises: in an old version, in a new one, and behind a pool that forgets. */
class PostgresContractsTest {

    private static MessageStore open(String url, Clock clock) {
        return Stores.postgres(url, "", "", clock);
    }

    @Nested
    class OldMessages extends MessageStoreContract {
        @Override
        MessageStore open(Clock clock) {
            return PostgresContractsTest.open(Postgres.OLD.schema(), clock);
        }
    }

    @Nested
    class NewMessages extends MessageStoreContract {
        @Override
        MessageStore open(Clock clock) {
            return PostgresContractsTest.open(Postgres.NEW.schema(), clock);
        }
    }

    /** As behind a pooler in transaction mode: whatever a session was told is gone with the transaction. */
    @Nested
    class HostedMessages extends MessageStoreContract {
        @Override
        MessageStore open(Clock clock) {
            return Stores.hosted(new ForgetfulPool(Postgres.NEW.schema()), "java:comp/env/jdbc/parley", clock);
        }
    }

    @Nested
    class OldAccounts extends AccountStoreContract {
        @Override
        MessageStore open() {
            return PostgresContractsTest.open(Postgres.OLD.schema(), Clock.systemUTC());
        }
    }

    @Nested
    class NewAccounts extends AccountStoreContract {
        @Override
        MessageStore open() {
            return PostgresContractsTest.open(Postgres.NEW.schema(), Clock.systemUTC());
        }
    }

    @Nested
    class OldModeration extends ModerationStoreContract {
        @Override
        MessageStore open() {
            return PostgresContractsTest.open(Postgres.OLD.schema(), Clock.systemUTC());
        }
    }

    @Nested
    class NewModeration extends ModerationStoreContract {
        @Override
        MessageStore open() {
            return PostgresContractsTest.open(Postgres.NEW.schema(), Clock.systemUTC());
        }
    }

    @Nested
    class OldRetention extends RetentionContract {
        private final String url = Postgres.OLD.schema();

        @Override
        MessageStore open(Clock clock) {
            return PostgresContractsTest.open(url, clock);
        }
    }

    @Nested
    class NewRetention extends RetentionContract {
        private final String url = Postgres.NEW.schema();

        @Override
        MessageStore open(Clock clock) {
            return PostgresContractsTest.open(url, clock);
        }
    }
}
