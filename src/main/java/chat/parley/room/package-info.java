/**
 * Rooms as logs, members as cursors, and the threads that bring each member from its cursor to the head. Floor 3:
 * imports {@code protocol}, {@code config}, {@code identity} and {@code store}; knows neither WebSocket nor HTTP.
 */
@NullMarked
package chat.parley.room;

import org.jspecify.annotations.NullMarked;
