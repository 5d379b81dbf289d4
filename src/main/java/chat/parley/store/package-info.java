/**
 * Where messages exist: they are numbered and committed here, and read again. Floor 1: imports {@code protocol} and
 * {@code config}.
 */
@NullMarked
package chat.parley.store;

import org.jspecify.annotations.NullMarked;
