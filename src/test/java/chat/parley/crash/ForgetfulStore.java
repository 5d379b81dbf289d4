package chat.parley.crash;

import chat.parley.protocol.RoomName;
import chat.parley.store.Draft;
import chat.parley.store.GuestSession;
import chat.parley.store.MessageStore;
import chat.parley.store.Outcome;
import chat.parley.store.Page;
import chat.parley.store.Range;
import chat.parley.store.RoomState;
import chat.parley.store.StoreException;
import chat.parley.store.StoredMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** A store that is wrong on purpose: what comes again is stored again, as if it had never been there. */
final class ForgetfulStore implements MessageStore {

    /** Divides the client's id from what keeps the second message apart from the first. */
    private static final char AGAIN = '~';

    private final MessageStore file;

    ForgetfulStore(MessageStore file) {
        this.file = file;
    }

    @Override
    public String epoch() {
        return file.epoch();
    }

    @Override
    public List<Outcome> append(List<Draft> batch) throws StoreException {
        List<Outcome> outcomes = new ArrayList<>(file.append(batch));
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Duplicate) {
                outcomes.set(i, again(batch.get(i)));
            }
        }
        return outcomes;
    }

    @Override
    public RoomState state(RoomName room, int newest) throws StoreException {
        RoomState state = file.state(room, newest);
        return new RoomState(state.head(), state.first(), asAsked(state.newest()));
    }

    @Override
    public Page read(RoomName room, Range range) throws StoreException {
        Page page = file.read(room, range);
        return new Page(asAsked(page.messages()), page.more(), page.first());
    }

    @Override
    public List<GuestSession> guests() throws StoreException {
        return file.guests();
    }

    @Override
    public void saveGuests(Collection<GuestSession> kept, Collection<String> forgotten) throws StoreException {
        file.saveGuests(kept, forgotten);
    }

    @Override
    public void close() {
        file.close();
    }

    private Outcome again(Draft draft) throws StoreException {
        String id = draft.id() + AGAIN + UUID.randomUUID().toString().substring(0, 8);
        Outcome outcome = file.append(List.of(new Draft(draft.room(), draft.author(), id, draft.content())))
                .get(0);
        return outcome instanceof Outcome.Stored stored
                ? new Outcome.Stored(asAsked(stored.message()), stored.first())
                : outcome;
    }

    private static List<StoredMessage> asAsked(List<StoredMessage> messages) {
        return messages.stream().map(ForgetfulStore::asAsked).toList();
    }

    private static StoredMessage asAsked(StoredMessage message) {
        int end = message.id().indexOf(AGAIN);
        return end < 0
                ? message
                : new StoredMessage(
                        message.room(),
                        message.seq(),
                        message.author(),
                        message.id().substring(0, end),
                        message.content(),
                        message.timestamp());
    }
}
