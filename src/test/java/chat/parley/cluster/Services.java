package chat.parley.cluster;

import chat.parley.relay.Redis;
import chat.parley.store.Postgres;
import java.util.concurrent.CountDownLatch;

/**
 * A PostgreSQL with an empty database and a Redis, for as long as whoever started them lives. Says the two URLs, each on a line, as
 * soon as they answer.
 */
final class Services {

    private Services() {}

    public static void main(String[] arguments) throws InterruptedException {
        WithParent.endToo();
        System.out.println(Postgres.NEW.databaseCalled("parley"));
        System.out.println(Redis.url());
        new CountDownLatch(1).await();
    }
}
