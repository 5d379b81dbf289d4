package chat.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stays of a server of one's own, and what it says when it does not start. */
class ScratchFolderTest {
    private ScratchFolder folder;

    @BeforeEach
    void make() throws CannotMeasure {
        folder = ScratchFolder.make();
    }

    @AfterEach
    void delete() {
        folder.delete();
    }

    @Test
    void aLogThatSaysSomethingStays() throws Exception {
        Files.createDirectories(folder.path().resolve("data/deep"));
        Files.writeString(folder.log(), "12:00 WARN something\n");

        Path kept = folder.keepLog();
        folder.delete();

        assertNotNull(kept);
        assertEquals("12:00 WARN something\n", Files.readString(kept));
        assertFalse(Files.exists(folder.path()));
        Files.delete(kept);
    }

    @Test
    void whatTheJvmSaysOfItsOptionsIsNoLog() throws Exception {
        assertNull(folder.keepLog());
        Files.writeString(folder.log(), "NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx1g\nPicked up JAVA_TOOL_OPTIONS: -ea\n");
        assertNull(folder.keepLog());
    }

    @Test
    void theLineOfARefusalIsTheReason() throws Exception {
        Files.writeString(folder.log(), "WARN first\nparley: parley.port = x: must be a whole number\n");
        assertEquals("parley.port = x: must be a whole number", folder.lastWords());
    }

    @Test
    void elseWhatTheJvmSaysIs() throws Exception {
        assertEquals("it said nothing", folder.lastWords());
        Files.writeString(folder.output(), "Error occurred during initialization of VM\nToo small maximum heap\n");
        assertEquals("Too small maximum heap", folder.lastWords());
        Files.writeString(
                folder.log(), "Unrecognized option: -Xmad\nError: Could not create the Java Virtual Machine.\n");
        assertEquals("Unrecognized option: -Xmad", folder.lastWords());
    }
}
