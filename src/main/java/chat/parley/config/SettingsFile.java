package chat.parley.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A properties file in UTF-8. */
final class SettingsFile {

    private SettingsFile() {}

    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "no such file", e);
        } catch (AccessDeniedException e) {
            throw unreadable(file, "access denied", e);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "not UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw unreadable(file, "a bad \\u escape", e);
        } catch (IOException e) {
            throw unreadable(file, Files.isDirectory(file) ? "a directory" : String.valueOf(e.getMessage()), e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            values.put(name, properties.getProperty(name, ""));
        }
        return values;
    }

    private static SettingsException unreadable(Path file, String why, Exception cause) {
        return new SettingsException("cannot read the settings in " + file + ": " + why, cause);
    }
}
