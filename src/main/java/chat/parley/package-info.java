/**
 * The server as a whole: {@link chat.parley.Parley} builds the parts of all floors up to {@code endpoint}, starts and
 * stops them. Used by {@code http} (in a WAR) and {@code server} (embedded); knows neither Jetty nor servlets.
 */
@NullMarked
package chat.parley;

import org.jspecify.annotations.NullMarked;
