/** The durable log against sudden ends: of the server, and of its connections. What clients were told is compared with what is stored. */
@NullMarked
package chat.parley.crash;

import org.jspecify.annotations.NullMarked;
