/**
 * The server one starts by hand: the command line, its log, and Jetty around Parley. The top floor: imports
 * everything it needs, nobody imports it, and the WAR goes without it. The only home of Jetty, picocli and Logback.
 */
@NullMarked
package chat.parley.server;

import org.jspecify.annotations.NullMarked;
