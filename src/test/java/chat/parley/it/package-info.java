/** The whole server on a real port, seen from outside: each test is a rule of the protocol as a client meets it. */
@NullMarked
package chat.parley.it;

import org.jspecify.annotations.NullMarked;
