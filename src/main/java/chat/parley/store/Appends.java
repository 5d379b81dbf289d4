package chat.parley.store;

import java.util.List;

/** How one kind of database numbers and commits a batch: see {@link MessageStore#append}. The appending thread only. */
interface Appends {

    /**
     * Numbers and commits a batch, which is not empty.
     *
     * @param now milliseconds since the Unix epoch
     * @return one outcome a draft, in the same order
     */
    List<Outcome> append(List<Draft> batch, long now) throws StoreException;
}
