package chat.parley.config;

import org.jspecify.annotations.Nullable;

/** The settings cannot be used. The message is one line for the operator: key, value, why, and where it came from. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Refuses the value of a setting after it was read, when it turned out not to work. */
    public SettingsException(Setting setting, String value, String why, @Nullable Throwable cause) {
        super(setting.key() + " = " + value + ": " + why, cause);
    }

    /** A refusal in one line; for what only those can check who use the settings. */
    public SettingsException(String line) {
        super(line);
    }

    SettingsException(String line, Throwable cause) {
        super(line, cause);
    }
}
