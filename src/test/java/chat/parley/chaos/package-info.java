/** Three nodes, a PostgreSQL and a Redis, each a process of its own, while one after the other breaks. */
@NullMarked
package chat.parley.chaos;

import org.jspecify.annotations.NullMarked;
