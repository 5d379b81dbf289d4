package chat.parley.store;

import java.util.List;

/** Appends row by row: to a database in the same process, a statement costs some microseconds. */
final class SqliteAppends implements Appends {

    private final Database database;
    private final SenderIds senders = new SenderIds();

    SqliteAppends(Database database) {
        this.database = database;
    }

    @Override
    public List<Outcome> append(List<Draft> batch, long now) throws StoreException {
        boolean done = false;
        try {
            List<Outcome> outcomes =
                    database.write(statements -> new SqliteAppend(statements, senders, now).run(batch));
            done = true;
            return outcomes;
        } finally {
            if (!done) {
                senders.forgetAll(); // their rows may be gone with the transaction
            }
        }
    }
}
