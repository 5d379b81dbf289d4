package chat.parley.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import chat.parley.protocol.RoomName;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Appends one message after the other, and writes to a file when each began and ended, for whoever watches the process. */
final class SyncedAppends {

    static final int COMMITS = 20;
    static final String BEGIN = "append-begins-";
    static final String END = "append-ends-";

    private SyncedAppends() {}

    /** The database, and the file for the marks. */
    public static void main(String[] arguments) throws Exception {
        RoomName room = RoomName.parse("lobby");
        Author author = new Author("key", "anna", true);
        try (MessageStore store = Stores.sqlite(Path.of(arguments[0]), Clock.systemUTC());
                FileOutputStream marks = new FileOutputStream(arguments[1])) {
            for (int i = 0; i < COMMITS; i++) {
                marks.write((BEGIN + i + ".").getBytes(US_ASCII));
                store.append(List.of(new Draft(room, author, "id-" + i, "content " + i)));
                marks.write((END + i + ".").getBytes(US_ASCII));
            }
        }
    }
}
