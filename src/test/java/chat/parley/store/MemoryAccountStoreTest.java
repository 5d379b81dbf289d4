package chat.parley.store;

import java.time.Clock;

/** The accounts on the heap keep the contract. */
class MemoryAccountStoreTest extends AccountStoreContract {

    @Override
    MessageStore open() {
        return new MemoryStore(10_000, Long.MAX_VALUE, Clock.systemUTC());
    }
}
