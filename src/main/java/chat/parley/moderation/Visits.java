package chat.parley.moderation;

import java.util.List;
import java.util.function.Predicate;

/** The connections there are, for whoever moderates. Any thread may call; nothing here waits. */
public interface Visits {

    /** All of them, as they are now, in no order. */
    List<Visit> visits();

    /**
     * Ends some: nobody of them may stay (4403).
     *
     * @param which is asked for each that is counted in when this is called, and perhaps for some that come meanwhile
     * @param why for the client to read
     */
    void expel(Predicate<Visit> which, String why);

    /** Ends whoever a ban keeps out, each for the reason of theirs; the same is promised as of {@link #expel}. */
    void expelBanned();
}
