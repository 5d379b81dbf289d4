package chat.parley.server;

import java.io.Console;

/** Whether a person sits in front. */
final class Terminal {

    private Terminal() {}

    /**
     * True when the process has a terminal. Up to JDK 21 there is a console only then; from 22 on there always is
     * one, which tells by {@code isTerminal()}, a method that 17 does not have.
     */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
