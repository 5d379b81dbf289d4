package chat.parley.relay;

import chat.parley.config.Setting;
import chat.parley.config.Settings;
import chat.parley.config.SettingsException;
import java.util.concurrent.ScheduledExecutorService;

/** Makes the relay that the settings name. */
public final class Relays {

    private Relays() {}

    /**
     * Makes it, and asks nobody yet; whoever asks closes it.
     *
     * @param epoch of the log that is announced: those over another log are not heard
     * @param scheduler runs what has to happen later; nothing it is given blocks
     * @throws SettingsException when the url is none
     */
    public static Relay open(Settings.Relay settings, String epoch, ScheduledExecutorService scheduler) {
        if (!settings.isOn()) {
            return new InProcessRelay();
        }
        try {
            return new RedisRelay(settings.url(), epoch, scheduler);
        } catch (IllegalArgumentException e) {
            // Its message may have the url in it, and so the password.
            throw new SettingsException(Setting.RELAY_URL, "(hidden)", "is no address of a Redis", null);
        }
    }
}
