package chat.parley.config;

/** The settings cannot be used. The message is one line for the operator: key, value, why, and where it came from. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A refusal in one line; for what only those can check who use the settings. */
    public SettingsException(String line) {
        super(line);
    }

    SettingsException(String line, Throwable cause) {
        super(line, cause);
    }
}
