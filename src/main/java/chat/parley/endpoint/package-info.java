/**
 * The WebSocket side: takes connections in, turns frames into requests and requests into answers, and ends
 * connections. Floor 4: imports everything below; the only home of the server side of jakarta.websocket and of
 * Bucket4j.
 */
@NullMarked
package chat.parley.endpoint;

import org.jspecify.annotations.NullMarked;
